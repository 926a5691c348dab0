import { explainScore } from '@baton/leads'
import { dimensionRules } from '../../condition/read.ts'
import { defineRun } from '../../kind.ts'
import { scoreAfter } from '../../state/reasons/person.ts'
import { fault, onward } from '../base.ts'
import { score } from './index.ts'

const LIMIT = 100_000

const isPoints = (points: number | null) =>
  points !== null && points !== 0 && Math.abs(points) <= LIMIT && Math.abs(points * 100 - Math.round(points * 100)) < 1e-6

/** What its settings must be, and what it does. */
export const scoreRun = defineRun(score, {
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
