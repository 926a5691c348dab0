import type { PublishedRule, ScoreModel, ScoreRule } from '@baton/engine'
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import type { ScoreDimension } from './workspace.ts'

/** What a version of the score model says. A draft's rules have no `since` yet. */
export interface StoredScoreModel {
  dimensions: ScoreDimension[]
  rules: (ScoreRule | PublishedRule)[]
  grade: ScoreModel['grade']
}

/** The versions of the score model, never changed once they are published; version 0 is the draft. */
export const scoreModel = pgTable('score_model', {
  version: integer().primaryKey(),
  model: jsonb().$type<StoredScoreModel>().notNull(),
  /** Of the draft: grows with each change, so that two who change it at once do not overwrite one another. */
  rev: integer().notNull().default(1),
  /** What a version is about, in its author's words. */
  note: text().notNull().default(''),
  at: instant().notNull(),
  byId: text(),
  byName: text(),
})
