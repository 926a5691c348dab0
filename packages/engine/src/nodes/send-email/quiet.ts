import { ALWAYS, businessCalendar, nextWorkingMinute, type WorkingCalendar } from '@baton/leads'
import type { Instant } from '../../state/person.ts'

export interface QuietHours {
  from: string
  to: string
}

const kept = new Map<string, (zone: string) => WorkingCalendar>()

/**
 * When mail may go again by the quiet hours: `now` itself outside of them. Half-open, from `from` to `to`, over midnight where `from` is
 * the later; an hour that the clocks skip or double counts as LT-5 to LT-7 say. E-266.
 */
export function quietEnd(now: Instant, { from, to }: QuietHours, zone: string): Instant {
  return nextWorkingMinute(now, openHours(from, to)(zone)) ?? now
}

/** The hours that are not quiet, as a calendar: prepared once for all contacts of a zone. */
function openHours(from: string, to: string): (zone: string) => WorkingCalendar {
  const known = kept.get(`${from} ${to}`)
  if (known) return known
  const open = from > to ? [{ from: to, to: from }] : [...(from > '00:00' ? [{ from: '00:00', to: from }] : []), { from: to, to: '24:00' }]
  const hours = Object.fromEntries(Object.keys(ALWAYS).map((day) => [day, open]))
  const calendar = businessCalendar({ zone: null, hours, holidays: [] })
  if (kept.size > 100) kept.clear()
  kept.set(`${from} ${to}`, calendar)
  return calendar
}
