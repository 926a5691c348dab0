import { appendAudit, eventTypes, previewRetention, retentionOf, updateWorkspace, workspaceSettings } from '@baton/db'
import { z } from 'zod'
import { eventNeeds } from '../retention/needs.ts'
import { retentionCut } from '../retention/run.ts'
import { procedureFor, router } from '../trpc.ts'

const admin = procedureFor('admin')

const days = z
  .int('A whole number of days.')
  .min(30, 'At least 30 days: late events and running waits need them.')
  .max(3650, 'At most 3,650 days; leave it empty to keep everything.')
  .nullable()

const settings = z.object({ eventDays: days, typeDays: z.record(z.string().min(1).max(200), days), journalDays: days })

/** How long what happened is kept. */
export const retentionRouter = router({
  /** The settings, every type of event, and who looks how far back: `days` null is without end. */
  get: admin.query(async ({ ctx }) => {
    const needs = await eventNeeds(ctx.db)
    const types = (await eventTypes(ctx.db)).map((type) => {
      const need = needs.get(type)
      return { type, needed: need ? { days: Number.isFinite(need.days) ? need.days : null, by: need.by } : null }
    })
    return { settings: retentionOf(await workspaceSettings(ctx.db)), types }
  }),

  /** How much these settings would drop now. */
  preview: admin
    .input(settings)
    .query(async ({ ctx, input }) => previewRetention(ctx.db, await retentionCut(ctx.db, input, ctx.clock.now()))),

  change: admin.input(settings).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      await updateWorkspace(tx, { retention: input })
      const subject = { kind: 'workspace', id: '1' }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'retention.changed', subject, detail: input })
    })
  }),
})
