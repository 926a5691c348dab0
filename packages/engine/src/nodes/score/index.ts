import { explainScore } from '@baton/leads'
import { z } from 'zod'
import { dimensionRules } from '../../condition/read.ts'
import { defineKind } from '../../kind.ts'
import { scoreAfter } from '../../state/reasons/person.ts'
import { chosen, configBase, fault, missing, onward, plain, strong } from '../base.ts'

export const scoreConfig = z.object({
  ...configBase(1),
  dimension: z.string().max(40).nullable(),
  /** In points, to two decimals; negative takes away. */
  points: z.number().nullable(),
})

const LIMIT = 100_000

/** Adds points to a dimension, at most once per visit. */
export const score = defineKind({
  type: 'score',
  category: 'action',
  rests: false,
  version: 1,
  migrations: [],
  config: scoreConfig,
  defaults: () => ({ v: 1, dimension: 'engagement', points: 10 }),
  ports: () => [onward],
  references: ({ dimension }) => (dimension === null ? [] : [{ kind: 'dimension', id: dimension }]),
  conditions: () => [],
  sentence: ({ dimension, points }, catalog) => [
    plain(points !== null && points < 0 ? 'Take ' : 'Add '),
    points === null ? missing('how many points') : strong(`${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`),
    plain(points !== null && points < 0 ? ' from ' : ' to '),
    chosen(dimension, catalog.dimensions, 'choose a score'),
  ],
  check: ({ dimension, points }) => [
    ...(dimension === null ? [fault('score.dimension', 'dimension', 'Choose the score that gets the points.')] : []),
    ...(isPoints(points)
      ? []
      : [fault('score.points', 'points', 'Give the points: a number other than 0, at most 100,000, with two decimals at most.')]),
  ],
  compile: ({ dimension, points }, { nodeId, catalog }) => {
    const name = dimension ?? ''
    const model = dimensionRules(catalog.dimensions, name)
    const hundredths = Math.round((points ?? 0) * 100)
    return {
      enter: (scope) => {
        const { ledger } = scope.state
        const had = ledger.some((line) => line.key === scope.effectKey(0))
        const points = had ? 0 : hundredths
        // As read at this instant: decayed and capped. The new line has its whole worth today.
        const { total: before, positive, cap } = explainScore(ledger, name, scope.now, model)
        const limit = cap === undefined ? undefined : { positive, most: cap }
        return {
          do: 'leave',
          port: onward.id,
          reason: {
            code: 'score.added',
            dimension: name,
            points,
            before,
            after: scoreAfter(before, points, limit),
            ...(limit ? { limit } : {}),
          },
          effects: had ? [] : [{ do: 'score', dimension: name, points: hundredths, rule: `step ${nodeId}` }],
        }
      },
      conditions: [],
    }
  },
})

const isPoints = (points: number | null) =>
  points !== null && points !== 0 && Math.abs(points) <= LIMIT && Math.abs(points * 100 - Math.round(points * 100)) < 1e-6
