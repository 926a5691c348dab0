import { describe, expect, test } from 'vitest'
import { branches, type CheckCase, end, field, inSegment, joins, manual, proved, segmentOf, told } from '../../testing/check.ts'

const fields = [
  { key: 'duration', label: 'Call duration', type: 'number' as const, afterOutcome: true },
  { key: 'age', label: 'Age', type: 'number' as const },
]
const asks = (key: string): CheckCase => ({
  nodes: [manual, branches('b', ['yes', [field(key, 'ge', 60)]]), end],
  ways: ['in.out>b', 'b.yes>end', 'b.otherwise>end'],
  catalog: { fields },
})
const segment = (key: string): CheckCase => ({
  nodes: [joins('s'), end],
  ways: ['in.out>end'],
  catalog: {
    fields,
    segments: [{ id: 's', name: 'S', condition: { combinator: 'and', rules: [{ subject: { kind: 'field', key }, op: 'ge', value: 60 }] } }],
  },
})
/** The branch asks for a segment, which asks for another one, which asks for the field. */
const through = (key: string): CheckCase => ({
  nodes: [manual, branches('b', ['yes', [inSegment('outer')]]), end],
  ways: ['in.out>b', 'b.yes>end', 'b.otherwise>end'],
  catalog: {
    fields,
    segments: [segmentOf('outer', inSegment('inner')), segmentOf('inner', inSegment('outer'), field(key, 'ge', 60))],
  },
})
const condition = {
  combinator: 'and' as const,
  rules: [{ subject: { kind: 'field' as const, key: 'duration' }, op: 'ge' as const, value: 60 }],
}

describe('E-331 a field that is known only after the outcome', () => {
  test.each(
    proved('afterOutcome', [
      ['at a branch', asks('duration'), ['after-outcome b']],
      [
        'at an entry',
        { nodes: [['in', 'trigger', { v: 2, on: { kind: 'field', field: 'duration' } }], end], ways: ['in.out>end'], catalog: { fields } },
        ['after-outcome in'],
      ],
      ['in the segment of an entry', segment('duration'), ['after-outcome in']],
      ['in a segment that a branch names', through('duration'), ['after-outcome b']],
      ['another field', asks('age'), []],
      ['another field of the segment that a branch names', through('age'), []],
      ['another field of the segment', segment('age'), []],
      [
        'a goal waits for it',
        {
          nodes: [manual, ['g', 'goal', { when: condition, reached: 'leave', ifNotYet: 'go-on' }], end],
          ways: ['in.out>end', 'g.not-reached>end'],
          catalog: { fields },
        },
        [],
      ],
      ['the rule for leaving', { nodes: [manual, end], ways: ['in.out>end'], settings: { exitWhen: condition }, catalog: { fields } }, []],
      [
        'a wait until it is there',
        {
          nodes: [
            manual,
            [
              'w',
              'wait',
              {
                v: 2,
                slot: 1,
                until: {
                  kind: 'event',
                  timeOut: { amount: 9, unit: 'days' },
                  branches: [{ id: 'x', name: '', match: { kind: 'condition', when: condition } }],
                },
              },
            ],
            end,
          ],
          ways: ['in.out>w', 'w.x>end', 'w.time-out>end'],
          catalog: { fields },
        },
        [],
      ],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['after-outcome'])).toEqual(expected))
})
