import { DAY, type Instant, MINUTE } from './instant.ts'
import { fromWall, startOfDay, toWall, weekdayOfWall } from './wall-clock.ts'

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/

export interface TimeOfDayOptions {
  /** Only on these days, 1 for Monday … 7 for Sunday. Left out or empty: on every day. */
  readonly weekdays?: readonly number[] | undefined
}

/** Minutes since midnight of 'HH:MM' (00:00–23:59), or undefined if the text is none. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = TIME.exec(text)
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined
}

/**
 * The next instant, `instant` itself included, at which the wall of `zone` shows `time` ('HH:MM') on a day that counts.
 * Arriving at 09:00 for 09:00 is now, at 09:05 the next valid day. A day counts by the date that was meant: 02:30 on a Sunday
 * whose 02:30 is skipped is still that Sunday's, at the instant of the transition. Rules LT-11, LT-5 to LT-7.
 * Throws RangeError if `time` is no time of day, or no weekday is within 1–7.
 */
export function nextTimeOfDay(instant: Instant, time: string, zone: string, options: TimeOfDayOptions = {}): Instant {
  const minutes = minutesOf(time)
  const { weekdays } = options
  const everyDay = weekdays === undefined || weekdays.length === 0
  const today = startOfDay(toWall(instant, zone))
  // From yesterday on: a reading skipped over midnight belongs to the day before. Two weeks hold every weekday whatever is skipped.
  for (let day = today - DAY; day <= today + 14 * DAY; day += DAY) {
    if (!everyDay && !weekdays.includes(weekdayOfWall(day))) continue
    const target = fromWall(day + minutes * MINUTE, zone)
    if (target >= instant) return target
  }
  throw new RangeError(`none of the weekdays ${String(weekdays)} is between 1 (Monday) and 7 (Sunday)`)
}

/** The instant at which the wall of `zone` shows `time` on the local date of `instant`; it may be past. Rule LT-11. */
export function timeOfDayOn(instant: Instant, time: string, zone: string): Instant {
  return fromWall(startOfDay(toWall(instant, zone)) + minutesOf(time) * MINUTE, zone)
}

function minutesOf(time: string): number {
  const minutes = parseTimeOfDay(time)
  if (minutes === undefined) throw new RangeError(`"${time}" is not a time of day such as 09:00`)
  return minutes
}
