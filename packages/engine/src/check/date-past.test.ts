import { describe, expect, test } from 'vitest'
import { branches, type CheckCase, end, manual, proved, told } from '../../testing/check.ts'

const now = Date.UTC(2026, 10, 22, 12)
const until = (date: string, more: Record<string, unknown> = {}, context: CheckCase['context'] = { now }): CheckCase => ({
  nodes: [manual, ['w', 'wait', { v: 2, slot: 1, until: { kind: 'date', date, time: '09:00', ...more } }], end],
  ways: ['in.out>w', 'w.out>end'],
  context,
})
const today = (op: string, value: unknown, negated = false): CheckCase => {
  const rule = { subject: { kind: 'today' }, op, value }
  return {
    nodes: [manual, branches('b', ['yes', [negated ? { combinator: 'and', not: true, rules: [rule] } : rule]]), end],
    ways: ['in.out>b', 'b.yes>end', 'b.otherwise>end'],
    context: { now },
  }
}

describe('E-328 a date that is past', () => {
  test.each(
    proved('datePast', [
      ['last week', until('2026-11-15'), ['date-past w']],
      ['this morning, where it is in Berlin', until('2026-11-22', { zone: 'Europe/Berlin' }), ['date-past w']],
      ['a condition that ended', today('before', '2026-11-22'), ['date-past b']],
      ['a span that is over', today('between', ['2026-10-01', '2026-10-31']), ['date-past b']],
      ['tomorrow', until('2026-11-23'), []],
      ['this morning, which is still to come somewhere', until('2026-11-22', { time: '10:00' }), []],
      ['later today there', until('2026-11-22', { zone: 'Europe/Berlin', time: '18:00' }), []],
      ['a condition that began', today('after', '2026-10-01'), []],
      ['today itself', today('is', '2026-11-22'), []],
      ['not before: it is so from then on', today('before', '2026-11-22', true), []],
      ['nobody said what time it is', until('2020-01-01', {}, {}), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['date-past'])).toEqual(expected))
})
