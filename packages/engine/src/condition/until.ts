import { scoreHoldsUntil } from '@baton/leads'
import type { Instant } from '../state/person.ts'
import { dateOf, dayAt, dayNumber, dayStart } from './calendar.ts'
import type { ConditionScope } from './compiled.ts'
import { weekdayOf } from './read.ts'
import type { ResolvedSubject, Test } from './resolved.ts'
import { decide, holdsUntil, type Operand } from './test.ts'

type Until = (scope: ConditionScope, operand: Operand) => Instant

/**
 * Until when the verdict of one rule holds if nothing but time passes: dates come into reach, days begin, points decay. Everything
 * else holds for ever.
 */
export function untilOf(subject: Exclude<ResolvedSubject, { kind: 'event' | 'related' }>, test: Test): Until {
  switch (subject.kind) {
    case 'score': {
      const holds = decide(test)
      // Points stand in rules, hundredths in the ledger.
      const breaks = test.on === 'number' ? test.values.map((it) => it * 100) : []
      return ({ now, state }) =>
        scoreHoldsUntil(state.ledger, subject.dimension, now, subject.model, { says: (score) => holds(score / 100, now), breaks }) ??
        Number.POSITIVE_INFINITY
    }
    case 'today': {
      const holds = decide(test)
      const days = datesOf(test)
      return ({ now }) => nextDay(days, now, subject.zone, (day) => holds(dateOf(day), now))
    }
    case 'weekday': {
      const holds = decide(test)
      return ({ now }) => {
        const today = dayAt(now, subject.zone)
        const week = [1, 2, 3, 4, 5, 6].map((it) => today + it)
        return nextDay(week, now, subject.zone, (day) => holds(weekdayOf(day), now))
      }
    }
    case 'field':
    case 'carried':
    case 'segment':
    case 'consent':
    case 'mailable':
    case 'stage':
    case 'owner':
    case 'passage':
    case 'journey':
      return ({ now }, operand) => holdsUntil(test, operand, now)
  }
}

/** The days at which a range begins and ends. */
function datesOf(test: Test): number[] {
  if (test.on !== 'range') return []
  return [test.from, test.to].flatMap((it) => (it === null ? [] : [dayNumber(it)])).filter((it) => Number.isFinite(it))
}

/** The start of the first of some later days that is decided otherwise than today. */
function nextDay(days: readonly number[], now: Instant, zone: string, decided: (day: number) => boolean | null): Instant {
  const today = dayAt(now, zone)
  const truth = decided(today)
  const later = days.filter((it) => it > today).sort((a, b) => a - b)
  const flip = later.find((it) => decided(it) !== truth)
  return flip === undefined ? Number.POSITIVE_INFINITY : dayStart(flip, zone)
}
