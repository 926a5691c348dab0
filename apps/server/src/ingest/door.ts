import { createHash } from 'node:crypto'
import { type Clock, hashKey } from '@baton/api'
import {
  createIds,
  endsGroup,
  type Handle,
  type IncomingMessage,
  keyByHash,
  markKeyUsed,
  type Stored,
  storeRequests,
  type TrackingKey,
  type TrackingRequest,
  type WriteKeyRow,
} from '@baton/db'
import express, { type RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import type { Door } from '../http/app.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { entryRouter } from './entry.ts'
import { grouping } from './group.ts'
import { ingestRouter } from './router.ts'
import { createStarts } from './starts.ts'

export interface IngestParts {
  db: Handle
  clock: Clock
  log: Logger
  metrics: Pick<Metrics, 'events'>
  nudge(): void
}

/** A revoked key works on for at most so long. */
const KEY_FRESH_MS = 2_000
const KEYS_KEPT = 1_000
const USED_EVERY_MS = 60_000

export type KeyFinder = (text: string) => Promise<WriteKeyRow | undefined>

/** Finds keys by their hash; remembers them, and that there is none, for two seconds. */
export function createKeyFinder(db: Handle): KeyFinder {
  const known = new Map<string, { key: Promise<WriteKeyRow | undefined>; until: number }>()
  return (text: string): Promise<WriteKeyRow | undefined> => {
    const hash = hashKey(text)
    const now = Date.now()
    const kept = known.get(hash)
    if (kept && kept.until > now) return kept.key
    const key = keyByHash(db, hash)
    known.delete(hash)
    known.set(hash, { key, until: now + KEY_FRESH_MS })
    key.catch(() => known.delete(hash))
    for (const oldest of known.keys()) {
      if (known.size <= KEYS_KEPT) break
      known.delete(oldest)
    }
    return key
  }
}

const WINDOW_MS = 10_000
/** Requests per window. A server's key sends batches; a browser's key is public, and each visitor has the limit to themselves. */
const MOST = { server: 2_000, browser: 200 }

/** Limits requests per key and, for browsers, per visitor, before anything of them is read. */
export function keyLimits(): RequestHandler {
  const isServer = (header: string | undefined) => {
    const [, text = ''] = /^basic (.+)/i.exec(header ?? '') ?? []
    return Buffer.from(text, 'base64').toString('utf8').startsWith('sk_')
  }
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: (req) => (isServer(req.get('authorization')) ? MOST.server : MOST.browser),
    keyGenerator: (req) => {
      const header = req.get('authorization') ?? ''
      const key = createHash('sha256').update(header).digest('base64')
      return isServer(header) ? key : `${key} ${ipKeyGenerator(req.ip ?? '')}`
    },
    standardHeaders: true,
    legacyHeaders: false,
    message: { success: false, message: 'Too many requests with this key. Send larger batches, or wait for the seconds in Retry-After.' },
  })
}

/** Messages in one transaction. The embedded database has one connection, and screens wait for it. */
const GROUP = { pg: 4000, pglite: 500 } as const
/** Messages that wait for their transaction, in memory. */
const WAITING = 100_000

/** The tracking API under /v1, on the database. */
export function ingestDoor({ db, clock, log, metrics, nudge }: IngestParts): Door {
  const ids = createIds(db)
  const find = createKeyFinder(db)
  const usedAt = new Map<string, number>()
  async function noteUse(keyId: string): Promise<void> {
    const now = clock.now()
    if (now - (usedAt.get(keyId) ?? Number.NEGATIVE_INFINITY) < USED_EVERY_MS) return
    usedAt.set(keyId, now)
    await markKeyUsed(db, { keyId, now })
  }
  const store = grouping<TrackingRequest, Stored>({
    weigh: ({ messages }) => messages.length,
    endsGroup,
    write: (requests) => storeRequests(db, ids, requests),
    most: GROUP[db.kind],
    writers: 1,
    waiting: WAITING,
  })
  const router = express.Router()
  const ports = {
    findKey: async (text: string) => (await find(text)) ?? null,
    async store(messages: readonly IncomingMessage[], key: TrackingKey) {
      const done = await store({ messages, key })
      metrics.events.inc({ result: 'stored' }, done.stored)
      metrics.events.inc({ result: 'repeated' }, done.repeated)
      if (done.stored > 0) nudge()
      // The events are safe; when a key was used last is a courtesy.
      noteUse(key.id).catch((error: unknown) => log.warn({ err: error, key: key.id }, 'the use of a key was not noted'))
      return done
    },
    now: () => clock.now(),
    log,
  }
  router.use(keyLimits(), entryRouter({ ...ports, startOf: createStarts(db) }), ingestRouter(ports))
  return { path: '/v1', router }
}
