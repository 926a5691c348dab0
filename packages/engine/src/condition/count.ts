import { compareText, DAY, fold } from '@baton/leads'
import type { ContactEvent, Instant, RelatedFact } from '../state/person.ts'
import type { ConditionScope, Verdict } from './compiled.ts'
import type { ResolvedProperty, ResolvedSubject, Test } from './resolved.ts'
import type { EventMeasure } from './schema.ts'
import { type Decide, decide, readAmount, readProperty, windowMs } from './test.ts'

type EventSubject = Extract<ResolvedSubject, { kind: 'event' }>
type RelatedSubject = Extract<ResolvedSubject, { kind: 'related' }>

export interface Counted {
  /** How many, the sum, or whole days since the last; null where there is no last. */
  value: number | null
  /** The window's open lower end, null for "ever". */
  from: Instant | null
  /** Ids of the latest counted, at most five, for the reason. */
  latest: string[]
}

export interface Counter {
  count(scope: ConditionScope): Counted
  /** Decides a test over what is counted and finds the first instant at which time alone changes the verdict. */
  verdict(scope: ConditionScope, decides: Decide): Verdict
}

/** An event or a related record that fits, with what it adds to a sum. */
interface Item {
  id: string
  at: Instant
  amount: number
}

/** True where something fits all comparisons; what is unknown does not fit. */
function matcher<T>(where: readonly ResolvedProperty[], read: (of: T, key: string) => unknown): (of: T, now: Instant) => boolean {
  const rules = where.map(({ key, test }) => ({ key, test, holds: decide(test) }))
  return (of, now) => rules.every(({ key, test, holds }) => holds(readProperty(test, read(of, key), fold), now) === true)
}

const own = (record: Readonly<Record<string, unknown>>, key: string) => (Object.hasOwn(record, key) ? record[key] : undefined)

/** `machine` is a mark of the event itself; everything else is one of its properties. */
export function property(event: ContactEvent, key: string): unknown {
  return key === 'machine' ? event.machine === true : own(event.props, key)
}

/**
 * Counts events by when they occurred (SEMANTICS 2): at `now` those with occurredAt in (now − window, now]; "since entering" those
 * from the entry on and the one that caused it; "since arriving" those after the step was reached. `test` is what is asked of the
 * result.
 */
export function counterFor(subject: EventSubject, test: Test): Counter {
  const fits = matcher(subject.where, property)
  const { type, window, measure, machines } = subject
  const span = window.kind === 'days' ? windowMs(window.days) : Number.POSITIVE_INFINITY
  const reached = (event: ContactEvent, scope: ConditionScope) => {
    switch (window.kind) {
      case 'ever':
      case 'days':
        return true
      case 'since-entering':
        return scope.enteredAt !== null && (event.occurredAt >= scope.enteredAt || event.id === scope.enteredBy)
      case 'since-arriving':
        return scope.enrolment !== undefined && event.occurredAt > scope.enrolment.nodeSince
    }
  }
  const items = (scope: ConditionScope): Item[] => {
    const found: Item[] = []
    for (const event of scope.state.events) {
      if (event.type !== type || (event.machine === true && !machines) || event.occurredAt + span <= scope.now) continue
      if (!reached(event, scope) || !fits(event, event.occurredAt)) continue
      const amount = typeof measure === 'object' ? (readAmount(property(event, measure.sum)) ?? 0) : 0
      found.push({ id: event.id, at: event.occurredAt, amount })
    }
    return found
  }
  return counter({
    measure,
    span,
    since: (scope) =>
      window.kind === 'since-entering' ? scope.enteredAt : window.kind === 'since-arriving' ? (scope.enrolment?.nodeSince ?? null) : null,
    items,
    test,
  })
}

/** Counts related records: all there are, or those whose date lies in (now − window, now]. */
export function relatedCounterFor(subject: RelatedSubject, test: Test): Counter {
  const fits = matcher(subject.where, (record: RelatedFact, key) => own(record.data, key))
  const { window, measure, of } = subject
  return counter({
    measure,
    span: window.kind === 'days' ? windowMs(window.days) : Number.POSITIVE_INFINITY,
    since: () => null,
    items: (scope) =>
      scope.state.related
        .filter((it) => it.kind === of && fits(it, scope.now))
        .map((it) => ({
          id: it.id,
          // A record is there whatever its date says; only a window asks for the date.
          at: window.kind === 'ever' ? Number.MIN_SAFE_INTEGER : it.at,
          amount: typeof measure === 'object' ? (readAmount(own(it.data, measure.sum)) ?? 0) : 0,
        })),
    test,
  })
}

interface Source {
  measure: EventMeasure
  span: number
  since(scope: ConditionScope): Instant | null
  /** Whatever fits and is not out of the window for ever. */
  items(scope: ConditionScope): Item[]
  test: Test
}

function counter({ measure, span, since, items, test }: Source): Counter {
  const value = (found: readonly Item[], now: Instant): number | null => {
    const inside = found.filter((it) => it.at <= now && it.at > now - span)
    if (measure === 'count') return inside.length
    if (typeof measure === 'object') return inside.reduce((sum, it) => sum + it.amount, 0)
    return inside.length === 0 ? null : Math.floor((now - Math.max(...inside.map((it) => it.at))) / DAY)
  }
  // Sums of doubles depend on the order: by time, then by id, as a database adds them up.
  const ordered = (found: Item[]) => (typeof measure === 'object' ? found.sort((a, b) => a.at - b.at || compareText(a.id, b.id)) : found)
  const days = measure === 'days-since-last' ? dayBreaks(test) : []
  return {
    count(scope) {
      const found = ordered(items(scope))
      const inside = found.filter((it) => it.at <= scope.now && it.at > scope.now - span)
      const latest = [...inside].sort((a, b) => b.at - a.at).slice(0, 5)
      const from = span === Number.POSITIVE_INFINITY ? since(scope) : scope.now - span
      return { value: value(found, scope.now), from, latest: latest.map((it) => it.id) }
    },
    verdict(scope, decides) {
      const { now } = scope
      const found = ordered(items(scope))
      const truth = decides(value(found, now), now)
      const flips = measure === 'count' ? firstCount(found, span, now) : firstOf(found, span, now, days, value)
      return { truth, until: flips(truth, decides) }
    },
  }
}

/** Numbers of whole days since the last at which a test may change its mind. */
function dayBreaks(test: Test): number[] {
  if (test.on !== 'number') return []
  return [...new Set(test.values.flatMap((it) => [Math.ceil(it), Math.floor(it) + 1]))].filter((it) => it > 0 && it < 1e8)
}

type FirstFlip = (truth: boolean | null, decides: Decide) => Instant

/** The first instant after now at which a count changes a verdict: one comes in, one goes out. */
function firstCount(found: readonly Item[], span: number, now: Instant): FirstFlip {
  return (truth, decides) => {
    const changes: { at: Instant; by: 1 | -1 }[] = []
    let count = 0
    for (const { at } of found) {
      if (at + span <= now) continue
      if (at <= now) count++
      else changes.push({ at, by: 1 })
      if (Number.isFinite(at + span)) changes.push({ at: at + span, by: -1 })
    }
    changes.sort((a, b) => a.at - b.at)
    for (let i = 0; i < changes.length; ) {
      const at = changes[i]?.at ?? 0
      for (; changes[i]?.at === at; i++) count += changes[i]?.by ?? 0
      if (decides(count, at) !== truth) return at
    }
    return Number.POSITIVE_INFINITY
  }
}

/** The same for sums and days: everything is made anew at each instant at which anything may change. */
function firstOf(
  found: readonly Item[],
  span: number,
  now: Instant,
  days: readonly number[],
  value: (found: readonly Item[], now: Instant) => number | null,
): FirstFlip {
  return (truth, decides) => {
    const instants = found.flatMap(({ at }) => [at, at + span, ...days.map((it) => at + it * DAY)])
    const ahead = [...new Set(instants.filter((it) => it > now && Number.isFinite(it)))].sort((a, b) => a - b)
    return ahead.find((at) => decides(value(found, at), at) !== truth) ?? Number.POSITIVE_INFINITY
  }
}
