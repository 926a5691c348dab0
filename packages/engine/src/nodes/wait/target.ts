import {
  addElapsed,
  addWallClock,
  fromWall,
  MINUTE,
  nextTimeOfDay,
  parseTimeOfDay,
  reinterpret,
  startOfDay,
  timeOfDayOn,
  toWall,
  weekdayOfWall,
} from '@baton/leads'
import type { Instant } from '../../state/person.ts'
import type { WaitUnit } from './schema.ts'

/** A duration with what it starts from. `zone` is the contact's now, `arrivedZone` the one in which the target was fixed. */
export interface DurationTarget {
  amount: number
  unit: WaitUnit
  arrived: Instant
  arrivedZone: string
  zone: string
  frozenMs: number
}

/** Minutes and hours are elapsed time; the others keep the time on the wall. */
export const isElapsed = (unit: WaitUnit): unit is 'minutes' | 'hours' => unit === 'minutes' || unit === 'hours'

/**
 * The instant at which a duration ends. Minutes and hours are elapsed; days, weeks and months fix a local time at arrival, which is
 * read in the zone the contact has now. Pauses of the flow are added to all. SEMANTICS 4, E-41, E-42, E-45.
 */
export function durationTarget(it: DurationTarget): Instant {
  const { amount, unit, arrived } = it
  if (isElapsed(unit)) return addElapsed(arrived, { [unit]: amount }) + it.frozenMs
  const there = addWallClock(arrived, { [unit]: amount }, it.arrivedZone)
  return reinterpret(there, it.arrivedZone, it.zone) + it.frozenMs
}

/** A time of day with what it starts from. */
export interface TimeTarget {
  time: string
  weekdays: readonly number[]
  arrived: Instant
  arrivedZone: string
  zone: string
}

/** The instant at which it is that time on a valid day, fixed at arrival, read in the zone the contact has now. E-43, E-45. */
export function timeTarget(it: TimeTarget): Instant {
  return reinterpret(nextTimeOfDay(it.arrived, it.time, it.arrivedZone, { weekdays: it.weekdays }), it.arrivedZone, it.zone)
}

/** The last time it was that time on a valid day, before or at arrival; undefined if not within a week. E-44. */
export function lastTime({ time, weekdays, arrived, arrivedZone }: Omit<TimeTarget, 'zone'>): Instant | undefined {
  const minutes = parseTimeOfDay(time) ?? 0
  const today = startOfDay(toWall(arrived, arrivedZone))
  for (let back = 0; back <= 7; back++) {
    const day = today - back * 24 * 60 * MINUTE
    if (weekdays.length > 0 && !weekdays.includes(weekdayOfWall(day))) continue
    const at = fromWall(day + minutes * MINUTE, arrivedZone)
    if (at <= arrived) return at
  }
  return undefined
}

/** Today's time, if today is valid and it has passed at arrival. E-44. */
export function missedToday({ time, weekdays, arrived, arrivedZone }: Omit<TimeTarget, 'zone'>): Instant | undefined {
  const today = weekdayOfWall(toWall(arrived, arrivedZone))
  if (weekdays.length > 0 && !weekdays.includes(today)) return undefined
  const at = timeOfDayOn(arrived, time, arrivedZone)
  return at < arrived ? at : undefined
}
