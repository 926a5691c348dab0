import { appendAudit, countReturnable, flowById, migrationsOf, moveUnderWay, startScan } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { catalogToCheck } from '../flows/beside.ts'
import { answersInput, peoplePreview } from '../flows/migration.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer', 'sales_manager')
const author = procedureFor('admin', 'marketer')
const id = z.string().min(1).max(64)

/** For so long moving back is offered beside the live flow: who has not gone on by then is where they should be. */
const OFFERED = 7 * 86_400_000

const GONE = 'This flow is not there any more. Go back to the list.'

/** People in flight when a version changes: what becomes of them, before it is done and after. */
export const migrationRouter = router({
  /** What publishing the draft would do with those inside, with these answers; null when nobody is. Nothing is done. */
  plan: reader.input(z.object({ id, answers: answersInput })).query(async ({ ctx, input }) => {
    const flow = await flowById(ctx.db, input.id)
    if (!flow) throw fail('NOT_FOUND', GONE)
    return (await peoplePreview(ctx.db, flow, input.answers, await catalogToCheck(ctx.db), ctx.clock.now())) ?? null
  }),

  /** The last version that took people along, and how many of them could still be moved back; null when none did. */
  latest: reader.input(z.object({ flowId: id })).query(async ({ ctx, input }) => {
    const [latest] = await migrationsOf(ctx.db, input.flowId)
    if (!latest) return null
    const { version, plan, at } = latest
    return {
      version,
      plan,
      recent: ctx.clock.now() - at < OFFERED,
      returnable: await countReturnable(ctx.db, { flowId: input.flowId, version, migration: plan.id }),
    }
  }),

  /** Moves those whom a version took along back to where they were, as far as they took no step since. */
  back: author.input(z.object({ flowId: id, version: z.number().int().min(1) })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const people = await ctx.db.transaction(async (tx) => {
      const flow = await flowById(tx, input.flowId)
      if (!flow) throw fail('NOT_FOUND', GONE)
      if (flow.status !== 'live' && flow.status !== 'paused') {
        throw fail('CONFLICT', 'This flow was stopped: people are on their way out. Nobody is moved back.')
      }
      const [latest] = await migrationsOf(tx, input.flowId)
      if (latest?.version !== input.version) throw fail('CONFLICT', 'Another version took people along since. Reload the page.')
      if (await moveUnderWay(tx, input.flowId))
        throw fail('CONFLICT', 'People are still being moved. Stop that first, or wait until it is over.')
      const n = await countReturnable(tx, { ...input, migration: latest.plan.id })
      if (n === 0) throw fail('CONFLICT', 'Nobody can be moved back any more: everybody has gone on or left since.')
      await startScan(tx, { kind: 'migrate-back', flowId: input.flowId, version: input.version, by: ctx.user, at })
      const subject = { kind: 'flow', id: input.flowId }
      await appendAudit(tx, {
        at,
        actor: ctx.user,
        action: 'flow.people-moved-back',
        subject,
        detail: { version: input.version, people: n },
      })
      return n
    })
    ctx.services.nudge()
    return { people }
  }),
})
