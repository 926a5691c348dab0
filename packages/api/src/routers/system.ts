import { type AuditRow, countTrouble, flowNames, type Handle, listAudit } from '@baton/db'
import { z } from 'zod'
import { procedureFor, router } from '../trpc.ts'

const PAGE = 50

const auditPage = z.object({
  subject: z.object({ kind: z.string().max(64), id: z.string().max(64) }).optional(),
  /** The last row of the page before. */
  after: z.object({ at: z.number(), id: z.string().max(64) }).optional(),
})

/** Rows of the log with the name of what they are about, where it is a flow that is still there. */
async function named(db: Handle, rows: readonly AuditRow[]) {
  const names = await flowNames(db, [...new Set(rows.flatMap(({ subject }) => (subject.kind === 'flow' ? [subject.id] : [])))])
  return rows.map((row) => ({ ...row, about: (row.subject.kind === 'flow' && names.get(row.subject.id)) || null }))
}

/** What an operator looks at. */
export const systemRouter = router({
  info: procedureFor('admin').query(({ ctx }) => ctx.services.system()),

  /** How the machine does: what is due and not done, who works, how far it was behind in the last hour, and what is in trouble. */
  machine: procedureFor('admin', 'marketer', 'reviewer').query(async ({ ctx }) => ({
    ...(await ctx.services.machine.now()),
    lastHour: [...ctx.services.machine.lastHour()],
    trouble: await countTrouble(ctx.db),
  })),

  /** Who changed what, the newest first; `next` is what to ask for after this page, null at the end. */
  audit: procedureFor('admin')
    .input(auditPage)
    .query(async ({ ctx, input }) => {
      const rows = await listAudit(ctx.db, { ...input, limit: PAGE })
      const last = rows.at(-1)
      return { rows: await named(ctx.db, rows), next: rows.length === PAGE && last ? { at: last.at, id: last.id } : null }
    }),
})
