import { DAY, type WorkingCalendar, workingWindows } from '@baton/leads'
import type { Instant } from '../../state/person.ts'
import type { SalesRep } from '../world/team.ts'
import type { DayAtWork } from './result.ts'
import type { Shape } from './shape.ts'

interface Span {
  readonly from: Instant
  readonly to: Instant
}

/** Each day of a forecast and the part of a span that lies in it, in ms. Days are counted from its first instant, and the last may be cut. */
export function* partsOfDays({ from, until }: Pick<Shape, 'from' | 'until'>, span: Span): Generator<{ day: number; ms: number }> {
  const end = Math.min(span.to, until)
  for (let at = Math.max(span.from, from); at < end; ) {
    const day = Math.floor((at - from) / DAY)
    const next = Math.min(end, from + (day + 1) * DAY)
    yield { day, ms: next - at }
    at = next
  }
}

/** How many days a forecast has. */
export const daysOf = ({ from, until }: Pick<Shape, 'from' | 'until'>): number => Math.max(1, Math.ceil((until - from) / DAY))

/** Of each day whether a rep works, is away for the whole of its working time, or has none: a weekend, a holiday. */
export function daysAtWork(
  shape: Pick<Shape, 'from' | 'until'>,
  rep: Pick<SalesRep, 'hours' | 'absences'>,
  team: WorkingCalendar | null,
): DayAtWork[] {
  const days = daysOf(shape)
  const working = new Float64Array(days)
  const away = new Float64Array(days)
  for (const window of windowsOf(shape, rep.hours ?? team)) {
    for (const { day, ms } of partsOfDays(shape, window)) working[day] = (working[day] ?? 0) + ms
    for (const absence of joined(rep.absences)) {
      const both = { from: Math.max(window.from, absence.from), to: Math.min(window.to, absence.to) }
      for (const { day, ms } of partsOfDays(shape, both)) away[day] = (away[day] ?? 0) + ms
    }
  }
  return Array.from(working, (ms, day): DayAtWork => (ms === 0 ? 'off' : (away[day] ?? 0) >= ms ? 'away' : 'works'))
}

function* windowsOf({ from, until }: Pick<Shape, 'from' | 'until'>, calendar: WorkingCalendar | null): Generator<Span> {
  if (!calendar) {
    yield { from, to: until }
    return
  }
  for (const window of workingWindows(from, calendar)) {
    if (window.from >= until) return
    yield window
  }
}

/** Absences that overlap count once. */
function joined(spans: readonly Span[]): Span[] {
  const made: { from: Instant; to: Instant }[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = made.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else made.push({ ...span })
  }
  return made
}
