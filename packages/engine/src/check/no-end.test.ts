import { describe, expect, test } from 'vitest'
import { branches, end, manual, proved, score, told, waits } from '../../testing/check.ts'

const asked = branches('b', ['yes', [score('ge', 60)]])

describe('E-104 no way leads to the end', () => {
  test.each(
    proved('noEnd', [
      [
        'round and round',
        { nodes: [manual, waits('w', 1), waits('u', 1), end], ways: ['in.out>w', 'w.out>u', 'u.out>w'] },
        ['no-end in+w+u'],
      ],
      ['one step for ever', { nodes: [manual, waits('w', 1)], ways: ['in.out>w', 'w.out>w'] }, ['no-end in+w']],
      [
        'behind a branch, by one of its ways',
        { nodes: [manual, asked, waits('w', 1), end], ways: ['in.out>b', 'b.yes>end', 'b.otherwise>w', 'w.out>w'] },
        ['no-end w'],
      ],
      [
        'a circle with a way out',
        { nodes: [manual, asked, waits('w', 1), end], ways: ['in.out>b', 'b.yes>end', 'b.otherwise>w', 'w.out>b'] },
        [],
      ],
      [
        'a port is open, which is told by itself',
        { nodes: [manual, asked, waits('w', 1)], ways: ['in.out>b', 'b.otherwise>w', 'w.out>b'] },
        [],
      ],
      ['a circle that nobody gets to', { nodes: [manual, end, waits('w', 1)], ways: ['in.out>end', 'w.out>w'] }, []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['no-end'])).toEqual(expected))
})
