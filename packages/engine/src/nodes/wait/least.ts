import { DAY, dateMoment, HOUR, isZone, MINUTE, parseTimeOfDay, readDate } from '@baton/leads'
import type { Instant } from '../../state/person.ts'
import { TIME_OUT } from './ports.ts'
import type { PastPolicy, Until, UntilOf, WaitUnit } from './schema.ts'

/** The shortest of its kind: a February. */
const LEAST: Readonly<Record<WaitUnit, number>> = { minutes: MINUTE, hours: HOUR, days: DAY, weeks: 7 * DAY, months: 28 * DAY }

const lengthOf = ({ amount, unit }: { amount: number | null; unit: WaitUnit }) => (amount ?? 0) * LEAST[unit]

/** The least time that anybody waits here before going on by a port. Dates, hours and what happens may come at once. */
export function leastOf(until: Until, port: string): number {
  if (until.kind === 'duration') return lengthOf(until)
  if (until.kind !== 'event' || until.timeOut === null) return 0
  return until.release === 'hold' || port === TIME_OUT ? lengthOf(until.timeOut) : 0
}

/** Where on Earth a day ends last. */
const LAST_ZONE = 'Etc/GMT+12'

const OVER: Readonly<Record<PastPolicy, string>> = {
  'go-on': 'everybody goes on at once',
  'too-late': 'everybody goes the way “Too late”',
  exit: 'everybody leaves the flow here',
}

/** When the date is past for everybody, wherever they live; null while it cannot be read. */
export function lastInstantOf({ date, time, zone, past }: UntilOf<'date'>): { at: Instant; over: string } | null {
  if (date === null || time === null || parseTimeOfDay(time) === undefined || (zone !== null && !isZone(zone))) return null
  const read = readDate(date)
  return 'ok' in read ? { at: dateMoment(read.ok, { offset: {}, time }, zone ?? LAST_ZONE), over: OVER[past] } : null
}
