import type { RequestHandler } from 'express'
import type { Logger } from '../log.ts'

/** Ids and codes in a path say nothing to who runs the house, and some of them sign in or unsubscribe. */
const secretive = /^(\/(?:t|u|p|o|c|link|unsubscribe|preferences)\/)[^/]+/

/** The path without what identifies a person: no query, no codes of links. */
export function loggedPath(path: string): string {
  return path.replace(secretive, '$1…')
}

/**
 * One line per answer of the API and of ingestion: request id, method, path, status, milliseconds. No headers, bodies, queries or
 * network addresses. Failures are at least warnings; what succeeds is logged at debug, since /metrics counts it.
 */
export function accessLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = performance.now()
    const path = loggedPath(req.path)
    res.once('finish', () => {
      const line = { request: req.requestId, method: req.method, path, status: res.statusCode, ms: Math.round(performance.now() - started) }
      if (res.statusCode >= 500) log.error(line, 'request failed')
      else log.debug(line, 'request')
    })
    next()
  }
}
