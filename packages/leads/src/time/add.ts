import { DAY, HOUR, type Instant, MINUTE, type Wall } from './instant.ts'
import { fromWall, toWall } from './wall-clock.ts'

/** A distance on the calendar. Whole numbers; negative ones count back. A week is 7 days, a year 12 months. */
export interface CalendarSpan {
  readonly days?: number | undefined
  readonly weeks?: number | undefined
  readonly months?: number | undefined
  readonly years?: number | undefined
}

/** A distance on a stop-watch. */
export interface ElapsedSpan {
  readonly minutes?: number | undefined
  readonly hours?: number | undefined
}

/**
 * "1 day": `span` later on the calendar of `zone`, at the same time of day on the wall. Years and months are counted first, the
 * day clamped to the month's last, then weeks and days; then LT-5 to LT-7 decide what a skipped or doubled reading means.
 * For a series count from the anchor, never from the previous result: 31 Jan + 1 month = 28 Feb, 31 Jan + 2 months = 31 Mar.
 * Rules LT-8, LT-9.
 */
export function addWallClock(instant: Instant, span: CalendarSpan, zone: string): Instant {
  const months = (span.months ?? 0) + 12 * (span.years ?? 0)
  const days = (span.days ?? 0) + 7 * (span.weeks ?? 0)
  // Nothing to add: without this the second pass of a doubled hour would go back to the first.
  if (months === 0 && days === 0) return instant
  return fromWall(addMonths(toWall(instant, zone), months) + days * DAY, zone)
}

/** "24 hours": so much later on a stop-watch, whatever the clocks do meanwhile. Rule LT-10. */
export function addElapsed(instant: Instant, span: ElapsedSpan): Instant {
  return instant + (span.minutes ?? 0) * MINUTE + (span.hours ?? 0) * HOUR
}

/** `months` later on the calendar, the day clamped to the last of that month. Rule LT-9. */
export function addMonths(wall: Wall, months: number): Wall {
  if (months === 0) return wall
  const date = new Date(wall)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(date.getTime())
  last.setUTCMonth(last.getUTCMonth() + 1, 0)
  date.setUTCDate(Math.min(day, last.getUTCDate()))
  return date.getTime()
}
