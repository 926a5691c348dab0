import { describe, expect, test } from 'vitest'
import { branches, end, joins, manual, proved, score, told, waits } from '../../testing/check.ts'

describe('E-100 nobody can come in', () => {
  test.each(
    proved('noTrigger', [
      ['an end alone', { nodes: [end], ways: [] }, ['no-trigger']],
      ['steps without a start', { nodes: [waits('w', 1), end], ways: ['w.out>end'] }, ['no-trigger']],
      ['a start of a kind that is not known', { nodes: [['in', 'teleport', { to: 'moon' }], end], ways: ['in.out>end'] }, ['no-trigger']],
      ['nothing at all', { nodes: [], ways: [] }, ['no-trigger']],
      ['by hand', { nodes: [manual, end], ways: ['in.out>end'] }, []],
      ['a start that leads nowhere yet', { nodes: [manual, end], ways: [] }, []],
      ['a segment that still has to be chosen', { nodes: [joins(''), end], ways: ['in.out>end'] }, []],
      [
        'two starts',
        {
          nodes: [manual, ['also', 'trigger', { v: 2, on: { kind: 'api' } }], branches('b', ['yes', [score('ge', 1)]]), end],
          ways: ['in.out>b', 'also.out>b', 'b.yes>end', 'b.otherwise>end'],
        },
        [],
      ],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['no-trigger'])).toEqual(expected))
})
