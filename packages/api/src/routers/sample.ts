import { isEmpty } from '@baton/db'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const admin = procedureFor('admin')

/** The sample programme: people with a history, flows at work, leads on the desk; made by the product itself. */
export const sampleRouter = router({
  /** How far it is, and whether it may be loaded: only into a workspace that holds nothing yet. */
  status: admin.query(async ({ ctx }) => ({ ...ctx.services.sample.status(), loadable: await isEmpty(ctx.db) })),

  start: admin.mutation(async ({ ctx }) => {
    const { sample } = ctx.services
    if (sample.status().state === 'running') throw fail('CONFLICT', 'The sample programme is being loaded already.')
    if (!(await isEmpty(ctx.db))) {
      throw fail('CONFLICT', 'This workspace has people or flows already. The sample programme is only loaded into an empty one.')
    }
    await sample.start({ id: ctx.user.id, name: ctx.user.name })
  }),

  /** Stops where it is. What was made stays. */
  cancel: admin.mutation(({ ctx }) => ctx.services.sample.cancel()),
})
