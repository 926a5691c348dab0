import { DAY, HOUR, type Instant, type Wall } from './instant.ts'
import { offsetAt, transitionsBetween } from './offsets.ts'

/** What a wall shows: calendar date (ISO, month 1–12) and time of day. Times left out are 0. */
export interface PlainDateTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour?: number | undefined
  readonly minute?: number | undefined
  readonly second?: number | undefined
  readonly millisecond?: number | undefined
}

/** What the wall in a zone shows at an instant. `weekday` is 1 for Monday … 7 for Sunday. */
export interface LocalReading {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  readonly weekday: number
}

/** More than any offset from UTC that was ever in use, and than the longest skip (24 h) on top of it. */
const REACH = 40 * HOUR

/** The reading of the clock on the wall of `zone` at `instant`. Rule LT-4. */
export function toWall(instant: Instant, zone: string): Wall {
  return instant + offsetAt(zone, instant)
}

/**
 * The instant at which the wall of `zone` shows `wall`. Baton's rule for changes of the clock, which is not Temporal's
 * "compatible": a reading that is skipped (gap) is **the instant of the transition**, so 02:30 in a gap 02:00–03:00 is 03:00,
 * and a day that is skipped whole is 00:00 of the next; a reading that comes twice (overlap) is the first. Rules LT-5, LT-6, LT-7.
 * Never decreasing: a later reading is never an earlier instant.
 */
export function fromWall(wall: Wall, zone: string): Instant {
  const from = wall - REACH
  let offset = offsetAt(zone, from)
  let start = from
  for (const change of transitionsBetween(zone, from, wall + REACH)) {
    const instant = wall - offset
    // Before `start` there is no such reading under this offset: the clock jumped over it at `start`.
    if (instant < start) return start
    if (instant < change.at) return instant
    start = change.at
    offset = change.offset
  }
  return Math.max(wall - offset, start)
}

/** `fromWall` for a date and time in parts. Throws RangeError for what no calendar has (30 February, 24:00) or an unknown zone. */
export function localToInstant(zone: string, plain: PlainDateTime): Instant {
  return fromWall(wallOf(plain), zone)
}

/** The wall reading of a date and time in parts. Throws RangeError for what no calendar has. */
export function wallOf(plain: PlainDateTime): Wall {
  const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = plain
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  const same =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second &&
    date.getUTCMilliseconds() === millisecond
  if (!same) throw new RangeError(`no calendar has ${year}-${month}-${day} ${hour}:${minute}:${second}.${millisecond}`)
  return date.getTime()
}

/** The parts of a wall reading. */
export function readWall(wall: Wall): LocalReading {
  const date = new Date(wall)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    weekday: weekdayOfWall(wall),
  }
}

/** What the wall of `zone` shows at `instant`, in parts. */
export function localReading(instant: Instant, zone: string): LocalReading {
  return readWall(toWall(instant, zone))
}

/** 1 for Monday … 7 for Sunday. */
export function weekdayOfWall(wall: Wall): number {
  // 1970-01-01 was a Thursday (4).
  const days = Math.floor(wall / DAY)
  return ((((days + 3) % 7) + 7) % 7) + 1
}

/** 00:00 of the day of a wall reading. */
export function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / DAY) * DAY
}
