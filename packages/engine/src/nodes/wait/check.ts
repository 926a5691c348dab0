import { isZone, parseTimeOfDay, readDate } from '@baton/leads'
import type { Catalog } from '../../catalog.ts'
import type { Issue } from '../../check/issue.ts'
import { compileCondition } from '../../condition/compile.ts'
import { compileWhere } from '../../condition/where.ts'
import { fault, faultAround } from '../base.ts'
import { TIME_OUT } from './ports.ts'
import type { Until, UntilOf, WaitBranch, WaitUnit } from './schema.ts'

type Found = Omit<Issue, 'nodes'>

/** Five years, the longest wait (SEMANTICS 4). */
const LONGEST: Readonly<Record<WaitUnit, number>> = { minutes: 2_628_000, hours: 43_800, days: 1_826, weeks: 260, months: 60 }

/** What is still to be chosen, or does not fit. E-107. */
export function checkWait(until: Until, catalog: Catalog): Found[] {
  switch (until.kind) {
    case 'duration':
      return checkLength(until, 'wait.amount', 'until.amount', 'Say how long to wait')
    case 'time':
      return [...clock(until.time, 'until.time'), ...checkLate(until)]
    case 'date':
      return checkDate(until)
    case 'date-field':
      return checkField(until, catalog)
    case 'window':
      return checkWindow(until)
    case 'event':
      return checkEvent(until, catalog)
  }
}

function checkLength(
  { amount, unit }: { amount: number | null; unit: WaitUnit },
  code: 'wait.amount' | 'wait.time-out',
  path: string,
  say: string,
) {
  if (amount !== null && Number.isInteger(amount) && amount >= 1 && amount <= LONGEST[unit]) return []
  const words = `${say}: a whole number of ${unit}, from 1 to ${LONGEST[unit].toLocaleString('en')} (5 years).`
  return [code === 'wait.amount' ? fault('wait.amount', path, words) : fault('wait.time-out', path, words)]
}

const clock = (time: string | null, path: string) =>
  time !== null && parseTimeOfDay(time) !== undefined ? [] : [fault('wait.time', path, 'Give the time of day, such as 09:00.')]

function checkLate({ late }: UntilOf<'time'>) {
  if (late.do !== 'grace') return []
  if (late.minutes !== null && Number.isInteger(late.minutes) && late.minutes >= 1 && late.minutes <= 1439) return []
  return [fault('wait.late', 'until.late.minutes', 'Say how many minutes late is still in time: from 1 to 1,439.')]
}

function checkDate({ date, time, zone }: UntilOf<'date'>): Found[] {
  const read = date === null || date === '' ? { say: 'Give the date, such as 2026-12-31.' } : readDate(date)
  const day = 'say' in read ? [fault('wait.date', 'until.date', read.say)] : []
  const timed = 'ok' in read && read.ok.kind === 'instant'
  const place =
    zone === null || isZone(zone) ? [] : [fault('wait.zone', 'until.zone', `“${zone}” is no time zone. Choose one of the list.`)]
  return [
    ...day,
    ...(timed ? [fault('wait.date', 'until.date', 'Give the date alone; the time stands beside it.')] : []),
    ...clock(time, 'until.time'),
    ...place,
  ]
}

function checkField({ field, offset, time }: UntilOf<'date-field'>, catalog: Catalog): Found[] {
  const known = catalog.fields.find((it) => it.key === field)
  const noDate = known !== undefined && known.type !== 'date' && known.type !== 'datetime'
  const most = LONGEST[offset.unit]
  const whole = Number.isInteger(offset.amount) && offset.amount >= 0 && offset.amount <= most
  const far = `Say how many ${offset.unit}: a whole number from 0 to ${most.toLocaleString('en')}.`
  return [
    ...(field === null ? [fault('wait.field', 'until.field', 'Choose the date to wait for.')] : []),
    ...(noDate ? [faultAround('wait.field', 'until.field', `${known.label} is no date. Choose a field that holds one.`)] : []),
    ...(whole ? [] : [fault('wait.offset', 'until.offset.amount', far)]),
    ...clock(time, 'until.time'),
  ]
}

function checkWindow({ hours }: UntilOf<'window'>): Found[] {
  if (hours.kind === 'calendar') {
    return hours.calendarId === null
      ? [fault('wait.calendar', 'until.hours.calendarId', 'Choose the calendar whose hours to wait for.')]
      : []
  }
  const times = [...clock(hours.from, 'until.hours.from'), ...clock(hours.to, 'until.hours.to')]
  const same = times.length === 0 && hours.from === hours.to
  return same ? [fault('wait.window', 'until.hours.to', 'The window has no length. Give it another end.')] : times
}

function checkEvent(until: UntilOf<'event'>, catalog: Catalog): Found[] {
  const { branches, timeOut, counts, release } = until
  const ids = branches.map((it) => it.id)
  const open = {
    ...fault('wait.no-time-out', 'until.timeOut', 'Whoever it never happens to waits for ever. Add a time-out.'),
    severity: 'warning' as const,
  }
  const days =
    counts.kind === 'within-days' && !(counts.days !== null && Number.isInteger(counts.days) && counts.days >= 1 && counts.days <= 3650)
  return [
    ...(branches.length === 0
      ? [fault('wait.branches', 'until.branches', 'Say what to wait for: add something that happens or becomes true.')]
      : []),
    ...branches.flatMap((it, i) => {
      const twice = it.id === TIME_OUT || ids.indexOf(it.id) !== i
      if (twice) return [fault('wait.branch', `until.branches.${i}`, 'Two ways are one. Remove this one and add it again.')]
      return checkBranch(it, `until.branches.${i}.match`, catalog)
    }),
    ...(timeOut === null ? [open] : checkLength(timeOut, 'wait.time-out', 'until.timeOut.amount', 'Say after how long they go on')),
    ...(release === 'hold' && timeOut === null
      ? [fault('wait.hold', 'until.release', 'To hold everybody for the full time, say how long that is.')]
      : []),
    ...(days ? [fault('wait.counts', 'until.counts.days', 'Say how many days before count: a whole number from 1 to 3,650.')] : []),
  ]
}

function checkBranch({ match }: WaitBranch, path: string, catalog: Catalog): Found[] {
  if (match.kind === 'event') {
    const where = compileWhere(match.where)
    const rules = 'issues' in where ? where.issues.map((it) => fault('wait.where', `${path}.where.${it.path}`, it.say)) : []
    return [...(match.type ? [] : [fault('wait.event', `${path}.type`, 'Choose the event to wait for.')]), ...rules]
  }
  if (match.when.rules.length === 0) return [fault('wait.when', `${path}.when`, 'Say what has to become true: add a condition.')]
  const compiled = compileCondition(match.when, catalog)
  return 'ok' in compiled ? [] : compiled.issues.map((it) => ({ ...it, path: `${path}.when.${it.path}` }))
}
