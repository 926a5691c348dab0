import { describe, expect, test } from 'vitest'
import { type CheckCase, end, exitAt, manual, proved, told, waits } from '../../testing/check.ts'

const also: CheckCase['nodes'][number] = ['also', 'trigger', { v: 2, on: { kind: 'api' } }]
const goal: CheckCase['nodes'][number] = [
  'g',
  'goal',
  {
    when: { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 60 }] },
    reached: 'jump',
    ifNotYet: 'go-on',
  },
]

describe('E-101 a step that nobody gets to', () => {
  test.each(
    proved('unreachable', [
      ['beside the way', { nodes: [manual, end, waits('w', 1)], ways: ['in.out>end', 'w.out>end'] }, ['unreachable w']],
      [
        'two of them, one behind the other',
        { nodes: [manual, end, waits('w', 1), waits('u', 1)], ways: ['in.out>end', 'w.out>u', 'u.out>end'] },
        ['unreachable w', 'unreachable u'],
      ],
      ['one that leads to itself', { nodes: [manual, end, waits('w', 1)], ways: ['in.out>end', 'w.out>w'] }, ['unreachable w']],
      [
        'behind a start that leads nowhere',
        { nodes: [manual, waits('w', 1), end], ways: ['w.out>end'] },
        ['unreachable w', 'unreachable end'],
      ],
      ['led to by the second start', { nodes: [manual, also, waits('w', 1), end], ways: ['in.out>end', 'also.out>w', 'w.out>end'] }, []],
      [
        'a goal to which people jump, and what is behind it',
        { nodes: [manual, waits('w', 1), end, goal, exitAt('won')], ways: ['in.out>w', 'w.out>end', 'g.reached>won', 'g.not-reached>end'] },
        [],
      ],
      ['round a circle', { nodes: [manual, waits('w', 1), waits('u', 1)], ways: ['in.out>w', 'w.out>u', 'u.out>w'] }, []],
      ['there is no start, which is told once', { nodes: [waits('w', 1), end], ways: ['w.out>end'] }, []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['unreachable'])).toEqual(expected))
})
