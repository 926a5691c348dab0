import { describe, expect, test } from 'vitest'
import { branches, type CheckCase, end, handsOver, manual, proved, score, sends, told, waits } from '../../testing/check.ts'

const h: CheckCase['nodes'][number] = ['h', 'hand-to-sales', { v: 2, teamId: 'team_phone', why: 'Ready', voicemail: { attempts: 3 } }]
const voicemail = (to: string, more: readonly CheckCase['nodes'][number][] = [], ways: readonly string[] = []): CheckCase => ({
  nodes: [manual, h, end, ...more],
  ways: ['in.out>h', 'h.accepted>end', 'h.rejected>end', 'h.no-response>end', 'h.overflow>end', `h.voicemail>${to}`, ...ways],
})

describe('a way that is to come back', () => {
  test.each(
    proved('wayBack', [
      ['E-409 out of the flow', voicemail('end'), ['no-way-back h']],
      ['E-409 past a wait, out of the flow', voicemail('w', [waits('w', 2)], ['w.out>end']), ['no-way-back h']],
      ['E-410 straight back', voicemail('h'), ['back-at-once h']],
      ['E-410 past a mail alone', voicemail('m', [sends('m', 'tpl_we_miss_you')], ['m.sent>h']), ['back-at-once h']],
      ['E-410 past a wait', voicemail('w', [waits('w', 2)], ['w.out>h']), []],
      [
        'E-410 one of two ways back has no wait',
        voicemail('b', [branches('b', ['yes', [score('ge', 30)]]), waits('w', 2)], ['b.yes>w', 'b.otherwise>h', 'w.out>h']),
        ['back-at-once h'],
      ],
      [
        'E-409 E-410 a hand-off that takes a voicemail for no answer has no way that is to come back',
        { nodes: [manual, handsOver('h'), end], ways: ['in.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'] },
        [],
      ],
      ['E-409 E-410 past a mail and a wait', voicemail('m', [sends('m', 'tpl_we_miss_you'), waits('w', 2)], ['m.sent>w', 'w.out>h']), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['no-way-back', 'back-at-once'])).toEqual(expected))
})
