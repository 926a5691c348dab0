import { ceilToSlot } from '@baton/leads'
import type { CompiledNode, Outcome, StepScope } from '../../kind.ts'
import { onward } from '../base.ts'
import { arrivalOf, movesZone } from './arrival.ts'
import type { UntilOf } from './schema.ts'
import { durationTarget, isElapsed } from './target.ts'

/** A wait for a length of time. */
export function compileDuration({ amount, unit }: UntilOf<'duration'>, slot: number): CompiledNode {
  const decide = (scope: StepScope): Outcome => {
    const { now, zone } = scope
    const { arrived, arrivedZone } = arrivalOf(scope)
    const frozenMs = scope.pausedBetween(arrived, now)
    const target = durationTarget({ amount: amount ?? 1, unit, arrived, arrivedZone, zone: zone.zone, frozenMs })
    if (target > now) return { do: 'stay', due: ceilToSlot(target, slot), here: { arrived, arrivedZone } }
    return {
      do: 'leave',
      port: onward.id,
      reason: {
        code: 'wait.duration',
        amount: amount ?? 1,
        unit,
        zone: zone.zone,
        zoneSource: zone.source,
        arrivedZone,
        arrived,
        target,
        frozenMs,
        now,
      },
    }
  }
  return {
    enter: decide,
    due: decide,
    wake: (scope, item) => (isElapsed(unit) ? undefined : movesZone(scope, item, slot, decide)),
    conditions: [],
  }
}
