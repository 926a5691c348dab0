import { randomUUID } from 'node:crypto'
import { type IncomingMessage, mailAddress } from '@baton/db'
import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import { BodyError, readBody } from './body.ts'
import { Overloaded } from './group.ts'
import { type IngestPorts, keyOf } from './router.ts'
import type { Start } from './starts.ts'

const id = z.union([z.string().trim().min(1).max(255), z.number().transform(String)])
const value = z.union([z.string().max(500), z.number(), z.boolean()])

/** Who comes in, for which business object, and what the passage carries. */
const body = z.object({
  userId: id.optional(),
  email: z.string().max(320).optional(),
  /** What is known of them: as in an identify message. */
  traits: z.record(z.string().max(200), z.unknown()).default({}),
  /** The order, booking or the like: one passage for each. */
  key: id.optional(),
  data: z
    .record(z.string().min(1).max(100), value)
    .refine((it) => Object.keys(it).length <= 20, 'at most 20 values')
    .optional(),
  /** The same id again is the same request: nobody comes in twice by it. */
  messageId: z.string().trim().min(1).max(255).optional(),
})

const REFUSED: Readonly<Record<Extract<Start, { refuse: string }>['refuse'], { status: number; say: string }>> = {
  unknown: { status: 404, say: 'There is no such flow. Its id stands in the address of its page.' },
  'not-live': { status: 409, say: 'This flow lets nobody in now. Publish it first.' },
  'no-start': { status: 409, say: 'This flow has no start for programs. Add one of the kind “Program” and publish it.' },
}

export interface EntryPorts extends IngestPorts {
  /** The start at which programs let people in. */
  startOf(flowId: string): Promise<Start>
}

/**
 * `POST /v1/flows/:id/enrol` with a server key lets one person in: found by user id or address, made if new. 200 only after a durable
 * write; whether the flow's rules let them in is decided after that, and kept with the person.
 */
export function entryRouter(ports: EntryPorts): Router {
  const router = express.Router()
  router.post('/flows/:id/enrol', async (req, res) => {
    try {
      await answer(ports, req, res)
    } catch (error) {
      if (error instanceof BodyError) {
        res.status(error.status).json({ success: false, message: error.message })
        return
      }
      if (error instanceof Overloaded)
        ports.log.warn({ say: error.message }, 'more events came in than can be written; their clients will try again')
      else ports.log.error({ err: error }, 'nobody was let in; the client will try again')
      res.status(503).set('Retry-After', '2').json({ success: false, message: 'Not stored. Try again shortly.' })
    }
  })
  return router
}

async function answer(ports: EntryPorts, req: Request, res: Response): Promise<void> {
  const refuse = (status: number, message: string) => void res.status(status).json({ success: false, message })
  const receivedAt = ports.now()
  const { json } = await readBody(req)
  const written = keyOf(req, typeof json === 'object' && json !== null ? { ...json } : {})
  const key = written === null ? null : await ports.findKey(written)
  if (!key) return refuse(401, 'No write key, or one that is not known. Keys are under Settings, Write keys.')
  if (key.kind !== 'server' || req.get('origin') !== undefined) {
    return refuse(403, 'Letting people in needs a server key, from a server. A browser may send events; let a trigger listen to them.')
  }
  const parsed = body.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refuse(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not readable'}`)
  }
  const { userId, email, traits, data, key: object = '', messageId = randomUUID() } = parsed.data
  const address = email ?? (typeof traits.email === 'string' ? traits.email : undefined)
  if (address !== undefined && mailAddress(address) === undefined) return refuse(400, `email: “${address.slice(0, 80)}” is no address.`)
  if (userId === undefined && address === undefined) return refuse(400, 'Neither userId nor email: nobody comes in. Send one of them.')
  const start = await ports.startOf(String(req.params.id))
  if ('refuse' in start) return refuse(REFUSED[start.refuse].status, REFUSED[start.refuse].say)
  const message: IncomingMessage = {
    messageId,
    kind: 'identify',
    eventType: 'identify',
    userId: userId ?? null,
    anonymousId: null,
    previousId: null,
    groupId: null,
    props: {},
    traits: address === undefined ? traits : { ...traits, email: address },
    occurredAt: receivedAt,
    receivedAt,
    entry: { flowId: String(req.params.id), node: start.node, key: object, data },
  }
  const { stored } = await ports.store([message], key)
  res.json({ success: true, stored: stored === 1, messageId })
}
