import { describe, expect, test } from 'vitest'
import { branches, type CheckCase, end, handsOver, manual, proved, score, told, waits } from '../../testing/check.ts'

const points = (id: string): CheckCase['nodes'][number] => [id, 'score', { dimension: 'fit', points: 1 }]
const asked = branches('b', ['yes', [score('ge', 60)]])

describe('E-103 a circle without a wait', () => {
  test.each(
    proved('circle', [
      ['of two', { nodes: [manual, points('a'), points('b'), end], ways: ['in.out>a', 'a.out>b', 'b.out>a'] }, ['circle a+b']],
      ['of one', { nodes: [manual, points('a'), end], ways: ['in.out>a', 'a.out>a'] }, ['circle a']],
      [
        'that has a way out',
        { nodes: [manual, asked, points('a'), end], ways: ['in.out>b', 'b.yes>end', 'b.otherwise>a', 'a.out>b'] },
        ['circle b+a'],
      ],
      [
        'beside a way back that does wait',
        { nodes: [manual, asked, points('a'), waits('w', 1)], ways: ['in.out>b', 'b.yes>w', 'w.out>b', 'b.otherwise>a', 'a.out>b'] },
        ['circle b+a'],
      ],
      ['with a wait', { nodes: [manual, asked, waits('w', 1), end], ways: ['in.out>b', 'b.yes>end', 'b.otherwise>w', 'w.out>b'] }, []],
      [
        'with a hand-off, at which people rest',
        {
          nodes: [manual, handsOver('h'), points('a'), end],
          ways: ['in.out>h', 'h.accepted>end', 'h.rejected>a', 'h.overflow>end', 'a.out>h'],
        },
        [],
      ],
      [
        'two ways that meet',
        { nodes: [manual, asked, points('a'), points('c'), end], ways: ['in.out>b', 'b.yes>a', 'b.otherwise>c', 'a.out>c', 'c.out>end'] },
        [],
      ],
      ['a wait that leads back to itself', { nodes: [manual, waits('w', 1)], ways: ['in.out>w', 'w.out>w'] }, []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['circle'])).toEqual(expected))
})
