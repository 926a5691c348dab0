import { describe, expect, test } from 'vitest'
import {
  branches,
  type CheckCase,
  end,
  exitAt,
  handsOver,
  happened,
  inSegment,
  joins,
  manual,
  proved,
  score,
  segmentOf,
  told,
  waits,
} from '../../testing/check.ts'

const out = ['h.accepted>end', 'h.rejected>end', 'h.overflow>end']
const segments = [segmentOf('clickers', happened('mail.clicked')), segmentOf('fans', happened('mail.clicked', 'ge', 2))]
const asks = (rules: readonly unknown[], between: readonly CheckCase['nodes'][number][] = [], more: readonly string[] = []): CheckCase => ({
  nodes: [manual, branches('b', ['yes', rules]), ...between, handsOver('h'), end],
  ways: ['in.out>b', 'b.otherwise>end', `b.yes>${between[0]?.[0] ?? 'h'}`, ...more, ...out],
  catalog: { segments },
})
const second = branches('c', ['yes', [score('ge', 30)]])

describe('E-325 a hand-off on one click', () => {
  test.each(
    proved('oneClick', [
      ['a branch', asks([happened('mail.clicked')]), ['one-click b+h']],
      ['by way of a wait', asks([happened('mail.clicked', 'gt', 0)], [waits('w', 1)], ['w.out>h']), ['one-click b+h']],
      ['a click, or something else', asks([{ combinator: 'or', rules: [happened('mail.clicked'), score('ge', 80)] }]), ['one-click b+h']],
      [
        'a wait for it',
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
                  timeOut: { amount: 3, unit: 'days' },
                  branches: [{ id: 'x', name: '', match: { kind: 'event', type: 'mail.clicked' } }],
                },
              },
            ],
            handsOver('h'),
            end,
          ],
          ways: ['in.out>w', 'w.x>h', 'w.time-out>end', ...out],
        },
        ['one-click w+h'],
      ],
      [
        'an entry by it',
        {
          nodes: [['in', 'trigger', { v: 2, on: { kind: 'event', type: 'mail.clicked' } }], handsOver('h'), end],
          ways: ['in.out>h', ...out],
        },
        ['one-click in+h'],
      ],
      ['a segment that asks for no more', asks([inSegment('clickers')]), ['one-click b+h']],
      [
        'an entry by such a segment',
        { nodes: [joins('clickers'), handsOver('h'), end], ways: ['in.out>h', ...out], catalog: { segments } },
        ['one-click in+h'],
      ],
      ['a segment that asks for two', asks([inSegment('fans')]), []],
      ['whoever is not in the segment', asks([{ ...inSegment('clickers'), op: 'is-not' }]), []],
      ['two clicks', asks([happened('mail.clicked', 'ge', 2)]), []],
      ['a click and a score', asks([happened('mail.clicked'), score('ge', 30)]), []],
      ['a score is asked for behind it', asks([happened('mail.clicked')], [second], ['c.yes>h', 'c.otherwise>end']), []],
      ['a visit', asks([happened('page.viewed')]), []],
      [
        'the others come to sales',
        {
          nodes: [manual, branches('b', ['yes', [happened('mail.clicked')]]), handsOver('h'), end, exitAt('x')],
          ways: ['in.out>b', 'b.yes>x', 'b.otherwise>h', ...out],
        },
        [],
      ],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['one-click'])).toEqual(expected))
})
