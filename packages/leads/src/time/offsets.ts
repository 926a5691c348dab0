import type { Instant } from './instant.ts'
import { canonicalZone } from './zone.ts'

/**
 * The offset table: what a zone's clock shows against UTC, cached in chunks of about 398 days.
 * Intl answers one question in about 3 µs and Temporal in more; a batch asks tens of thousands at once. A chunk costs about
 * 100 questions to Intl once and is read in some 50 ns from then on. A property test holds it against Temporal.
 */
interface Chunk {
  /** Offset in ms at the first instant of the chunk. */
  readonly offset: number
  /** Instants at which the offset changes, ascending, and the offset from each on. */
  readonly times: readonly Instant[]
  readonly offsets: readonly number[]
}

interface Table {
  readonly probe: (instant: Instant) => number
  readonly chunks: Map<number, Chunk>
}

const CHUNK = 2 ** 35
/** 6.2 days. Two changes that cancel each other within one probe would be missed; none of the tz database are so close. */
const PROBE = 2 ** 29
/** Chunks kept per zone: more than two centuries. Dates far away come from hostile input only and must not fill the memory. */
const CHUNK_LIMIT = 256
const MAX_INSTANT = 8.64e15

const tables = new Map<string, Table>()

/** A change of the clock: from `at` on the offset is `offset` ms. */
export interface Transition {
  readonly at: Instant
  readonly offset: number
}

/** Offset of the zone's clock from UTC at `instant`, in ms, positive east. Throws RangeError for an unknown zone. Rule LT-4. */
export function offsetAt(zone: string, instant: Instant): number {
  const index = Math.floor(instant / CHUNK)
  const { offset, times, offsets } = chunkOf(tableOf(zone), index)
  let current = offset
  for (let i = 0; i < times.length; i++) {
    const at = times[i]
    if (at === undefined || at > instant) break
    current = offsets[i] ?? current
  }
  return current
}

/** The changes of the zone's clock in (from, to], ascending. Rule LT-4. */
export function transitionsBetween(zone: string, from: Instant, to: Instant): Transition[] {
  const table = tableOf(zone)
  const found: Transition[] = []
  for (let index = Math.floor(from / CHUNK); index <= Math.floor(to / CHUNK); index++) {
    const { times, offsets } = chunkOf(table, index)
    for (let i = 0; i < times.length; i++) {
      const at = times[i]
      const offset = offsets[i]
      if (at !== undefined && offset !== undefined && at > from && at <= to) found.push({ at, offset })
    }
  }
  return found
}

function tableOf(zone: string): Table {
  const table = tables.get(zone)
  if (table !== undefined) return table
  const name = canonicalZone(zone)
  if (name === undefined) throw new RangeError(`"${zone}" is not a time zone`)
  const shared = tables.get(name)
  if (shared !== undefined) return shared
  const made: Table = { probe: probeOf(name), chunks: new Map() }
  tables.set(name, made)
  return made
}

function chunkOf(table: Table, index: number): Chunk {
  const cached = table.chunks.get(index)
  if (cached !== undefined) return cached
  const first = index * CHUNK
  if (!(Math.abs(first) <= MAX_INSTANT - CHUNK)) throw new RangeError('an instant this far from today, or none at all, has no wall clock')
  const times: Instant[] = []
  const offsets: number[] = []
  const offset = table.probe(first)
  let before = offset
  for (let start = first; start < first + CHUNK; start += PROBE) {
    const after = table.probe(start + PROBE)
    if (after !== before) search(table.probe, start, before, start + PROBE, after, times, offsets)
    before = after
  }
  const chunk = { offset, times, offsets }
  if (table.chunks.size >= CHUNK_LIMIT) table.chunks.clear()
  table.chunks.set(index, chunk)
  return chunk
}

/** Bisects (from, to], over which the offset changes, down to the millisecond; several changes are all found unless they cancel. */
function search(
  probe: Table['probe'],
  from: Instant,
  before: number,
  to: Instant,
  after: number,
  times: Instant[],
  offsets: number[],
): void {
  if (to - from === 1) {
    times.push(to)
    offsets.push(after)
    return
  }
  const middle = from + Math.floor((to - from) / 2)
  const between = probe(middle)
  if (between !== before) search(probe, from, before, middle, between, times, offsets)
  if (between !== after) search(probe, middle, between, to, after, times, offsets)
}

function probeOf(zone: string): Table['probe'] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (instant) => {
    const read = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 }
    let before = false
    for (const { type, value } of format.formatToParts(instant)) {
      if (type === 'era') before = value.startsWith('B')
      else if (type in read) Object.assign(read, { [type]: Number(value) })
    }
    const date = new Date(0)
    date.setUTCFullYear(before ? 1 - read.year : read.year, read.month - 1, read.day)
    date.setUTCHours(read.hour, read.minute, read.second)
    return date.getTime() - Math.floor(instant / 1000) * 1000
  }
}
