import {
  appendAudit,
  cancelScan,
  draftScoreModel,
  dropScoreDraft,
  latestScoring,
  resumeScoring,
  saveScoreDraft,
  scoreModels,
  workspaceSettings,
} from '@baton/db'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { draftModel, modelInForce, shownDraft } from '../scores/draft.ts'
import { previewScores } from '../scores/preview.ts'
import { mustFit, publishScores } from '../scores/publish.ts'
import { scoreQuestion, scoreReport } from '../scores/report.ts'
import { procedureFor, router } from '../trpc.ts'

const viewer = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const author = procedureFor('admin', 'marketer')
const scanId = z.object({ id: z.string().min(1).max(64) })

/** The score model: who gets points for what, in versions; and how well the scores rank. */
export const scoresRouter = router({
  /** What is in force, what somebody is working on, and how far the pass over everybody's points has come. */
  model: viewer.query(async ({ ctx }) => {
    const inForce = await modelInForce(ctx.db)
    const draft = await draftScoreModel(ctx.db)
    return {
      inForce,
      draft: draft
        ? { ...shownDraft(draft.model, (await workspaceSettings(ctx.db)).dimensions), rev: draft.rev, at: draft.at, byName: draft.byName }
        : null,
      scoring: (await latestScoring(ctx.db)) ?? null,
    }
  }),

  /** The published versions, the newest first, each with its rules in words. */
  versions: viewer.query(async ({ ctx }) =>
    (await scoreModels(ctx.db)).map(({ version, note, at, byName, model }) => ({
      ...{ version, note, at, byName },
      rules: model.rules.map((rule) => ({
        ...{ id: rule.id, dimension: rule.dimension, points: rule.points },
        words: 'words' in rule ? rule.words : rule.name,
        isNew: 'since' in rule && rule.since === version,
      })),
      dimensions: model.dimensions.map(({ id, name }) => ({ id, name })),
    })),
  ),

  /** Keeps the draft; nothing counts by it yet. @returns its new revision */
  save: author.input(z.object({ rev: z.int().min(0), model: draftModel })).mutation(async ({ ctx, input: { rev, model } }) => {
    const at = ctx.clock.now()
    return ctx.db.transaction(async (tx) => {
      await mustFit(tx, model)
      const next = await saveScoreDraft(tx, { model, rev, by: ctx.user, at })
      if (next === undefined) throw fail('CONFLICT', 'Somebody else has changed the draft meanwhile. Reload the page to see theirs.')
      const { dimensions, rules } = model
      const detail = { rules: rules.length, dimensions: dimensions.length }
      await appendAudit(tx, { at, actor: ctx.user, action: 'scores.drafted', subject: { kind: 'scores', id: 'draft' }, detail })
      return { rev: next }
    })
  }),

  /** Throws the draft away. */
  discard: author.mutation(({ ctx }) =>
    ctx.db.transaction(async (tx) => {
      if (!(await dropScoreDraft(tx))) return
      const subject = { kind: 'scores', id: 'draft' }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'scores.discarded', subject, detail: {} })
    }),
  ),

  /** What a draft would make of real people. Reads only. */
  preview: author.input(z.object({ model: draftModel })).mutation(async ({ ctx, input }) => {
    const { seed } = await workspaceSettings(ctx.db)
    return previewScores(ctx, input.model, seed)
  }),

  publish: author
    .input(
      z.object({
        rev: z.int().min(1),
        note: z.string().trim().max(500).default(''),
        acknowledged: z.array(z.string().max(32)).max(300).default([]),
      }),
    )
    .mutation(({ ctx, input }) => publishScores(ctx, input)),

  /** Stops the pass where it is: whom it has reached keeps the points of the new version. */
  stop: author.input(scanId).mutation(({ ctx, input }) =>
    ctx.db.transaction(async (tx) => {
      const at = ctx.clock.now()
      const stopped = await cancelScan(tx, input.id, at)
      if (!stopped) throw fail('CONFLICT', 'This was over already. Reload the page.')
      const subject = { kind: 'scores', id: input.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'scores.stopped', subject, detail: { done: stopped.done } })
    }),
  ),

  /** Lets a stopped pass go on where it was. */
  resume: author.input(scanId).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      if (!(await resumeScoring(tx, input.id))) throw fail('CONFLICT', 'There is nothing to go on with: a newer version has its own pass.')
      const subject = { kind: 'scores', id: input.id }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'scores.resumed', subject, detail: {} })
    })
    ctx.services.nudge()
  }),

  /** ROC, area and lift of a score against an outcome. A mutation only because a condition may be longer than an address. */
  report: viewer.input(scoreQuestion).mutation(({ ctx, input }) => scoreReport(ctx, input)),
})
