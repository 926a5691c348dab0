import { z } from 'zod'
import { formatInZone } from '../time/format.ts'
import { DAY, type Instant, MINUTE } from '../time/instant.ts'
import { parseTimeOfDay } from '../time/time-of-day.ts'
import { fromWall, startOfDay, toWall, weekdayOfWall } from '../time/wall-clock.ts'

/** When a weekly report goes out, on the wall of the workspace: 1 is Monday … 7 Sunday. */
export const WeeklyTimeSchema = z.object({
  weekday: z.number().int().min(1).max(7),
  time: z.string().refine((text) => parseTimeOfDay(text) !== undefined, 'a time of day such as 08:00'),
})
export type WeeklyTime = z.infer<typeof WeeklyTimeSchema>

/** Seven whole days on the wall of a zone, [from, to). */
export interface ReportWeek {
  readonly from: Instant
  readonly to: Instant
  /** The date of its first day: names the week for ever, also where clocks change. */
  readonly key: string
}

/** The seven whole days before the day that holds `instant`. Rule LW-1. */
export function weekBefore(instant: Instant, zone: string): ReportWeek {
  return weekTo(startOfDay(toWall(instant, zone)), zone)
}

/** The week that ends where another begins. Rule LW-1. */
export function previousWeek({ from }: ReportWeek, zone: string): ReportWeek {
  return weekTo(startOfDay(toWall(from, zone)), zone)
}

/** The calendar week, Monday first, that holds an instant. Rule LW-1. */
export function calendarWeek(instant: Instant, zone: string): ReportWeek {
  const today = startOfDay(toWall(instant, zone))
  return weekTo(today + (8 - weekdayOfWall(today)) * DAY, zone)
}

/** The last time a weekly report was due, at `now` or before it, with the seven days it is about. Rule LW-2. */
export function lastReport({ weekday, time }: WeeklyTime, zone: string, now: Instant): ReportWeek & { readonly dueAt: Instant } {
  const today = startOfDay(toWall(now, zone))
  const day = today - ((weekdayOfWall(today) - weekday + 7) % 7) * DAY
  const due = (of: number) => fromWall(of + (parseTimeOfDay(time) ?? 0) * MINUTE, zone)
  const last = due(day) <= now ? day : day - 7 * DAY
  return { ...weekTo(last, zone), dueAt: due(last) }
}

function weekTo(end: number, zone: string): ReportWeek {
  const from = fromWall(end - 7 * DAY, zone)
  return { from, to: fromWall(end, zone), key: formatInZone(from, zone).slice(0, 10) }
}
