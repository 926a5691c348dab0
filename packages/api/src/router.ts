import { flowsRouter } from './routers/flows.ts'
import { homeRouter } from './routers/home.ts'
import { keysRouter } from './routers/keys.ts'
import { liveRouter } from './routers/live.ts'
import { sampleRouter } from './routers/sample.ts'
import { sessionRouter } from './routers/session.ts'
import { systemRouter } from './routers/system.ts'
import { usersRouter } from './routers/users.ts'
import { workspaceRouter } from './routers/workspace.ts'
import { router } from './trpc.ts'

/** Every area of the API, one line each. */
export const appRouter = router({
  flows: flowsRouter,
  home: homeRouter,
  keys: keysRouter,
  live: liveRouter,
  sample: sampleRouter,
  session: sessionRouter,
  system: systemRouter,
  users: usersRouter,
  workspace: workspaceRouter,
})

export type AppRouter = typeof appRouter
