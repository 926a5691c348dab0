import { fold, GRADES, type GradeModel } from '@baton/leads'
import type { Catalog } from '../catalog.ts'
import { dimensionRules } from './read.ts'
import type { ResolvedGroup, ResolvedRule, Test } from './resolved.ts'
import type { Condition, Rule } from './schema.ts'

export const NO_GRADE = 'The score model has no grade: set one under Scoring, or choose something else.'

/** The places of letters, or of numbers, in order: 0 is the best. */
type Places = readonly number[]
type Side = GradeModel['fit']

/** Both scores that a grade is made of, as a condition that asks for them. */
export const gradeScores = ({ fit, engagement }: GradeModel): Condition => ({
  combinator: 'and',
  rules: [fit, engagement].map(({ dimension }): Rule => ({ subject: { kind: 'score', dimension }, op: 'ge', value: 0 })),
})

/** Runs of places that follow one another: [0, 1, 3] is [0, 1] and [3, 3]. */
function runs(places: Places): [number, number][] {
  const found: [number, number][] = []
  for (const it of places) {
    const last = found.at(-1)
    if (last && last[1] === it - 1) last[1] = it
    else found.push([it, it])
  }
  return found
}

/**
 * The scores that somebody has who is of one of these grades, or of none of them: SQL, closures, traces and the time until which it holds know
 * nothing of grades. Rule EC-25.
 * @returns undefined where it would say nothing: every grade
 */
export function gradeRules(test: Test, { fit, engagement }: GradeModel, { dimensions }: Catalog): ResolvedGroup | undefined {
  if (test.on !== 'text' || test.values.length === 0) return undefined
  const wanted = new Set(test.values)
  const numbersOf = (letter: number) => [0, 1, 2, 3].filter((number) => wanted.has(fold(GRADES[letter * 4 + number] ?? '')))
  if (GRADES.every((it) => wanted.has(fold(it)))) return undefined

  const compared = (side: Side, op: 'ge' | 'lt', place: number): ResolvedRule => {
    // Points stand in rules, hundredths in the model.
    const value = (side.at[place] ?? 0) / 100
    return {
      subject: { kind: 'score', dimension: side.dimension, model: dimensionRules(dimensions, side.dimension) },
      test: { on: 'number', op, values: [value] },
      source: { subject: { kind: 'score', dimension: side.dimension }, op, value },
    }
  }
  const between = (side: Side, [best, worst]: readonly [number, number]): ResolvedRule[] => [
    ...(worst < 3 ? [compared(side, 'ge', worst)] : []),
    ...(best > 0 ? [compared(side, 'lt', best - 1)] : []),
  ]
  const any = (groups: readonly (readonly ResolvedRule[])[]): (ResolvedRule | ResolvedGroup)[] =>
    groups.length === 1
      ? [...(groups[0] ?? [])]
      : [{ combinator: 'or', not: false, rules: groups.map((rules) => ({ combinator: 'and' as const, not: false, rules })) }]

  // Letters with the same numbers are one part each.
  const parts = new Map<string, { letters: number[]; numbers: Places }>()
  for (const letter of [0, 1, 2, 3]) {
    const numbers = numbersOf(letter)
    const key = numbers.join('')
    if (numbers.length > 0) parts.set(key, { numbers, letters: [...(parts.get(key)?.letters ?? []), letter] })
  }
  const rules = [...parts.values()].map(
    ({ letters, numbers }): ResolvedGroup => ({
      combinator: 'and',
      not: false,
      rules: [...any(runs(letters).map((it) => between(fit, it))), ...any(runs(numbers).map((it) => between(engagement, it)))],
    }),
  )
  return { combinator: 'or', not: test.op === 'is-not' || test.op === 'none-of', rules }
}
