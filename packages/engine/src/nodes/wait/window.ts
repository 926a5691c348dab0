import {
  type BusinessHours,
  businessCalendar,
  ceilToSlot,
  DAY,
  isWorking,
  localDate,
  nextWorkingMinute,
  parseTimeOfDay,
} from '@baton/leads'
import type { Catalog } from '../../catalog.ts'
import type { CompiledNode, CompileTools, Outcome, StepScope } from '../../kind.ts'
import { onward } from '../base.ts'
import { arrivalOf, movesZone } from './arrival.ts'
import type { UntilOf } from './schema.ts'

type OwnHours = Extract<UntilOf<'window'>['hours'], { kind: 'own' }>

const WEEK = ['1', '2', '3', '4', '5', '6', '7'] as const

/** Hours on weekdays as a calendar; those over midnight belong to the day on which they begin. */
export function ownHours({ weekdays, from, to }: OwnHours): BusinessHours['hours'] {
  const [start, end] = [from ?? '00:00', to ?? '24:00']
  const days = weekdays.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : weekdays
  const overnight = (parseTimeOfDay(start) ?? 0) > (parseTimeOfDay(end) ?? 1440)
  const hours = WEEK.map((key, i) => {
    const day = i + 1
    const before = day === 1 ? 7 : day - 1
    const windows = days.includes(day) ? [{ from: start, to: overnight ? '24:00' : end }] : []
    // 00:00 as the end of a night is the midnight before: nothing of the next day.
    if (overnight && end !== '00:00' && days.includes(before)) windows.unshift({ from: '00:00', to: end })
    return [key, windows] as const
  })
  return Object.fromEntries(hours.filter(([, windows]) => windows.length > 0))
}

/** What is open when: hours of one's own, or a calendar of the workspace. Undefined for one that is gone. */
export function hoursOf({ hours }: UntilOf<'window'>, catalog: Catalog): BusinessHours | undefined {
  if (hours.kind === 'own') return { zone: null, hours: ownHours(hours), holidays: [] }
  const calendar = catalog.calendars.find((it) => it.id === hours.calendarId)
  return calendar && { ...calendar, holidays: calendar.holidays.map((date) => ({ date, name: '' })) }
}

/**
 * A wait until it is open. Whoever comes while it is open goes on at once; nobody leaves while it is closed, however late the wake-up.
 * In a new zone it is asked anew, from now on. E-125 to E-127.
 */
export function compileWindow(until: UntilOf<'window'>, slot: number, { catalog }: CompileTools): CompiledNode {
  const calendarId = until.hours.kind === 'calendar' ? until.hours.calendarId : null
  const hours = hoursOf(until, catalog)
  const openIn = hours && businessCalendar(hours)

  const decide = (scope: StepScope): Outcome => {
    if (!hours || !openIn) throw new Error('The calendar of this step is gone. Choose another, publish, and try again.')
    const { now, zone } = scope
    const here = arrivalOf(scope)
    const calendar = openIn(zone.zone)
    const open = nextWorkingMinute(now, calendar)
    if (open === undefined) throw new Error('This calendar is never open. Give it hours, publish, and try again.')
    if (open > now) {
      const rounded = ceilToSlot(open, slot)
      return { do: 'stay', due: isWorking(rounded, calendar) ? rounded : open, here: { ...here } }
    }
    const [first, last] = [localDate(here.arrived - DAY, calendar.zone), localDate(now + DAY, calendar.zone)]
    const holidays = hours.holidays.map((it) => it.date).filter((it) => it >= first && it <= last)
    const where = { calendarId, calendarZone: hours.zone, hours: hours.hours, holidays }
    const reason = { code: 'wait.window', ...where, zone: zone.zone, zoneSource: zone.source, arrived: here.arrived, now } as const
    return { do: 'leave', port: onward.id, reason }
  }
  return { enter: decide, due: decide, wake: (scope, item) => movesZone(scope, item, slot, decide), conditions: [] }
}
