import { appendAudit, countSuppressions, listSuppressions, suppress, suppressionReasons, unsuppress } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { addressesIn } from '../sending/addresses.ts'
import { procedureFor, router } from '../trpc.ts'

const marketer = procedureFor('admin', 'marketer')
const PAGE = 50
const MOST = 50_000

const address = z.string().trim().toLowerCase().min(3).max(254)
const why = z.string().trim().min(3, 'Write why, in a few words.').max(300, 'The reason is longer than 300 letters. Shorten it.')

/** Addresses that get no mail at all. */
export const suppressionRouter = router({
  list: marketer
    .input(
      z.object({
        search: z.string().trim().max(254).default(''),
        reason: z.enum(suppressionReasons).nullable().default(null),
        cursor: z.object({ at: z.number(), value: z.string().max(254) }).nullish(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const rows = await listSuppressions(ctx.db, { ...input, after: input.cursor ?? undefined, limit: PAGE })
      const last = rows.at(-1)
      return { rows, next: rows.length === PAGE && last ? { at: last.at, value: last.value } : null }
    }),

  counts: marketer.query(({ ctx }) => countSuppressions(ctx.db)),

  /** Puts addresses on the list: one a line, or a column of a file. Lines without an address are counted, and left out. */
  add: marketer
    .input(
      z.object({ text: z.string().min(1, 'Write or paste addresses.').max(5_000_000, 'The list is longer than 5 MB. Split it.'), why }),
    )
    .mutation(async ({ ctx, input }) => {
      const { addresses, without } = addressesIn(input.text)
      if (addresses.length === 0) throw fail('BAD_REQUEST', 'There is no e-mail address in it. Write one a line, such as ada@example.com.')
      if (addresses.length > MOST) throw fail('BAD_REQUEST', `At most ${MOST.toLocaleString('en')} addresses at once. Split the list.`)
      const at = ctx.clock.now()
      const reason = addresses.length === 1 ? ('by-hand' as const) : ('imported' as const)
      const by = { kind: 'user' as const, id: ctx.user.id, name: ctx.user.name }
      const done = await ctx.db.transaction(async (tx) => {
        const stored = await suppress(
          tx,
          addresses.map((value) => ({ value, reason, note: input.why })),
          { by, at },
        )
        const subject = { kind: 'suppression', id: addresses.length === 1 ? (addresses[0] ?? '') : 'list' }
        const detail = { addresses: addresses.length, added: stored.added, why: input.why }
        await appendAudit(tx, { at, actor: ctx.user, action: 'suppression.added', subject, detail })
        return stored
      })
      ctx.services.nudge()
      return { ...done, known: addresses.length - done.added, without }
    }),

  /** Lets mail to an address go out again. */
  remove: marketer.input(z.object({ value: address, why })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const by = { kind: 'user' as const, id: ctx.user.id, name: ctx.user.name }
    await ctx.db.transaction(async (tx) => {
      const reason = await unsuppress(tx, input.value, { by, at })
      if (!reason) throw fail('NOT_FOUND', 'This address is not on the list any more. Reload the page.')
      const subject = { kind: 'suppression', id: input.value }
      await appendAudit(tx, { at, actor: ctx.user, action: 'suppression.removed', subject, detail: { reason, why: input.why } })
    })
    ctx.services.nudge()
  }),
})
