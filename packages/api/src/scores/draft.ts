import { liveScoreModel, type ScoreDimension, type Sql, type StoredScoreModel, workspaceSettings } from '@baton/db'
import { type PublishedRule, type ScoreModel, type ScoreRule, scoreModel } from '@baton/engine'
import { z } from 'zod'
import { type DimensionEdit, type ShownDimension, shownDimension, storedDimension } from './model.ts'

const days = (what: string) =>
  z.int(`Give the ${what} in whole days.`).min(1, `The ${what} is at least 1 day, or empty.`).max(730, `The ${what} is at most 730 days.`)

/** What somebody chooses of a dimension. */
export const dimensionEdit = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'A short name has small letters, digits and _ only, and starts with a letter.'),
  name: z.string().trim().min(1, 'Write a name.').max(60),
  halfLifeDays: days('half-life').nullable().optional(),
  expiryDays: days('expiry').nullable().optional(),
  /** In hundredths of a point. */
  cap: z.int().min(1, 'The most that counts is above 0, or empty for no limit.').max(100_000_000).nullable().optional(),
})

/** A whole model as the editor sends it. */
export const draftModel = scoreModel.extend({ dimensions: z.array(dimensionEdit).min(1).max(12) })
export type DraftModel = z.infer<typeof draftModel>

/** A model as the editor shows it. */
export interface ShownModel {
  dimensions: ShownDimension[]
  rules: ScoreRule[]
  grade: ScoreModel['grade']
}

/** A rule as its author wrote it, without what publishing added. */
function written(rule: ScoreRule | PublishedRule): ScoreRule {
  if (!('since' in rule)) return rule
  const { since: _, words: __, ...own } = rule
  return own
}

/** What is in force: the scores of the workspace with the rules of the last version; none before the first. */
export async function modelInForce(sql: Sql): Promise<ShownModel & { version: number }> {
  const { dimensions } = await workspaceSettings(sql)
  const live = await liveScoreModel(sql)
  return {
    version: live?.version ?? 0,
    dimensions: dimensions.map(shownDimension),
    rules: live?.model.rules.map(written) ?? [],
    grade: live?.model.grade ?? null,
  }
}

const shownModel = ({ dimensions, rules, grade }: StoredScoreModel): ShownModel => ({
  dimensions: dimensions.map(shownDimension),
  rules: rules.map(written),
  grade,
})

/** Scores that came after a draft was begun, by an import: they stay. */
const missingFrom = (edits: readonly { id: string }[], before: readonly ScoreDimension[]): ScoreDimension[] =>
  before.filter((it) => !edits.some(({ id }) => id === it.id))

/** The draft as it is gone on with: with the scores that have come meanwhile. */
export const shownDraft = (model: StoredScoreModel, now: readonly ScoreDimension[]): ShownModel =>
  shownModel({ ...model, dimensions: [...model.dimensions, ...missingFrom(model.dimensions, now)] })

/** The scores as a draft would have them: tables of factors made, versions counted. */
export const dimensionsUnder = (edits: readonly DimensionEdit[], before: readonly ScoreDimension[]): ScoreDimension[] => [
  ...edits.map((edit) =>
    storedDimension(
      edit,
      before.find((it) => it.id === edit.id),
    ),
  ),
  ...missingFrom(edits, before),
]
