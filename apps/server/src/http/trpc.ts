import { type Auth, appRouter, type Clock, type Context, type Services } from '@baton/api'
import { type Handle, outageOf } from '@baton/db'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import { fromNodeHeaders } from 'better-auth/node'
import type { RequestHandler } from 'express'
import type { Logger } from '../log.ts'

/** The largest thing that comes in by the API is a flow of 20 MB. */
const MAX_BODY = 21 * 1024 * 1024
const MAX_BATCH = 50

export interface TrpcParts {
  auth: Auth
  db: Handle
  clock: Clock
  services: Services
  log: Logger
}

/** The API under /api/trpc: finds out who calls, and logs what nobody foresaw under the id that stands in the answer's header. */
export function trpc({ auth, db, clock, services, log }: TrpcParts): RequestHandler {
  return createExpressMiddleware({
    router: appRouter,
    maxBodySize: MAX_BODY,
    maxBatchSize: MAX_BATCH,
    async createContext({ req, res }): Promise<Context> {
      const headers = fromNodeHeaders(req.headers)
      const setCookie = (value: string) => void res.append('Set-Cookie', value)
      const { user, cookies } = await auth.whoIs(headers)
      for (const cookie of cookies) setCookie(cookie)
      return { user, db, clock, services, headers, requestId: req.requestId, setCookie }
    },
    // What keeps the database from working is no mistake of ours: come back.
    responseMeta: ({ errors }) => (errors.some(({ cause }) => outageOf(cause)) ? { status: 503, headers: { 'Retry-After': '2' } } : {}),
    onError({ error, path, req, ctx }) {
      if (error.code !== 'INTERNAL_SERVER_ERROR') return
      log.error({ request: req.requestId, procedure: path, user: ctx?.user?.id, err: error.cause ?? error }, 'procedure failed')
    },
  })
}
