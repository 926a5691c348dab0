import { z } from 'zod'
import { type WorkingCalendar, type WorkingHours, WorkingHoursSchema, workingCalendar } from './calendar.ts'
import { isZone } from './zone.ts'

/**
 * A business calendar as a workspace keeps it: hours by weekday and named holidays. Without a zone of its own it is read in the zone of
 * whoever it is about. Rule LT-22.
 */
export const BusinessHoursSchema = z.object({
  /** null: the contact's own. */
  zone: z.string().refine(isZone, 'a time zone such as Europe/Berlin').nullable(),
  hours: WorkingHoursSchema.shape.hours,
  holidays: z.array(z.object({ date: WorkingHoursSchema.shape.holidays.element, name: z.string().max(120) })).max(2_000),
})
export type BusinessHours = z.infer<typeof BusinessHoursSchema>

/** Every hour of the week, nothing off: what a window without a choice of hours means. */
export const ALWAYS: WorkingHours['hours'] = Object.fromEntries(
  (['1', '2', '3', '4', '5', '6', '7'] as const).map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
)

/** How many zones' prepared copies a calendar keeps; contacts bring zones, and all of them are fewer than 600. */
const KEPT = 600

/**
 * Prepares a calendar for sums once, and gives it back in the zone of whoever asks: its own zone if it has one. Throws ZodError naming
 * the field at fault. Rule LT-22.
 */
export function businessCalendar({ zone, hours, holidays }: BusinessHours): (zoneOfContact: string) => WorkingCalendar {
  const dates = holidays.map((it) => it.date)
  const own = zone === null ? undefined : workingCalendar({ zone, hours, holidays: dates })
  if (own) return () => own
  const made = new Map<string, WorkingCalendar>()
  return (zoneOfContact) => {
    const kept = made.get(zoneOfContact)
    if (kept) return kept
    const calendar = workingCalendar({ zone: zoneOfContact, hours, holidays: dates })
    if (made.size >= KEPT) made.clear()
    made.set(zoneOfContact, calendar)
    return calendar
  }
}
