import { addElapsed, addWallClock } from '@baton/leads'
import type { StepScope } from '../../kind.ts'
import type { Instant } from '../../state/person.ts'
import type { IfNotSent } from './schema.ts'

/** Since when somebody is held here, and until when at most. */
export interface Hold {
  since: Instant
  until: Instant
}

/**
 * The hold of this visit: hours are elapsed, days keep the time of day where the person lives, both fixed at arrival; pauses of the flow
 * are added. E-262.
 */
export function holdOf(scope: StepScope, { amount, unit }: Extract<IfNotSent, { do: 'hold' }>): Hold {
  const { since: known } = scope.enrolment.vars.here
  const { fixed } = scope.enrolment.vars.here
  const since = typeof known === 'number' ? known : scope.now
  const length = amount ?? 1
  const until =
    typeof fixed === 'number'
      ? fixed
      : unit === 'hours'
        ? addElapsed(since, { hours: length })
        : addWallClock(since, { days: length }, scope.zone.zone)
  return { since, until: until + scope.pausedBetween(since, scope.now) }
}
