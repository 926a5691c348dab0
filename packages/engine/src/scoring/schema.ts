import { z } from 'zod'
import { condition, propertyRule } from '../condition/schema.ts'

const id = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'A rule is known by small letters, digits and _.')

/** In hundredths; 0 while nobody has chosen. */
const points = z.int().min(-10_000_000, 'At most 100,000 points are taken.').max(10_000_000, 'At most 100,000 points are given.')

const shared = {
  id,
  /** What people call it; empty: its own sentence. */
  name: z.string().trim().max(120).default(''),
  dimension: z.string().max(40),
  points,
}

/** Points for as long as a condition about the person holds. */
const attributeRule = z.strictObject({ kind: z.literal('attribute'), ...shared, when: condition })

/** Points each time something happens; at most so many times within so many days (× 24 h). Machine opens and clicks do not count. */
const behaviourRule = z.strictObject({
  kind: z.literal('behaviour'),
  ...shared,
  event: z.string().max(200),
  where: z.array(propertyRule).max(20).default([]),
  atMost: z
    .strictObject({ count: z.int().min(1).max(1000), days: z.int().min(1).max(3650) })
    .nullable()
    .default(null),
})

/** One rule of a score model. */
export const scoreRule = z.discriminatedUnion('kind', [attributeRule, behaviourRule])
export type ScoreRule = z.infer<typeof scoreRule>

const thresholds = z.strictObject({ dimension: z.string().max(40), at: z.tuple([z.int(), z.int(), z.int()]) })

/** Which scores make the grade and from where on, in hundredths, falling; see `gradeOf` of leads. */
export const gradeModel = z.strictObject({ fit: thresholds, engagement: thresholds })

/** What a score model says beside its dimensions: who gets points for what, and what grade they come to. */
export const scoreModel = z.strictObject({
  rules: z
    .array(scoreRule)
    .max(300)
    .default([])
    .refine((list) => new Set(list.map((it) => it.id)).size === list.length, 'Two rules have the same id.'),
  grade: gradeModel.nullable().default(null),
})
export type ScoreModel = z.infer<typeof scoreModel>

/** A rule as a published version has it. `since`: the version from which on it says what it says; `words`: what it was called then. */
export type PublishedRule = ScoreRule & { since: number; words: string }

/** The rules of a published version: number and content, never changed afterwards. */
export interface PublishedModel {
  version: number
  rules: readonly PublishedRule[]
  grade: ScoreModel['grade']
}
