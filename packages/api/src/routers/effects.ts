import { appendAudit, cancelEffect, listEffects, openEffects, openLines, retryEffect } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const PAGE = 50

/** What the page can be narrowed to. */
const FILTERS = {
  all: [],
  waiting: ['queued', 'sending'],
  done: ['done'],
  failed: ['failed'],
  cancelled: ['cancelled'],
} as const
const filter = z.enum(['all', 'waiting', 'done', 'failed', 'cancelled'])
const kind = z.enum(['webhook', 'notify'])

/** Everything that leaves beside mail: calls of web addresses, notes to users, and who waits in the line of a step. */
export const effectsRouter = router({
  /** How much is open, and where people wait in line. */
  status: reader.query(async ({ ctx }) => ({ counts: await openEffects(ctx.db), lines: await openLines(ctx.db) })),

  /** The newest first; `next` is what to ask for after this page, null at the end. */
  list: reader.input(z.object({ kind, filter, cursor: z.object({ at: z.number(), id }).nullish() })).query(async ({ ctx, input }) => {
    const asked = { kinds: [input.kind], statuses: FILTERS[input.filter], after: input.cursor ?? null, limit: PAGE }
    const rows = await listEffects(ctx.db, asked)
    const last = rows.at(-1)
    return { rows, next: rows.length === PAGE && last ? { at: last.at, id: last.id } : null }
  }),

  /** Carries one out again, or one that waits at once. */
  retry: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      if (!(await retryEffect(tx, { id: input.id, now }))) throw fail('CONFLICT', 'It is under way or over already. Reload the list.')
      await appendAudit(tx, { at: now, actor: ctx.user, action: 'effect.retried', subject: { kind: 'effect', id: String(input.id) } })
    })
    ctx.services.nudge()
  }),

  /** Takes one back that has not left; whoever waits for it goes on by the way for failures. */
  cancel: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    const done = await cancelEffect(ctx.db, { id: input.id, now, why: `Taken back by ${ctx.user.name}.` })
    if (!done) throw fail('CONFLICT', 'It has left already, or is over. Reload the list.')
    await appendAudit(ctx.db, { at: now, actor: ctx.user, action: 'effect.cancelled', subject: { kind: 'effect', id: String(input.id) } })
    ctx.services.nudge()
  }),
})
