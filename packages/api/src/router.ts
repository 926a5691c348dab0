import { keysRouter } from './routers/keys.ts'
import { sessionRouter } from './routers/session.ts'
import { systemRouter } from './routers/system.ts'
import { usersRouter } from './routers/users.ts'
import { workspaceRouter } from './routers/workspace.ts'
import { router } from './trpc.ts'

/** Every area of the API, one line each. */
export const appRouter = router({
  keys: keysRouter,
  session: sessionRouter,
  system: systemRouter,
  users: usersRouter,
  workspace: workspaceRouter,
})

export type AppRouter = typeof appRouter
