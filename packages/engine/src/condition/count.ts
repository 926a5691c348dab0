import { fold } from '@baton/leads'
import type { ContactEvent, Instant } from '../state/person.ts'
import type { ConditionScope, Verdict } from './compiled.ts'
import type { ResolvedSubject } from './resolved.ts'
import { type Decide, decide, readProperty, windowMs } from './test.ts'

type EventSubject = Extract<ResolvedSubject, { kind: 'event' }>

export interface Counted {
  count: number
  /** The window's open lower end, null for "ever". */
  from: Instant | null
  /** Ids of the latest events counted, at most five, for the reason. */
  latest: string[]
}

export interface Counter {
  count(scope: ConditionScope): Counted
  /** Decides a test over the count and finds the first instant at which time alone changes the verdict. */
  verdict(scope: ConditionScope, test: Decide): Verdict
}

/** True where an event fits all comparisons; what is unknown does not fit. */
export function eventMatcher(subject: Pick<EventSubject, 'where' | 'machines'>): (event: ContactEvent) => boolean {
  const rules = subject.where.map(({ key, test }) => ({ key, test, holds: decide(test) }))
  return (event) => {
    if (event.machine === true && !subject.machines) return false
    return rules.every(({ key, test, holds }) => holds(readProperty(test, property(event, key), fold), event.occurredAt) === true)
  }
}

/** `machine` is a mark of the event itself; everything else is one of its properties. */
export function property(event: ContactEvent, key: string): unknown {
  if (key === 'machine') return event.machine === true
  return Object.hasOwn(event.props, key) ? event.props[key] : undefined
}

/**
 * Counts events by when they occurred (SEMANTICS 2): at `now` those with occurredAt in (now − window, now]; "since entering"
 * those from the entry on and the one that caused it.
 */
export function counterFor(subject: EventSubject): Counter {
  const matches = eventMatcher(subject)
  const { window } = subject
  const span = window.kind === 'days' ? windowMs(window.days) : Number.POSITIVE_INFINITY

  const inReach = (event: ContactEvent, scope: ConditionScope) => {
    if (event.type !== subject.type) return false
    if (window.kind === 'since-entering') {
      if (scope.enteredAt === null || (event.occurredAt < scope.enteredAt && event.id !== scope.enteredBy)) return false
    }
    return matches(event)
  }

  return {
    count(scope) {
      const found = scope.state.events.filter((it) => it.occurredAt <= scope.now && it.occurredAt > scope.now - span && inReach(it, scope))
      const latest = [...found].sort((a, b) => b.occurredAt - a.occurredAt).slice(0, 5)
      const from = window.kind === 'days' ? scope.now - span : window.kind === 'since-entering' ? scope.enteredAt : null
      return { count: found.length, from, latest: latest.map((it) => it.id) }
    },
    verdict(scope, test) {
      const { now } = scope
      let count = 0
      // Instants after now at which an event comes into the window (+1) or leaves it (−1).
      const changes: { at: Instant; by: 1 | -1 }[] = []
      for (const event of scope.state.events) {
        const at = event.occurredAt
        if (at + span <= now || !inReach(event, scope)) continue
        if (at <= now) count++
        else changes.push({ at, by: 1 })
        if (span !== Number.POSITIVE_INFINITY) changes.push({ at: at + span, by: -1 })
      }
      const truth = test(count, now)
      return { truth, until: firstFlip(changes, count, truth, test) }
    },
  }
}

function firstFlip(changes: { at: Instant; by: 1 | -1 }[], start: number, truth: boolean | null, test: Decide): Instant {
  changes.sort((a, b) => a.at - b.at)
  let count = start
  for (let i = 0; i < changes.length; ) {
    const at = changes[i]?.at ?? 0
    for (; changes[i]?.at === at; i++) count += changes[i]?.by ?? 0
    if (test(count, at) !== truth) return at
  }
  return Number.POSITIVE_INFINITY
}
