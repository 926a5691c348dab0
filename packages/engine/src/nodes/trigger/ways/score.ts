import type { CompiledCondition, ConditionScope } from '../../../condition/compiled.ts'
import type { Condition } from '../../../condition/schema.ts'
import { saw } from '../../../condition/trace.ts'
import type { TriggerMatch } from '../../../kind.ts'
import type { Instant } from '../../../state/person.ts'
import { fault } from '../../base.ts'
import type { On } from '../schema.ts'
import { crosses } from './crosses.ts'
import type { Way } from './way.ts'

const LIMIT = 1_000_000

/** Instants at which points age that are looked at for the next crossing: a year of days. */
const MOST = 366

/** A score comes to a threshold, or falls under it. */
export function scoreWay({ dimension, way, points }: On<'score'>): Way {
  const name = dimension ?? ''
  const fits = points !== null && Math.abs(points) <= LIMIT && Math.abs(points * 100 - Math.round(points * 100)) < 1e-6
  return {
    check: () => [
      ...(dimension === null ? [fault('trigger.score', 'on.dimension', 'Choose the score that is watched.')] : []),
      ...(fits
        ? []
        : [fault('trigger.points', 'on.points', 'Give the threshold: a number, at most 1,000,000, with two decimals at most.')]),
    ],
    compile: ({ condition }) => {
      const reached: Condition = {
        combinator: 'and',
        rules: [{ subject: { kind: 'score', dimension: name }, op: 'ge', value: points ?? 0 }],
      }
      const ready = condition(reached)
      const threshold = Math.round((points ?? 0) * 100)
      const match = (before: number, after: number, byTime: boolean): TriggerMatch | undefined =>
        crosses(way, threshold, before, after)
          ? { key: '', reason: { code: 'trigger.score', dimension: name, way, threshold, before, after, byTime } }
          : undefined
      return {
        conditions: [ready],
        trigger: {
          on: { kind: 'score', dimension: name },
          changed: (before, after) => (typeof before === 'number' && typeof after === 'number' ? match(before, after, false) : undefined),
          nextDate: (scope, after) => nextCrossing(ready, scope, after, (was, is) => match(was, is, true)),
        },
      }
    },
  }
}

/** When points age (LS-4) the score may cross by time alone. */
function nextCrossing(
  ready: CompiledCondition,
  scope: ConditionScope,
  after: Instant,
  match: (before: number, after: number) => TriggerMatch | undefined,
): { at: Instant; match: TriggerMatch } | null {
  for (let at = after, left = MOST; left > 0; left--) {
    const { until } = ready.evaluate({ ...scope, now: at })
    if (!Number.isFinite(until) || until <= at) return null
    const found = match(hundredths(ready, { ...scope, now: at }), hundredths(ready, { ...scope, now: until }))
    if (found) return { at: until, match: found }
    at = until
  }
  return null
}

/** The score that the threshold is compared with. */
function hundredths(ready: CompiledCondition, scope: ConditionScope): number {
  const [trace] = ready.explain(scope).rules
  const { value } = saw.parse(trace?.saw)
  return typeof value === 'number' ? Math.round(value * 100) : 0
}
