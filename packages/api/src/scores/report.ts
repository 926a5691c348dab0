import { planRows, scoreGroups } from '@baton/db'
import { asksFor, type Condition, condition, type PublishedModel } from '@baton/engine'
import { type LiftPart, liftParts, type Ranking, ranking } from '@baton/leads'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { catalogOf } from '../flows/catalog.ts'

/** Which score is held against what. */
export const scoreQuestion = z.strictObject({
  dimension: z.string().min(1).max(40),
  outcome: condition,
  /** Only of whom this is true. */
  people: condition.nullable().default(null),
})

/** Points on the drawn curve at most: more than a screen can show. */
const POINTS = 200

/** How well a score tells apart to whom something happened, from everybody's points as they are now. */
export interface ScoreReport {
  people: number
  positive: number
  /** Null where it happened to nobody or to everybody. */
  ranking: Ranking | null
  lift: LiftPart[]
  /** What makes the figures look better than they are. */
  warnings: string[]
}

export async function scoreReport(ctx: SignedIn, question: z.infer<typeof scoreQuestion>): Promise<ScoreReport> {
  const rows = await planRows(ctx.db)
  const catalog = catalogOf(rows)
  if (!catalog.dimensions.some((it) => it.id === question.dimension))
    throw fail('NOT_FOUND', 'This score no longer exists: choose another.')
  const found = await scoreGroups(ctx.db, { ...question, catalog, now: ctx.clock.now() })
  if ('issues' in found) throw fail('BAD_REQUEST', found.issues.map((it) => it.say).join(' '))
  const groups = found.ok
  const ranked = ranking(groups)
  return {
    people: groups.reduce((sum, it) => sum + it.people, 0),
    positive: groups.reduce((sum, it) => sum + it.positive, 0),
    ranking: ranked && { ...ranked, roc: thinned(ranked.roc) },
    lift: liftParts(groups),
    warnings: leaks(rows.scoring, question, catalog),
  }
}

/** Every so manieth point, the first and the last always: area and interval are of all. */
function thinned<T>(points: readonly T[]): T[] {
  const step = Math.ceil(points.length / POINTS)
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}

/** Rules of this score that ask for what is known only after the outcome, or for the outcome itself. */
function leaks(
  model: PublishedModel | null,
  { dimension, outcome }: { dimension: string; outcome: Condition },
  catalog: ReturnType<typeof catalogOf>,
): string[] {
  const rules = model?.rules.filter((it) => it.dimension === dimension && it.kind === 'attribute') ?? []
  const asked = new Set(rules.flatMap((it) => (it.kind === 'attribute' ? [...asksFor(it.when, 'field', catalog)] : [])))
  const late = catalog.fields.filter((it) => it.afterOutcome && asked.has(it.key)).map((it) => it.label)
  const own = catalog.fields.filter((it) => asksFor(outcome, 'field', catalog).has(it.key) && asked.has(it.key)).map((it) => it.label)
  return [
    ...late.map(
      (it) => `This score uses “${it}”, which is known only after the outcome. The figures promise more than the score can keep.`,
    ),
    ...own.map((it) => `This score uses “${it}”, which is the outcome itself. The figures say nothing.`),
  ]
}
