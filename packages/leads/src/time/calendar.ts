import { z } from 'zod'
import { DAY, type Instant, MINUTE, type Wall } from './instant.ts'
import { parseTimeOfDay } from './time-of-day.ts'
import { fromWall, startOfDay, toWall, wallOf, weekdayOfWall } from './wall-clock.ts'
import { isZone } from './zone.ts'

/** 'HH:MM', and '24:00' for the end of the day. */
function minutesOf(text: string): number | undefined {
  return text === '24:00' ? 1440 : parseTimeOfDay(text)
}

function isDate(text: string): boolean {
  return dayOf(text) !== undefined
}

function dayOf(text: string): Wall | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return undefined
  try {
    return wallOf({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) })
  } catch {
    return undefined
  }
}

const Hours = z
  .object({
    from: z.string().refine((text) => parseTimeOfDay(text) !== undefined, 'a time of day such as 09:00'),
    to: z.string().refine((text) => minutesOf(text) !== undefined, 'a time of day such as 17:00, or 24:00'),
  })
  .refine(({ from, to }) => (minutesOf(from) ?? 0) < (minutesOf(to) ?? 0), 'from must be before to; split hours over midnight in two')

/**
 * A working calendar as it is stored and edited: `hours` by weekday, 1 for Monday … 7 for Sunday, days left out are free;
 * windows are half-open [from, to); `holidays` are local dates. Rule LT-14.
 */
export const WorkingHoursSchema = z.object({
  zone: z.string().refine(isZone, 'a time zone such as Europe/Berlin'),
  hours: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.array(Hours)),
  holidays: z.array(z.string().refine(isDate, 'a date such as 2026-12-25')),
})

export type WorkingHours = z.infer<typeof WorkingHoursSchema>

/** A stretch of working time, [from, to). */
export interface WorkingWindow {
  readonly from: Instant
  readonly to: Instant
}

/** A working calendar made ready for sums. Only `workingCalendar` makes one. */
export interface WorkingCalendar {
  readonly zone: string
  /** By weekday, index 1 … 7: minutes since midnight, sorted, disjoint. */
  readonly hours: readonly (readonly { readonly from: number; readonly to: number }[])[]
  readonly holidays: ReadonlySet<Wall>
}

/** Ten years: longer than any wait. A calendar with no hour in them has none. */
const HORIZON = 3_660 * DAY

/** Parses and prepares a calendar; do it once and keep it. Throws ZodError naming the field. Rule LT-14. */
export function workingCalendar(input: WorkingHours): WorkingCalendar {
  const { zone, hours, holidays } = WorkingHoursSchema.parse(input)
  const byDay: { from: number; to: number }[][] = Array.from({ length: 8 }, () => [])
  for (const [weekday, windows] of Object.entries(hours)) {
    const merged = byDay[Number(weekday)]
    const sorted = windows.map(({ from, to }) => ({ from: minutesOf(from) ?? 0, to: minutesOf(to) ?? 0 })).sort((a, b) => a.from - b.from)
    for (const window of sorted) {
      const last = merged?.at(-1)
      if (last && window.from <= last.to) last.to = Math.max(last.to, window.to)
      else merged?.push(window)
    }
  }
  return { zone, hours: byDay, holidays: new Set(holidays.map(dayOf).filter((day) => day !== undefined)) }
}

/**
 * The working windows from `instant` on, in order, the first cut to start at `instant` if it is running; ends ten years on.
 * Windows that the clock skips whole are left out. Rule LT-14.
 */
export function* workingWindows(instant: Instant, calendar: WorkingCalendar): Generator<WorkingWindow> {
  const { zone, hours, holidays } = calendar
  const today = startOfDay(toWall(instant, zone))
  // From yesterday on: where the clock goes back over midnight, yesterday's last window may still run.
  for (let day = today - DAY; day <= today + HORIZON; day += DAY) {
    if (holidays.has(day)) continue
    for (const window of hours[weekdayOfWall(day)] ?? []) {
      const from = Math.max(instant, fromWall(day + window.from * MINUTE, zone))
      const to = fromWall(day + window.to * MINUTE, zone)
      if (from < to) yield { from, to }
    }
  }
}
