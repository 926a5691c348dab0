import { DAY, fromWall, toWall } from '@baton/leads'
import type { Instant } from '../state/person.ts'

const DATE = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** A stored date, `YYYY-MM-DD`. The door that stored it has checked the calendar; this checks the form. */
export const isDate = (text: string) => DATE.test(text)
/** A stored date-time: ISO 8601 in UTC with milliseconds, so that the order of the texts is the order of the instants. */
export const isInstant = (text: string) => INSTANT.test(text)

/** Days since 1970-01-01 of a date. */
export const dayNumber = (date: string) => Math.floor(Date.parse(`${date}T00:00:00.000Z`) / DAY)
/** The date of a day number. */
export const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)

/** True for a date that exists, in the years 0001–9999. */
export function realDate(text: string): boolean {
  if (!DATE.test(text) || text < '0001') return false
  const at = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** The first instant of a day in a zone; a day that the zone skips begins with the next. */
export const dayStart = (day: number, zone: string): Instant => fromWall(day * DAY, zone)

/**
 * The day it is in a zone. Days never go back: where a clock is set back over midnight, the new day stays,
 * so that "today" changes exactly at `dayStart`.
 */
export function dayAt(now: Instant, zone: string): number {
  const day = Math.floor(toWall(now, zone) / DAY)
  return now >= dayStart(day + 1, zone) ? day + 1 : day
}
