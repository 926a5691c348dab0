import { appendAudit, countTrouble, decideTrouble, listTrouble, prepareEvents, troubleGroups, troubleKinds } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const PAGE = 50
/** So many are decided about in one transaction, and so many in one call. */
const LOT = 500
const LOTS = 4

const kind = z.enum(troubleKinds)
const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const flowId = z.string().max(64)
const same = z.string().max(10_000)
const cursor = z.object({ at: z.number(), id })
const filter = z.object({ kind: kind.nullish(), flowId: flowId.nullish(), same: same.nullish() })

const which = z.union([
  z.object({ kind, ids: z.array(id).min(1).max(LOT) }),
  /** All that went wrong in a flow for the same reason; `after`: where an earlier call stopped. */
  z.object({ kind, flowId, same, after: cursor.nullish() }),
])

const deed = z
  .object({
    which,
    deed: z.enum(['retry', 'give-up', 'arrived']),
    why: z.string().trim().max(500, 'Say it in at most 500 letters.').default(''),
  })
  .refine((it) => it.deed !== 'give-up' || it.why !== '', { message: 'Say why, for whoever looks at it later.', path: ['why'] })
  .refine((it) => it.deed !== 'arrived' || it.which.kind === 'unknown', 'Only of a mail of unknown fate can it be said that it arrived.')

const filterOf = ({ kind, flowId, same }: z.infer<typeof filter>) => ({
  kinds: kind ? [kind] : [],
  flowId: flowId ?? undefined,
  same: same ?? undefined,
})

const DEEDS = { retry: 'trouble.retried', 'give-up': 'trouble.given-up', arrived: 'trouble.arrived' } as const

/** What went wrong for good: mails, calls and notes that failed, mails of unknown fate, people who stand still, what was set aside. */
export const troubleRouter = router({
  /** How much of each kind, up to ten thousand. */
  counts: reader.query(({ ctx }) => countTrouble(ctx.db)),

  /** By kind, flow and error, the most frequent first. */
  groups: reader.input(filter).query(({ ctx, input }) => troubleGroups(ctx.db, filterOf(input))),

  /** The newest first; `next` is what to ask for after this page, null at the end. */
  list: reader.input(filter.extend({ cursor: cursor.nullish() })).query(async ({ ctx, input }) => {
    const rows = await listTrouble(ctx.db, { ...filterOf(input), after: input.cursor ?? undefined, limit: PAGE })
    const last = rows.at(-1)
    return { rows, next: rows.length === PAGE && last ? { at: last.at, id: last.id } : null }
  }),

  /**
   * Tries again, gives up with a reason, or says that mails of unknown fate arrived: of rows picked, or of all with one error, two
   * thousand at a time. `next`: go on there with another call; null where all are done.
   */
  decide: marketer.input(deed).mutation(async ({ ctx, input }) => {
    const { which, deed, why } = input
    const now = ctx.clock.now()
    if (deed === 'arrived') await prepareEvents(ctx.db, [{ type: 'mail.sent', occurredAt: now }], now)
    const by = { kind: 'user' as const, id: ctx.user.id, name: ctx.user.name }
    const decide = (ids: readonly number[]) =>
      ctx.db.transaction(async (tx) => {
        const done = await decideTrouble(tx, { kind: which.kind, deed, ids, by, now })
        const [only] = ids
        const detail = { kind: which.kind, count: done, why, ...('same' in which ? { flowId: which.flowId, error: which.same } : { ids }) }
        const subject = { kind: which.kind, id: ids.length === 1 ? String(only) : '' }
        if (done > 0) await appendAudit(tx, { at: now, actor: ctx.user, action: DEEDS[deed], subject, detail })
        return done
      })
    let done = 0
    let next: z.infer<typeof cursor> | null = null
    if ('ids' in which) done = await decide(which.ids)
    else {
      let after = which.after ?? undefined
      for (let lot = 0; lot < LOTS; lot++) {
        const rows = await listTrouble(ctx.db, { kinds: [which.kind], flowId: which.flowId, same: which.same, after, limit: LOT })
        done += await decide(rows.map((row) => row.id))
        const last = rows.at(-1)
        after = rows.length === LOT && last ? { at: last.at, id: last.id } : undefined
        if (!after) break
      }
      next = after ?? null
    }
    ctx.services.nudge()
    ctx.services.mail.deliver()
    if (done === 0 && next === null) throw fail('CONFLICT', 'Nothing of it is in trouble any more. Reload the list.')
    return { done, next }
  }),
})
