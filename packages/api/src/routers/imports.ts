import { appendAudit, importRejects, listImports } from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { ImportError, importSettings, readAs } from '../imports.ts'
import { procedureFor, router } from '../trpc.ts'

const marketer = procedureFor('admin', 'marketer')
const id = z.string().min(1).max(64)

/** What is wrong with a file is said as it is. */
async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ImportError) throw fail('BAD_REQUEST', error.message, error)
    throw error
  }
}

/** Files of people. A file itself comes by PUT /api/imports/upload. */
export const importsRouter = router({
  list: marketer.query(async ({ ctx }) =>
    (await listImports(ctx.db)).map(({ path, settings: _, ...job }) => ({ ...job, kept: path !== null })),
  ),

  get: marketer.input(z.object({ id })).query(async ({ ctx, input }) => {
    const job = await ctx.services.imports.job(input.id)
    if (!job) throw fail('NOT_FOUND', 'This import is not known any more. Reload the list.')
    const { path, settings: _, ...shown } = job
    return { ...shown, kept: path !== null }
  }),

  /** How the file reads, and where its columns would go. */
  preview: marketer
    .input(z.object({ id, as: readAs.default({}) }))
    .query(({ ctx, input }) => inWords(ctx.services.imports.preview(input.id, input.as))),

  start: marketer.input(z.object({ id, settings: importSettings })).mutation(async ({ ctx, input }) => {
    await inWords(ctx.services.imports.start(input.id, input.settings))
    const subject = { kind: 'import', id: input.id }
    const { key, consent } = input.settings
    await appendAudit(ctx.db, { at: ctx.clock.now(), actor: ctx.user, action: 'import.started', subject, detail: { key, consent } })
  }),

  /** Goes on with one that was stopped, where it stopped. */
  goOn: marketer.input(z.object({ id })).mutation(({ ctx, input }) => inWords(ctx.services.imports.goOn(input.id))),

  /** What came in stays. */
  cancel: marketer.input(z.object({ id })).mutation(({ ctx, input }) => inWords(ctx.services.imports.cancel(input.id))),

  /** Rows that were not taken in, with line and reason; all of them by GET /api/imports/:id/rejected.csv. */
  rejects: marketer
    .input(z.object({ id, after: z.int().min(0).default(0) }))
    .query(({ ctx, input }) => importRejects(ctx.db, { ...input, limit: 100 })),
})
