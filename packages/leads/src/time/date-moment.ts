import { addElapsed, addMonths, addWallClock } from './add.ts'
import type { DateValue } from './date.ts'
import { DAY, type Instant, MINUTE, type Wall } from './instant.ts'
import { parseTimeOfDay } from './time-of-day.ts'
import { fromWall, readWall, startOfDay, toWall, wallOf } from './wall-clock.ts'

/** A distance from a date: whole numbers, negative before it. Only one of them counts at a time; left out: the date itself. */
export interface DateOffset {
  readonly minutes?: number | undefined
  readonly hours?: number | undefined
  readonly days?: number | undefined
  readonly weeks?: number | undefined
  readonly months?: number | undefined
}

/** What fires at a date: so far from it, and for a date without a time at which time of day ('HH:MM'). */
export interface DateMoment {
  readonly offset: DateOffset
  readonly time: string
}

/**
 * The instant a date stands for in `zone`. A date without a time fires at the moment's time of day, a date-time at its own.
 * Days, weeks and months before or after keep the time on the wall; minutes and hours are elapsed. Rules LT-17, LT-19; LT-5 to LT-7
 * say what a skipped or doubled reading means. Throws RangeError if `time` is no time of day.
 */
export function dateMoment(value: DateValue, { offset, time }: DateMoment, zone: string): Instant {
  const { minutes, hours, ...calendar } = offset
  if (value.kind === 'instant') return addElapsed(addWallClock(value.at, calendar, zone), { minutes, hours })
  const { months = 0, days = 0, weeks = 0 } = calendar
  const day = addMonths(value.day, months) + (days + 7 * weeks) * DAY
  return addElapsed(fromWall(day + clock(time), zone), { minutes, hours })
}

/**
 * The first instant from `from` on at which a date comes round: its month and day in its own year and in every later one (29 February
 * is the 28th in other years), so far before or after. Rules LT-20, LT-9.
 */
export function nextAnniversary(value: DateValue, moment: DateMoment, zone: string, from: Instant): Instant {
  const date = value.kind === 'date' ? value.day : startOfDay(toWall(value.at, zone))
  const time = value.kind === 'date' ? clock(moment.time) : toWall(value.at, zone) - date
  const { minutes, hours, months = 0, days = 0, weeks = 0 } = moment.offset
  // An offset may reach over years: enough of them on both sides, in order, so that the first that is not past is the answer.
  const reach = 1 + Math.ceil((Math.abs(months) * 31 + Math.abs(days) + Math.abs(weeks) * 7 + Math.abs(hours ?? 0) / 24) / 365)
  const first = Math.max(readWall(date).year, readWall(toWall(from, zone)).year - reach)
  for (let year = first; year <= first + 2 * reach + 1; year++) {
    const day = addMonths(dayInYear(date, year), months) + (days + 7 * weeks) * DAY
    const at = addElapsed(fromWall(day + time, zone), { minutes, hours })
    if (at >= from) return at
  }
  throw new RangeError('an offset this long has no anniversary')
}

/** The day of a date in another year, 29 February as the 28th where there is none. Rule LT-9. */
export function dayInYear(date: Wall, year: number): Wall {
  const { month, day } = readWall(date)
  return addMonths(wallOf({ year, month: 1, day }), month - 1)
}

function clock(time: string): number {
  const minutes = parseTimeOfDay(time)
  if (minutes === undefined) throw new RangeError(`"${time}" is not a time of day such as 09:00`)
  return minutes * MINUTE
}

/** The longest wait. */
const LONGEST_YEARS = 5

/** Whether an instant lies further away than the longest wait, five years on the calendar of `zone`. Rule LT-21. */
export const isTooFar = (target: Instant, from: Instant, zone: string): boolean =>
  target > addWallClock(from, { years: LONGEST_YEARS }, zone)
