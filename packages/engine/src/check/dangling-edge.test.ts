import { describe, expect, test } from 'vitest'
import { branches, end, manual, proved, score, told, waits } from '../../testing/check.ts'

const CODES = ['dangling-edge', 'two-ways']

describe('E-105 a way to nowhere', () => {
  test.each(
    proved('danglingEdge', [
      ['to a step that is gone', { nodes: [manual, end], ways: ['in.out>gone'] }, ['dangling-edge in']],
      ['from a step that is gone', { nodes: [manual, end], ways: ['in.out>end', 'gone.out>end'] }, ['dangling-edge end']],
      [
        'out of an end, which has no port',
        { nodes: [manual, end, waits('w', 1)], ways: ['in.out>end', 'end.out>w'] },
        ['dangling-edge end+w'],
      ],
      ['from a port that is not there', { nodes: [manual, end], ways: ['in.out>end', 'in.up>end'] }, ['dangling-edge in+end']],
      [
        'two ways out of one port',
        { nodes: [manual, waits('w', 1), end], ways: ['in.out>end', 'in.out>w', 'w.out>end'] },
        ['two-ways in+w'],
      ],
      [
        'two ways into one step',
        { nodes: [manual, branches('b', ['yes', [score('ge', 1)]]), end], ways: ['in.out>b', 'b.yes>end', 'b.otherwise>end'] },
        [],
      ],
      ['back to itself', { nodes: [manual, waits('w', 1)], ways: ['in.out>w', 'w.out>w'] }, []],
      [
        'from a step of an unknown kind: its ports are not known',
        { nodes: [manual, ['x', 'teleport', { to: 'moon' }], end], ways: ['in.out>x', 'x.beam>end'] },
        [],
      ],
      ['no way at all', { nodes: [manual, end], ways: [] }, []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, CODES)).toEqual(expected))
})
