import { type Clock, hashKey } from '@baton/api'
import { type Handle, keyByHash, storeMailEvents } from '@baton/db'
import express, { type Request } from 'express'
import type { Door } from '../http/app.ts'
import type { Logger } from '../log.ts'
import { readMailEvents } from './read.ts'

export interface MailEventParts {
  db: Handle
  clock: Clock
  log: Logger
  nudge(): void
}

/**
 * `POST /v1/mail-events`: what mail providers tell by webhook, in one form of our own. With a server key alone, since it decides who gets
 * mail. 200 only after it is stored; 503 when it was not, so that the provider tells it again. An event told twice changes nothing.
 */
export function mailEventDoor({ db, clock, log, nudge }: MailEventParts): Door {
  const router = express.Router()
  router.post('/', express.json({ limit: '500kb' }), async (req, res) => {
    const key = await serverKey(db, req)
    if (!key) return res.status(401).json({ success: false, message: 'A server key is needed. Keys are under Settings, Write keys.' })
    const read = readMailEvents(req.body)
    if (typeof read === 'string') return res.status(400).json({ success: false, message: read })
    const source = { kind: 'key' as const, id: key.id, name: key.name }
    try {
      const done = await storeMailEvents(db, { events: read.events.map((it) => it.event), source, now: clock.now() })
      nudge()
      const status = read.events.length === 0 ? 400 : 200
      return res.status(status).json({ success: status === 200, ...done, ...(read.refused.length > 0 ? { refused: read.refused } : {}) })
    } catch (error) {
      log.error({ err: error }, 'what a mail provider told was not stored; it will tell it again')
      return res.status(503).set('Retry-After', '2').json({ success: false, message: 'Not stored. Try again shortly.' })
    }
  })
  return { path: '/v1/mail-events', router }
}

/** The key as the name of basic authentication, or as a bearer. A browser's key is public, so it tells nothing of this kind. */
async function serverKey(db: Handle, req: Request) {
  const header = req.get('authorization') ?? ''
  const [name = ''] = /^basic /i.test(header) ? Buffer.from(header.slice(6), 'base64').toString('utf8').split(':') : []
  const written = name === '' && /^bearer /i.test(header) ? header.slice(7).trim() : name
  const key = written === '' ? undefined : await keyByHash(db, hashKey(written))
  return key?.kind === 'server' ? key : undefined
}
