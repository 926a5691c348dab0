import { businessCalendar, ceilToSlot, nextTimes, type WorkingCalendar, workingWindows } from '@baton/leads'
import type { Catalog } from '../../catalog.ts'
import type { FieldValue, Instant } from '../../state/person.ts'
import { dateTarget } from './date.ts'
import { fieldTarget } from './date-field.ts'
import type { WaitConfig } from './schema.ts'
import { durationTarget, timeTarget } from './target.ts'
import { hoursOf } from './window.ts'

/** Somebody for whom the next times are shown. */
export interface WaitSample {
  /** When they arrive. */
  now: Instant
  zone: string
  fields: Readonly<Record<string, FieldValue>>
}

/** The next times a wait would let this person go on, at most three; `note` says what is special about it. */
export interface WaitTimes {
  times: readonly Instant[]
  note: 'open-now' | 'past' | 'no-date' | 'too-far' | 'never' | 'time-out' | null
}

/** How many times are shown. SEMANTICS 4. */
const SHOWN = 3

/**
 * When somebody who arrives now would go on, and the times after that: the same sums as the step itself makes. Undefined while the config
 * has choices to be made. E-146.
 */
export function waitTimes({ until, slot }: WaitConfig, { now, zone, fields }: WaitSample, catalog: Catalog): WaitTimes | undefined {
  const here = { arrived: now, arrivedZone: zone, zone }
  const rounded = (times: readonly Instant[]) => times.map((it) => ceilToSlot(it, slot))
  const lasting = (amount: number, unit: Parameters<typeof durationTarget>[0]['unit']) =>
    ceilToSlot(durationTarget({ ...here, amount, unit, frozenMs: 0 }), slot)
  switch (until.kind) {
    case 'duration':
      return until.amount === null ? undefined : { times: [lasting(until.amount, until.unit)], note: null }
    case 'time': {
      const { time, weekdays } = until
      if (time === null) return undefined
      return { times: rounded(nextTimes(now, SHOWN, (from) => timeTarget({ ...here, arrived: from, time, weekdays }))), note: null }
    }
    case 'date': {
      if (until.date === null || until.time === null) return undefined
      const at = dateTarget({ date: until.date, time: until.time, dateZone: until.zone, zone })
      return at < now ? { times: [], note: 'past' } : { times: rounded([at]), note: null }
    }
    case 'date-field': {
      const { field, offset, yearly } = until
      if (field === null || until.time === null) return undefined
      const value = Object.hasOwn(fields, field) ? (fields[field] ?? null) : null
      const targetFrom = (from: Instant) => fieldTarget({ value, offset, time: until.time ?? '09:00', yearly, zone, arrived: from })
      const first = targetFrom(now)
      if ('why' in first) return { times: [], note: first.why === 'too-far' ? 'too-far' : 'no-date' }
      if (!yearly) return first.at < now ? { times: [], note: 'past' } : { times: rounded([first.at]), note: null }
      const next = (from: Instant) => {
        const target = targetFrom(from)
        return 'at' in target ? target.at : undefined
      }
      return { times: rounded(nextTimes(now, SHOWN, next)), note: null }
    }
    case 'window': {
      const hours = hoursOf(until, catalog)
      return hours && openings(businessCalendar(hours)(zone), now)
    }
    case 'event':
      return until.timeOut === null || until.timeOut.amount === null
        ? { times: [], note: 'never' }
        : { times: [lasting(until.timeOut.amount, until.timeOut.unit)], note: 'time-out' }
  }
}

/** Now, if it is open, and the next times at which it opens. */
function openings(calendar: WorkingCalendar, now: Instant): WaitTimes {
  const times: Instant[] = []
  for (const { from } of workingWindows(now, calendar)) {
    times.push(from)
    if (times.length === SHOWN) break
  }
  if (times.length === 0) return { times, note: 'never' }
  return { times, note: times[0] === now ? 'open-now' : null }
}
