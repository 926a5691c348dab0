import { type Handle, runnerLag } from '@baton/db'
import type { RequestHandler } from 'express'
import type { Logger } from '../log.ts'

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
      res.json({ status: 'ok', database: 'ok', mail: mailWaits() ? 'unreachable' : 'ok', lagMs: await runnerLag(db, now()) })
    } catch (error) {
      log.error({ err: error }, 'health check: the database does not answer')
      res.status(503).json({ status: 'unwell', database: 'does not answer' })
    }
  }
}
