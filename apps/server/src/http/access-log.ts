import type { RequestHandler } from 'express'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'

/** Ids and codes in a path say nothing to who runs the house, and some of them sign in or unsubscribe. */
const secretive = /^(\/(?:t|u|p|o|c|y|link|unsubscribe|preferences)\/)[^/]+/

/** The path without what identifies a person: no query, no codes of links. */
export function loggedPath(path: string): string {
  return path.replace(secretive, '$1…')
}

/**
 * One line per answer: request id, method, path, status, milliseconds. No headers, bodies, queries or network addresses.
 * What fails by our fault is an error; the rest is logged at debug, since /metrics counts it.
 */
export function accessLog(log: Logger, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const started = performance.now()
    const path = loggedPath(req.path)
    res.once('finish', () => {
      const ms = performance.now() - started
      metrics.requests.observe({ method: req.method, status: String(res.statusCode) }, ms / 1000)
      const line = { request: req.requestId, method: req.method, path, status: res.statusCode, ms: Math.round(ms) }
      if (res.statusCode >= 500) log.error(line, 'request failed')
      else log.debug(line, 'request')
    })
    next()
  }
}
