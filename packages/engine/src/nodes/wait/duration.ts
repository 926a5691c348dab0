import type { CompiledNode, Outcome, StepScope } from '../../kind.ts'
import type { InboxItem } from '../../state/input.ts'
import { onward } from '../base.ts'
import { arrivalOf, movesZone } from './arrival.ts'
import type { DurationWait } from './schema.ts'
import { durationTarget } from './target.ts'

/** A wait for a length of time. */
export function compileDuration({ amount, unit }: DurationWait): CompiledNode {
  const decide = (scope: StepScope): Outcome => {
    const { now, zone } = scope
    const here = arrivalOf(scope)
    const frozenMs = scope.pausedBetween(here.arrived, now)
    const target = durationTarget({ amount: amount ?? 1, unit, ...here, zone: zone.zone, frozenMs })
    if (target > now) return { do: 'stay', due: target, here: { ...here } }
    return {
      do: 'leave',
      port: onward.id,
      reason: {
        code: 'wait.duration',
        amount: amount ?? 1,
        unit,
        zone: zone.zone,
        zoneSource: zone.source,
        arrivedZone: here.arrivedZone,
        arrived: here.arrived,
        target,
        frozenMs,
        now,
      },
    }
  }
  const moves = unit === 'days' || unit === 'weeks'
  return {
    enter: decide,
    due: decide,
    wake: (scope, item: InboxItem) => (moves ? movesZone(scope, item, decide) : undefined),
    conditions: [],
  }
}
