import { ceilToSlot, MINUTE } from '@baton/leads'
import type { CompiledNode, Outcome, StepScope } from '../../kind.ts'
import type { Instant } from '../../state/person.ts'
import { onward } from '../base.ts'
import { type Arrival, arrivalOf, movesZone } from './arrival.ts'
import type { LatePolicy, UntilOf } from './schema.ts'
import { lastTime, missedToday, type TimeTarget, timeTarget } from './target.ts'

/** A wait until a time of day. Pauses are not added: nine o'clock stays nine o'clock. */
export function compileTimeOfDay({ time, weekdays, late }: UntilOf<'time'>, slot: number): CompiledNode {
  const wanted = { time: time ?? '09:00', weekdays }

  const leave = (scope: StepScope, here: Arrival, target: Instant, how: 'next' | 'grace' | 'skip'): Outcome => ({
    do: 'leave',
    port: onward.id,
    reason: {
      code: 'wait.time-of-day',
      time: wanted.time,
      weekdays: [...weekdays],
      zone: scope.zone.zone,
      zoneSource: scope.zone.source,
      arrivedZone: here.arrivedZone,
      arrived: here.arrived,
      target,
      policy: late.do,
      graceMinutes: late.do === 'grace' ? (late.minutes ?? 0) : null,
      late: how,
      now: scope.now,
    },
  })

  const decide = (scope: StepScope): Outcome => {
    const here = arrivalOf(scope)
    const target = timeTarget({ ...wanted, ...here, zone: scope.zone.zone })
    return target > scope.now ? { do: 'stay', due: ceilToSlot(target, slot), here: { ...here } } : leave(scope, here, target, 'next')
  }

  return {
    enter: (scope) => {
      const here = arrivalOf(scope)
      const passed = goesOn({ ...wanted, ...here }, late)
      return passed === undefined || late.do === 'next' ? decide(scope) : leave(scope, here, passed, late.do)
    },
    due: decide,
    wake: (scope, item) => movesZone(scope, item, slot, decide),
    conditions: [],
  }
}

/** The time that was missed, if the author wants late arrivals to go on at once and this is one. E-44. */
export function goesOn(it: Omit<TimeTarget, 'zone'>, late: LatePolicy): Instant | undefined {
  if (late.do === 'skip') return missedToday(it)
  if (late.do === 'next') return undefined
  const last = lastTime(it)
  return last !== undefined && last < it.arrived && it.arrived - last <= (late.minutes ?? 0) * MINUTE ? last : undefined
}
