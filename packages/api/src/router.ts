import { sessionRouter } from './routers/session.ts'
import { router } from './trpc.ts'

/** Every area of the API, one line each. */
export const appRouter = router({
  session: sessionRouter,
})

export type AppRouter = typeof appRouter
