import type { IncomingMessage, KeyKind, TrackingKey } from '@baton/db'
import express, { type Request, type Response, type Router } from 'express'
import { BodyError, readBody } from './body.ts'
import { Overloaded } from './group.ts'
import { MAX_BATCH_EVENTS, parseMessage, type RefusedMessage } from './message.ts'

export interface IngestPorts {
  /** Finds the kind of a write key, or null when there is no such key. */
  findKey(key: string): Promise<{ id: string; kind: KeyKind; origins: readonly string[] } | null>
  /** Stores messages durably, in one transaction; resolves only after the commit. */
  store(messages: readonly IncomingMessage[], key: TrackingKey): Promise<{ stored: number; repeated: number }>
  now(): number
  log: { warn(data: object, message: string): void; error(data: object, message: string): void }
}

const SINGLE = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const
/** Segment's client for browsers calls them by their first letter. */
const short = (type: (typeof SINGLE)[number]) => type.charAt(0)

/**
 * The Segment tracking API: `POST /v1/batch` and one address per kind of message. 200 only after a durable write. A wrong key is 401,
 * an unreadable body 400 or 413, trouble of our own 503: clients repeat that, and never repeat a 400. A bad message in a batch is
 * refused by itself and named in the answer; the others are kept.
 */
export function ingestRouter(ports: IngestPorts): Router {
  const router = express.Router()
  const handle = (forcedType: string | undefined) => async (req: Request, res: Response) => {
    // A page may read why it is refused, and then does not try again for ever.
    allowOrigin(req, res)
    try {
      await answer(ports, forcedType, req, res)
    } catch (error) {
      if (error instanceof BodyError) {
        res.status(error.status).json({ success: false, message: error.message })
        return
      }
      if (error instanceof Overloaded)
        ports.log.warn({ say: error.message }, 'more events came in than can be written; their clients will try again')
      else ports.log.error({ err: error }, 'ingestion failed; the client will try again')
      res.status(503).set('Retry-After', '2').json({ success: false, message: 'Not stored. Try again shortly.' })
    }
  }
  router.options('/{*any}', (req, res) => {
    allowOrigin(req, res)
    res.set({
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
      'Access-Control-Max-Age': '86400',
    })
    res.sendStatus(204)
  })
  router.post(['/batch', '/import', '/b'], handle(undefined))
  for (const type of SINGLE) router.post([`/${type}`, `/${short(type)}`], handle(type))
  return router
}

async function answer(ports: IngestPorts, forcedType: string | undefined, req: Request, res: Response): Promise<void> {
  const receivedAt = ports.now()
  const { json, digest } = await readBody(req)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new BodyError(400, 'The body must be a JSON object.')
  const body: Record<string, unknown> = { ...json }
  const written = keyOf(req, body)
  const key = written === null ? null : await ports.findKey(written)
  if (!key) {
    const say =
      written === null ? 'No write key. Send it as the user name of basic authentication.' : 'This write key is not known, or was revoked.'
    res.status(401).json({ success: false, message: `${say} Keys are under Settings, Write keys.` })
    return
  }
  const origin = req.get('origin')
  if (origin !== undefined && key.kind === 'server') {
    res.status(403).json({ success: false, message: 'A server key came from a browser. Use a browser key there, and revoke this one.' })
    return
  }
  if (origin !== undefined && key.origins.length > 0 && !key.origins.includes(origin)) {
    res.status(403).json({ success: false, message: `The origin ${origin} is not allowed for this key.` })
    return
  }
  const raws = forcedType === undefined ? body.batch : [body]
  if (!Array.isArray(raws)) throw new BodyError(400, 'A batch needs "batch", a list of messages.')
  if (raws.length > MAX_BATCH_EVENTS)
    throw new BodyError(413, `A batch holds at most ${MAX_BATCH_EVENTS} messages; this one has ${raws.length}.`)
  const good: IncomingMessage[] = []
  const refused: RefusedMessage[] = []
  raws.forEach((raw: unknown, index) => {
    const read = parseMessage(raw, {
      index,
      receivedAt,
      batchSentAt: body.sentAt,
      fallbackId: () => `sha256:${digest()}:${index}`,
      forcedType,
    })
    if ('ok' in read) good.push(read.ok)
    else refused.push(read.refused)
  })
  const { stored, repeated } = good.length > 0 ? await ports.store(good, key) : { stored: 0, repeated: 0 }
  if (refused.length > 0) ports.log.warn({ key: key.id, refused: refused.length, first: refused[0]?.say }, 'messages refused')
  // A single message that is bad is the client's mistake; a batch with some bad ones is taken, or the client would lose the good ones.
  const status = good.length === 0 && refused.length > 0 ? 400 : 200
  res.status(status).json({ success: status === 200, stored, repeated, ...(refused.length > 0 ? { refused } : {}) })
}

/** The key as Segment's, RudderStack's and Customer.io's clients send it (basic auth), else in the body, else as X-Write-Key. */
export function keyOf(req: Request, body: Record<string, unknown>): string | null {
  const header = req.get('authorization') ?? ''
  if (/^basic /i.test(header)) {
    const [user = ''] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':')
    if (user !== '') return user
  }
  if (/^bearer /i.test(header)) return header.slice(7).trim()
  if (typeof body.writeKey === 'string') return body.writeKey
  return req.get('x-write-key') ?? null
}

function allowOrigin(req: Request, res: Response): void {
  const origin = req.get('origin')
  if (origin !== undefined) res.set({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' })
}
