import { begun, lastMonth, needs, openSends, recentSteps, repLoads, runnerLag, workspaceSettings } from '@baton/db'
import { agreementTasks } from '../agreements/tasks.ts'
import { procedureFor, router } from '../trpc.ts'

const looker = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')

/** What Home shows beside the flows. */
export const homeRouter = router({
  /** What the workspace has, what waits for somebody, and who has how many leads. */
  look: looker.query(async ({ ctx }) => {
    const now = ctx.clock.now()
    const { senderAddress, postalAddress } = await workspaceSettings(ctx.db)
    return {
      begun: await begun(ctx.db),
      needs: await needs(ctx.db, now),
      missing: { sender: senderAddress === '', postal: postalAddress.trim() === '' },
      reps: await repLoads(ctx.db),
      month: await lastMonth(ctx.db, now),
      agreements: await agreementTasks(ctx.db, now, ctx.user),
    }
  }),

  /** How the machine does: `lagMs` is the age of the oldest thing that should have been done. */
  running: looker.query(async ({ ctx }) => {
    const now = ctx.clock.now()
    const mails = await openSends(ctx.db)
    return {
      ...(await recentSteps(ctx.db, now)),
      lagMs: await runnerLag(ctx.db, now),
      mailsWaiting: (mails.queued ?? 0) + (mails.sending ?? 0),
    }
  }),
})
