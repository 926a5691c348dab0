import type { Catalog } from '../../catalog.ts'
import type { Sentence, SentencePart } from '../../sentence.ts'
import { chosen, missing, plain, strong } from '../base.ts'
import type { Until, UntilOf, WaitBranch, WaitUnit } from './schema.ts'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The card's sentence. */
export function waitWords(until: Until, catalog: Catalog): Sentence {
  switch (until.kind) {
    case 'duration':
      return [plain('Wait '), until.amount === null ? missing('how long') : strong(lengthWords(until.amount, until.unit))]
    case 'time':
      return [plain('Wait until '), until.time === null ? missing('which time') : strong(until.time), ...onWords(until.weekdays)]
    case 'date':
      return dateWords(until)
    case 'date-field':
      return fieldWords(until, catalog)
    case 'window':
      return windowWords(until, catalog)
    case 'event':
      return eventWords(until)
  }
}

/** "1 day", "24 hours": different words for different things. */
export const lengthWords = (amount: number, unit: WaitUnit) => `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`

function onWords(weekdays: readonly number[]): SentencePart[] {
  if (weekdays.length === 0 || weekdays.length === 7) return []
  return [plain(' on '), strong(daysWords(weekdays))]
}

function daysWords(weekdays: readonly number[]): string {
  const days = [...weekdays].sort((a, b) => a - b)
  return days.join() === '1,2,3,4,5' ? 'a weekday' : days.map((day) => DAYS[day - 1]).join(', ')
}

function dateWords({ date, time, zone }: UntilOf<'date'>): Sentence {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? '') ?? []
  const named = year === undefined ? (date ?? '') : `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''} ${Number(year)}`
  const place = zone === null ? [] : [plain(` in ${zone.split('/').at(-1)?.replaceAll('_', ' ')}`)]
  return [plain('Wait until '), named === '' ? missing('which date') : strong(`${named}, ${time ?? '09:00'}`), ...place]
}

function fieldWords({ field, offset, time, yearly }: UntilOf<'date-field'>, catalog: Catalog): Sentence {
  const known = catalog.fields.map(({ key, label }) => ({ id: key, name: label }))
  const where = chosen(field, known, 'choose a date')
  const early = offset.amount === 0 ? [] : [strong(lengthWords(offset.amount, offset.unit)), plain(` ${offset.side} `)]
  const timed = catalog.fields.find((it) => it.key === field)?.type === 'datetime'
  return [plain('Wait until '), ...early, where, plain(timed ? '' : `, ${time ?? '09:00'}`), plain(yearly ? ', every year' : '')]
}

function windowWords({ hours }: UntilOf<'window'>, catalog: Catalog): Sentence {
  if (hours.kind === 'calendar') return [plain('Wait for the hours of '), chosen(hours.calendarId, catalog.calendars, 'choose a calendar')]
  const { weekdays, from, to } = hours
  const span = from === null || to === null ? missing('which hours') : strong(`${from} to ${to}`)
  return [plain('Wait until it is '), span, ...onWords(weekdays)]
}

/** What a branch waits for, in a few words: its name, else its event. */
export function branchWords({ name, match }: WaitBranch, index: number): string {
  if (name.trim() !== '') return name.trim()
  return match.kind === 'event' && match.type ? match.type : `Way ${index + 1}`
}

function eventWords({ branches, timeOut, release }: UntilOf<'event'>): Sentence {
  const named = branches.flatMap((it, i): SentencePart[] => [
    ...(i === 0 ? [] : [plain(i === branches.length - 1 ? ' or ' : ', ')]),
    it.match.kind === 'event' && !it.match.type && it.name.trim() === '' ? missing('choose an event') : strong(branchWords(it, i)),
  ])
  const what = named.length === 0 ? [missing('what to wait for')] : named
  const most = timeOut === null ? [] : [timeOut.amount === null ? missing('how long') : strong(lengthWords(timeOut.amount, timeOut.unit))]
  if (release === 'hold' && timeOut !== null) return [plain('Wait '), ...most, plain(', then see if '), ...what]
  return [plain('Wait for '), ...what, ...(most.length === 0 ? [] : [plain(', at most '), ...most])]
}
