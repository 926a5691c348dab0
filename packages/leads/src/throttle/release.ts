import { addWallClock } from '../time/add.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../time/instant.ts'
import { fromWall, startOfDay, toWall } from '../time/wall-clock.ts'

/** At most so many people in each slot of that length. */
export interface ReleaseRate {
  count: number
  per: 'minute' | 'hour' | 'day'
}

/** How far a line has come: the slot in which the last place was given, how many of its places are taken, and when the last one is. */
export interface ReleaseLine {
  slot: Instant
  used: number
  last: Instant
}

/**
 * When the next person of a line may go on: at once while the slot has a place, else at the start of the next slot that has one; never
 * before whoever came earlier. Give the line back with the next arrival; null is a line in which nobody has stood yet. Minutes and
 * hours are counted from the epoch, days are those of `zone`. A new rate holds from the arrival that brings it; places that were given
 * stay. Throws RangeError if the count is not a whole number from 1 on. Rules LQ-1 to LQ-4.
 */
export function nextRelease(
  line: ReleaseLine | null,
  arrival: Instant,
  rate: ReleaseRate,
  zone: string,
): { at: Instant; line: ReleaseLine } {
  if (!Number.isInteger(rate.count) || rate.count < 1) throw new RangeError('a rate lets through one person at least')
  const from = Math.max(arrival, line?.last ?? arrival)
  const slot = slotOf(from, rate.per, zone)
  const used = line?.slot === slot ? line.used : 0
  if (used < rate.count) return { at: from, line: { slot, used: used + 1, last: from } }
  const next = slotAfter(slot, rate.per, zone)
  return { at: next, line: { slot: next, used: 1, last: next } }
}

/** The same for several arrivals, in their order. */
export function releaseTimes(
  line: ReleaseLine | null,
  arrivals: readonly Instant[],
  rate: ReleaseRate,
  zone: string,
): { at: Instant[]; line: ReleaseLine | null } {
  const at: Instant[] = []
  let now = line
  for (const arrival of arrivals) {
    const given = nextRelease(now, arrival, rate, zone)
    at.push(given.at)
    now = given.line
  }
  return { at, line: now }
}

/** How many of a line may go on, what to keep of it once so many have, and when the next may if all of them did. */
export interface Passing {
  pass: number
  after(passed: number): ReleaseLine | null
  next: Instant
}

/**
 * How many may pass now, each as if they came now: who left the line before its turn takes no place. At most `most`; the others at the
 * next look. Rules LQ-5 and LQ-6.
 */
export function passing(kept: ReleaseLine | null, now: Instant, rate: ReleaseRate, zone: string, most: number): Passing {
  // A look never gives a place later than its own now: if one lies ahead, the clock was set back, and nobody waits for years because of it.
  const line = kept !== null && kept.last > now + SKEW ? null : kept
  const lines: ReleaseLine[] = []
  let next = nextRelease(line, now, rate, zone)
  for (; next.at <= now && lines.length < most; next = nextRelease(next.line, now, rate, zone)) lines.push(next.line)
  return { pass: lines.length, after: (passed) => lines[passed - 1] ?? line, next: next.at }
}

/** The clocks of two machines that keep one line after the other differ by less. */
const SKEW = MINUTE
const LENGTH = { minute: MINUTE, hour: HOUR } as const

function slotOf(at: Instant, per: ReleaseRate['per'], zone: string): Instant {
  if (per === 'day') return fromWall(startOfDay(toWall(at, zone)), zone)
  return Math.floor(at / LENGTH[per]) * LENGTH[per]
}

/** The next day begins a calendar day later; where that midnight is skipped or doubled, at what the day before it leads to. */
function slotAfter(slot: Instant, per: ReleaseRate['per'], zone: string): Instant {
  if (per !== 'day') return slot + LENGTH[per]
  const next = slotOf(addWallClock(slot, { days: 1 }, zone), 'day', zone)
  return next > slot ? next : slotOf(slot + 2 * DAY, 'day', zone)
}
