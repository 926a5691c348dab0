import { describe, expect, test } from 'vitest'
import { branches, end, handsOver, manual, proved, score, sends, told, waits } from '../../testing/check.ts'

const handed = ['in.out>h', 'h.accepted>end', 'h.rejected>end']

describe('E-102 a port that leads nowhere', () => {
  test.each(
    proved('portOpen', [
      ['the only one', { nodes: [manual, waits('w', 1), end], ways: ['in.out>w'] }, ['port-open w']],
      ['overflow of a hand-off', { nodes: [manual, handsOver('h'), end], ways: handed }, ['port-open h']],
      [
        'a case and all others of a branch',
        { nodes: [manual, branches('b', ['yes', [score('ge', 60)]], ['no', [score('lt', 60)]]), end], ways: ['in.out>b', 'b.yes>end'] },
        ['port-open b', 'port-open b'],
      ],
      ['at a step that is gone', { nodes: [manual, end], ways: ['in.out>gone'] }, ['port-open in']],
      [
        'of mail, those who do not get it',
        { nodes: [manual, sends('m', 'tpl_recording', { ifNotSent: { do: 'port' } }), end], ways: ['in.out>m', 'm.sent>end'] },
        ['port-open m'],
      ],
      [
        'of mail, those who do not get it go on with the others',
        { nodes: [manual, sends('m', 'tpl_recording'), end], ways: ['in.out>m', 'm.sent>end'] },
        [],
      ],
      ['all of a hand-off lead on', { nodes: [manual, handsOver('h'), end], ways: [...handed, 'h.overflow>end'] }, []],
      [
        'two ports to one step',
        { nodes: [manual, branches('b', ['yes', [score('ge', 60)]]), end], ways: ['in.out>b', 'b.yes>end', 'b.otherwise>end'] },
        [],
      ],
      ['an end has none', { nodes: [manual, end], ways: ['in.out>end'] }, []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['port-open'])).toEqual(expected))
})
