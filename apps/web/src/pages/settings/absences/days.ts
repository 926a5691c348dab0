/** Days of a calendar as dates alone, YYYY-MM-DD: no zone is asked. */

const DAY = 86_400_000

/** The date so many days later. */
export const later = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)

/** The Monday of the week of a date. */
export const mondayOf = (date: string): string => later(date, -((new Date(Date.parse(date)).getUTCDay() + 6) % 7))

export const isWeekend = (date: string): boolean => [0, 6].includes(new Date(Date.parse(date)).getUTCDay())

const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const whole = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** `2 Mar` */
export const dayNames = (date: string): string => short.format(Date.parse(date))

/** `2 Mar 2026`, or `2 Mar to 6 Mar 2026`. */
export const spanWords = (from: string, until: string): string =>
  from === until ? whole.format(Date.parse(from)) : `${short.format(Date.parse(from))} to ${whole.format(Date.parse(until))}`

/** The earlier of two dates, and the later: as text they sort as days do. */
export const earlierOf = (a: string, b: string): string => [a, b].sort()[0] ?? a
export const laterOf = (a: string, b: string): string => [a, b].sort()[1] ?? a
