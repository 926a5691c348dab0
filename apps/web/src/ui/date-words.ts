/** Dates as people say them. Pure: now and zone are inputs, `useNow` and the reader's zone come in at the component. */

export type DateStyle = {
  /** Epoch milliseconds. */
  now: number
  /** IANA zone, or undefined for the reader's own. */
  zone?: string | undefined
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** Formatters are slow to make and few: keep them. */
function format(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}|${JSON.stringify(options)}`
  const kept = formats.get(key)
  if (kept) return kept
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
  formats.set(key, made)
  return made
}

/** Days since the epoch of the calendar day that an instant falls on in the zone. */
function dayNumber(at: number, zone: string | undefined): number {
  const parts = format(zone, { year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000
}

/** `15:40`, 24 hours. */
export const clockWords = (at: number, zone?: string): string =>
  format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** The day alone: today, yesterday, tomorrow, 13 March, 13 March 2024. `short` shortens the month. */
export function dayWords(at: number, { now, zone }: DateStyle, short = false): string {
  const apart = dayNumber(at, zone) - dayNumber(now, zone)
  if (apart === 0) return 'today'
  if (apart === -1) return 'yesterday'
  if (apart === 1) return 'tomorrow'
  const month = short ? 'short' : 'long'
  const sameYear = format(zone, { year: 'numeric' }).format(at) === format(zone, { year: 'numeric' }).format(now)
  return format(zone, sameYear ? { day: 'numeric', month } : { day: 'numeric', month, year: 'numeric' }).format(at)
}

/**
 * The day and, while it is near, the time: `today 15:40`, `Tue 09:00` within the next six days, else `4 Mar` or `4 Mar 2024`.
 * `withTime` keeps the time however far: `4 Mar 09:00`.
 */
export function dateWords(at: number, style: DateStyle, withTime = false): string {
  const apart = dayNumber(at, style.zone) - dayNumber(style.now, style.zone)
  const time = clockWords(at, style.zone)
  if (Math.abs(apart) <= 1) return `${dayWords(at, style)} ${time}`
  if (apart > 1 && apart < 7) return `${format(style.zone, { weekday: 'short' }).format(at)} ${time}`
  const day = dayWords(at, style, true)
  return withTime ? `${day} ${time}` : day
}

/** Whole and exact, in UTC, for a tooltip: `2026-03-13 14:40:05 UTC`. */
export const utcWords = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/**
 * A span in the two largest units that matter: `22 min`, `1 h 48 min`, `2 days`, `under a minute`. Negative spans read like positive
 * ones. A day is 24 hours here; spans of working time are worded by the server.
 */
export function spanWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  if (minutes < 1) return 'under a minute'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.floor(hours / 24)
  return days === 1 ? '1 day' : `${days} days`
}
