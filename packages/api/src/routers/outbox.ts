import {
  appendAudit,
  deliveryTrouble,
  listOutbox,
  listTestMails,
  type MailState,
  openSends,
  outboxMail,
  repeatUnknown,
  retryFailed,
  testMailById,
} from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const PAGE = 50
const TESTS = 100

/** What the page can be narrowed to. */
const FILTERS = {
  all: [],
  waiting: ['queued', 'sending'],
  sent: ['sent'],
  trouble: ['failed', 'unknown'],
  withdrawn: ['withdrawn'],
} as const satisfies Record<string, readonly MailState[]>

const filter = z.enum(['all', 'waiting', 'sent', 'trouble', 'withdrawn'])

/** Every mail that was asked for: what waits, what left, what did not and why. */
export const outboxRouter = router({
  /** Where mail goes, how much is open, and why it does not leave. */
  status: reader.query(async ({ ctx }) => {
    const [counts, trouble] = [await openSends(ctx.db), await deliveryTrouble(ctx.db)]
    return { mail: ctx.services.system().mail, counts, trouble }
  }),

  /** The newest first; `next` is what to ask for after this page, null at the end. */
  list: reader.input(z.object({ filter, cursor: z.object({ at: z.number(), id }).nullish() })).query(async ({ ctx, input }) => {
    const rows = await listOutbox(ctx.db, { statuses: FILTERS[input.filter], after: input.cursor ?? undefined, limit: PAGE })
    const last = rows.at(-1)
    return { rows, next: rows.length === PAGE && last ? { at: last.at, id: last.id } : null }
  }),

  /** A mail with exactly what is, was or would be sent. */
  get: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const mail = await outboxMail(ctx.db, input.id)
    if (!mail) throw fail('NOT_FOUND', 'There is no such mail any more. Reload the list.')
    const { html: _, text: __, envelope: ___, key: ____, ...row } = mail
    return { row, shown: await ctx.services.mail.show(mail) }
  }),

  tests: reader.query(async ({ ctx }) => {
    const rows = await listTestMails(ctx.db, TESTS)
    return rows.map(({ html: _, text: __, envelope, ...row }) => ({ ...row, to: envelope.to.address }))
  }),

  test: reader.input(z.object({ id: z.string().min(1).max(64) })).query(async ({ ctx, input }) => {
    const mail = await testMailById(ctx.db, input.id)
    if (!mail) throw fail('NOT_FOUND', 'There is no such test any more. Reload the list.')
    const { html: _, text: __, envelope, ...row } = mail
    return { row: { ...row, to: envelope.to.address }, shown: await ctx.services.mail.showTest(mail) }
  }),

  /** Tries a failed mail again, made anew with the data of then. */
  retry: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      if (!(await retryFailed(tx, { id: input.id, now }))) throw fail('CONFLICT', 'This mail is not failed any more. Reload the list.')
      await appendAudit(tx, { at: now, actor: ctx.user, action: 'mail.retried', subject: { kind: 'mail', id: String(input.id) } })
    })
    ctx.services.mail.deliver()
  }),

  /** Sends a mail of unknown fate once more: the same text, the same Message-ID. */
  again: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const now = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      if (!(await repeatUnknown(tx, { id: input.id, now })))
        throw fail('CONFLICT', 'It is known by now what became of this mail. Reload the list.')
      await appendAudit(tx, { at: now, actor: ctx.user, action: 'mail.repeated', subject: { kind: 'mail', id: String(input.id) } })
    })
    ctx.services.mail.deliver()
  }),
})
