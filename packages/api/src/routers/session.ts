import { openProcedure, router } from '../trpc.ts'

/** Who is here. */
export const sessionRouter = router({
  /** The signed-in person, or null; before sign-in the pages ask this to know which page to show. */
  me: openProcedure.query(({ ctx }) => ({ user: ctx.user })),
})
