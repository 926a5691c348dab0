import { addWorkingMinutes, businessCalendar } from '@baton/leads'
import type { Answers } from '../../../shell/api.ts'

export type Calendar = Answers['calendars']['list'][number]
export type Hours = Calendar['hours']
export type Window = { from: string; to: string }
export type Holiday = Calendar['holidays'][number]

export const WEEK = ['1', '2', '3', '4', '5', '6', '7'] as const
export type Weekday = (typeof WEEK)[number]
export const DAYS: Readonly<Record<Weekday, string>> = { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' }
export const LONG_DAYS: Readonly<Record<Weekday, string>> = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
}

const office: Window[] = [{ from: '09:00', to: '17:00' }]

/** What a fresh calendar starts with: an office, where people live. */
export const freshHours: Hours = { 1: office, 2: office, 3: office, 4: office, 5: office }

const windowsWords = (windows: readonly Window[]) => windows.map(({ from, to }) => `${from}–${to}`).join(', ')

/** The week in words, days that are alike together: "Mon–Fri 09:00–17:00, Sat 10:00–14:00". */
export function hoursWords(hours: Hours): string {
  const groups: { from: Weekday; to: Weekday; words: string }[] = []
  for (const day of WEEK) {
    const words = windowsWords(hours[day] ?? [])
    const last = groups.at(-1)
    if (words === '') continue
    if (last && last.words === words && Number(last.to) === Number(day) - 1) last.to = day
    else groups.push({ from: day, to: day, words })
  }
  return groups.map(({ from, to, words }) => `${from === to ? DAYS[from] : `${DAYS[from]}–${DAYS[to]}`} ${words}`).join('; ')
}

/** Hours of a usual week. */
export function weekHours(hours: Hours): number {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  return WEEK.flatMap((day) => hours[day] ?? []).reduce((sum, { from, to }) => sum + Math.max(0, minutes(to) - minutes(from)), 0) / 60
}

/** The holidays from a day on, the nearest first. */
export const coming = (holidays: readonly Holiday[], today: string): Holiday[] => holidays.filter((it) => it.date >= today)

/** Whether there is an hour to wait for at all. */
export function isEverOpen(calendar: Pick<Calendar, 'hours' | 'holidays'>, now: number): boolean {
  try {
    return addWorkingMinutes(now, 1, businessCalendar({ zone: null, ...calendar })('UTC')) !== undefined
  } catch {
    return false
  }
}

/** `25 Dec 2026`, with its weekday. */
export const dayOf = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  )
