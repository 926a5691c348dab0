import { OUTAGE_SAYS, outageOf } from '@baton/db'
import { toNodeHandler } from 'better-auth/node'
import compression from 'compression'
import express, { type ErrorRequestHandler, type Express, type Router } from 'express'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { accessLog } from './access-log.ts'
import { healthz } from './health.ts'
import { sameOrigin } from './origin.ts'
import { requestId } from './request-id.ts'
import { securityHeaders } from './security.ts'
import { webPages } from './static.ts'
import { type TrpcParts, trpc } from './trpc.ts'

/** The network address of the caller as the auth library reads it; always overwritten, so that nobody can send it. */
export const CLIENT_ADDRESS = 'x-baton-client-address'

/** A door of its own: ingestion, tracking, uploads. It reads and limits its bodies itself. */
export interface Door {
  /** Where it stands, e.g. `/v1`. Under /api/ it is behind the check of the origin. */
  path: string
  router: Router
}

export interface AppParts extends TrpcParts {
  baseUrl: string
  trusted: readonly string[]
  trustProxy: Config['trustProxy']
  metrics: Metrics
  doors: readonly Door[]
  /** The folder of the built web pages. */
  pages: string | undefined
  mailWaits(): boolean
  stopping(): boolean
}

/** The limits of Express' own parsers speak of themselves; everything else is ours to explain, and to hide. */
function lastResort(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error)
    const outage = outageOf(error)
    if (outage) {
      log.error({ request: req.requestId, err: error }, 'request failed: the database is out of order')
      return res
        .status(503)
        .set('Retry-After', '2')
        .json({ error: { message: OUTAGE_SAYS[outage] } })
    }
    const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500
    if (status >= 500) log.error({ request: req.requestId, err: error }, 'request failed')
    const message =
      status === 413
        ? 'What was sent is too large.'
        : status < 500
          ? 'What was sent cannot be read.'
          : 'Something went wrong on the server. The details are in its log.'
    res.status(status).json({ error: { message } })
  }
}

/** Everything that answers HTTP, in the order in which a request meets it. */
export function createApp(parts: AppParts): Express {
  const { baseUrl, trusted, log, metrics, auth } = parts
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', parts.trustProxy)
  app.use(requestId, accessLog(log, metrics))
  app.get('/healthz', healthz({ db: parts.db, now: parts.clock.now, log, mailWaits: parts.mailWaits, stopping: parts.stopping }))
  app.get('/metrics', async (_req, res) => {
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
  app.use(securityHeaders(baseUrl.startsWith('https:')))
  // A stream of events must leave at once, and packing would hold it back.
  app.use(compression({ filter: (req, res) => res.getHeader('Content-Type') !== 'text/event-stream' && compression.filter(req, res) }))
  app.use('/api', sameOrigin(trusted), (req, res, next) => {
    req.headers[CLIENT_ADDRESS] = req.ip ?? ''
    res.setHeader('Cache-Control', 'no-store')
    res.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
    next()
  })
  for (const { path, router } of parts.doors) app.use(path, router)
  // The auth library reads a body that is text already, and so never more of it than this.
  app.all('/api/auth/*splat', express.text({ type: () => true, limit: '64kb' }), toNodeHandler(auth))
  app.use('/api/trpc', trpc(parts))
  app.use('/api', (_req, res) => void res.status(404).json({ error: { message: 'There is nothing at this address.' } }))
  app.use(webPages(parts.pages))
  app.use((_req, res) => void res.status(404).type('text').send('There is nothing at this address.\n'))
  app.use(lastResort(log))
  return app
}
