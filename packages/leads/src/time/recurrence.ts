import { Cron } from 'croner'
import { DAY, type Instant, type Wall } from './instant.ts'
import type { Recurrence } from './recurrence-schema.ts'
import { parseTimeOfDay } from './time-of-day.ts'
import { fromWall, toWall, wallOf } from './wall-clock.ts'

/** The first instant later than `after` at which it comes again in `zone`; undefined if never within a thousand years. */
export type NextOccurrence = (after: Instant, zone: string) => Instant | undefined

/**
 * Makes a recurrence ready to ask. The patterns are read by a library on the wall, that is in UTC, and the wall becomes an instant by
 * Baton's own rules: a skipped reading is the instant of the transition, a doubled one comes once, the first time. Rules LT-24 to LT-26.
 * What is no recurrence is told in words.
 */
export function compileRecurrence(recurrence: Recurrence): { readonly ok: NextOccurrence } | { readonly say: string } {
  const crons: Cron[] = []
  for (const pattern of patternsOf(recurrence)) {
    if (pattern.trim().split(/\s+/).length !== 5) return { say: NO_PATTERN }
    try {
      crons.push(new Cron(pattern, { utcOffset: 0, mode: '5-part' }))
    } catch (error) {
      return { say: `${NO_PATTERN} (${error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'unreadable'})` }
    }
  }
  const counts = weekFilter(recurrence)
  return { ok: (after, zone) => next(crons, counts, after, zone) }
}

const NO_PATTERN = 'Give a pattern of five parts: minute, hour, day of the month, month, weekday; such as 0 9 * * 1-5.'

/** Cron skips the 31st of a month without one; an author's 31st is its last. So a late day is several patterns. */
function patternsOf(it: Recurrence): readonly string[] {
  if (it.every === 'cron') return [it.pattern]
  const minutes = parseTimeOfDay(it.time) ?? 0
  const clock = `${minutes % 60} ${Math.floor(minutes / 60)}`
  if (it.every === 'day') return [`${clock} * * *`]
  if (it.every === 'week') return [`${clock} * * ${it.weekdays.map((day) => day % 7).join(',')}`]
  if (it.every === 'year') return clamped(clock, it.day, [it.month])
  if ('nth' in it.on) return [`${clock} * * ${it.on.weekday % 7}#${it.on.nth === 'last' ? 'L' : it.on.nth}`]
  return clamped(clock, it.on.day, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
}

function clamped(clock: string, day: number, months: readonly number[]): string[] {
  const short = months.filter((month) => day > (month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31))
  const long = months.filter((month) => !short.includes(month))
  return [
    ...(long.length > 0 ? [`${clock} ${day} ${long.join(',')} *`] : []),
    ...(short.length > 0 ? [`${clock} L ${short.join(',')} *`] : []),
  ]
}

/** 1970-01-05 was a Monday. */
const weekOf = (wall: Wall) => Math.floor((wall - 4 * DAY) / (7 * DAY))

function weekFilter(it: Recurrence): (wall: Wall) => boolean {
  if (it.every !== 'week' || it.weeks === 1) return () => true
  const [year = 1970, month = 1, day = 5] = (it.from ?? '1970-01-05').split('-').map(Number)
  const first = weekOf(wallOf({ year, month, day }))
  return (wall) => (((weekOf(wall) - first) % it.weeks) + it.weeks) % it.weeks === 0
}

/** More candidates than any filter or doubled hour leaves out: a year of weeks on every day, a doubled day of minutes. */
const MOST = 2_000

/** Earlier than this the library misreads years of two digits. */
const EARLIEST = wallOf({ year: 1000, month: 1, day: 1 })

function next(crons: readonly Cron[], counts: (wall: Wall) => boolean, after: Instant, zone: string): Instant | undefined {
  let wall = Math.max(toWall(after, zone), EARLIEST)
  for (let left = MOST; left > 0; left--) {
    const found = crons.map((cron) => cron.nextRun(new Date(wall))?.getTime()).filter((it) => it !== undefined)
    if (found.length === 0) return undefined
    wall = Math.min(...found)
    if (!counts(wall)) continue
    const at = fromWall(wall, zone)
    if (at > after) return at
  }
  return undefined
}
