import { type WorkingCalendar, workingWindows } from './calendar.ts'
import { type Instant, MINUTE } from './instant.ts'

/** Whether it is working time. Rule LT-16. */
export function isWorking(instant: Instant, calendar: WorkingCalendar): boolean {
  return nextWorkingMinute(instant, calendar) === instant
}

/** The first instant from `instant` on at which people work, `instant` itself while they do; undefined if never. Rule LT-16. */
export function nextWorkingMinute(instant: Instant, calendar: WorkingCalendar): Instant | undefined {
  for (const { from } of workingWindows(instant, calendar)) return from
  return undefined
}

/**
 * The first instant at which `minutes` of working time have passed since `instant`: a deadline. 0 minutes: the next working
 * instant. Undefined if the calendar has not that much in ten years. Throws RangeError for less than 0. Rule LT-15.
 */
export function addWorkingMinutes(instant: Instant, minutes: number, calendar: WorkingCalendar): Instant | undefined {
  if (!(minutes >= 0)) throw new RangeError('working minutes are counted forwards, from 0')
  let rest = minutes * MINUTE
  for (const { from, to } of workingWindows(instant, calendar)) {
    if (rest <= to - from) return from + rest
    rest -= to - from
  }
  return undefined
}

/** Minutes of working time in [from, to), with fractions; 0 if `to` is not later. At most ten years are counted. Rule LT-15. */
export function workingMinutesBetween(from: Instant, to: Instant, calendar: WorkingCalendar): number {
  let sum = 0
  for (const window of workingWindows(from, calendar)) {
    if (window.from >= to) break
    sum += Math.min(window.to, to) - window.from
  }
  return sum / MINUTE
}
