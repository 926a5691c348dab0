import { type Handle, OUTAGE_SAYS, type Outage, outageOf, runnerLag } from '@baton/db'
import type { RequestHandler } from 'express'
import type { Logger } from '../log.ts'

const SHORT: Readonly<Record<Outage, string>> = { away: 'does not answer', full: 'has no room', busy: 'is too busy' }
/** A database that says nothing for so long is none for whoever asks, ms. */
const ANSWERS_WITHIN = 5_000

/** @throws Error when it takes longer than it may */
function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ANSWERS_WITHIN / 1000} seconds.`)), ANSWERS_WITHIN)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/**
 * GET /healthz: 200 while the database answers, 503 when it does not or the process is stopping. Lag and a mail server that does
 * not answer are shown and not judged: they are no reason to restart. Names nobody.
 */
export function healthz({
  db,
  now,
  log,
  mailWaits,
  stopping,
}: {
  db: Handle
  now: () => number
  log: Logger
  /** The mail server does not answer; people go on through flows, their mail waits. */
  mailWaits: () => boolean
  stopping: () => boolean
}): RequestHandler {
  return async (_req, res) => {
    res.setHeader('Cache-Control', 'no-store')
    if (stopping()) {
      res.status(503).json({ status: 'stopping' })
      return
    }
    try {
      res.json({ status: 'ok', database: 'ok', mail: mailWaits() ? 'unreachable' : 'ok', lagMs: await soon(runnerLag(db, now())) })
    } catch (error) {
      log.error({ err: error }, 'health check: the database does not answer')
      const outage = outageOf(error) ?? 'away'
      res.status(503).json({ status: 'unwell', database: SHORT[outage], say: OUTAGE_SAYS[outage] })
    }
  }
}
