import { describe, expect, test } from 'vitest'
import { branches, type CheckCase, end, happened, inSegment, joins, manual, proved, segmentOf, told } from '../../testing/check.ts'

const segments = [segmentOf('readers', happened('mail.opened')), segmentOf('visitors', happened('page.viewed'))]
const asks = (rules: readonly unknown[]): CheckCase => ({
  catalog: { segments },
  nodes: [manual, branches('b', ['yes', rules]), end],
  ways: ['in.out>b', 'b.yes>end', 'b.otherwise>end'],
})
const holds = (type: string): CheckCase => ({
  nodes: [
    manual,
    [
      'w',
      'wait',
      {
        v: 2,
        slot: 1,
        until: { kind: 'event', timeOut: { amount: 3, unit: 'days' }, branches: [{ id: 'x', name: '', match: { kind: 'event', type } }] },
      },
    ],
    end,
  ],
  ways: ['in.out>w', 'w.x>end', 'w.time-out>end'],
})

describe('E-324 going by opens', () => {
  test.each(
    proved('reliesOnOpens', [
      ['a branch', asks([happened('mail.opened')]), ['relies-on-opens b']],
      [
        'one that asks for clicks as well',
        asks([{ combinator: 'or', rules: [happened('mail.opened'), happened('mail.clicked')] }]),
        ['relies-on-opens b'],
      ],
      ['a wait', holds('mail.opened'), ['relies-on-opens w']],
      [
        'an entry',
        { nodes: [['in', 'trigger', { v: 2, on: { kind: 'event', type: 'mail.opened' } }], end], ways: ['in.out>end'] },
        ['relies-on-opens in'],
      ],
      ['a segment that asks for it', asks([inSegment('readers')]), ['relies-on-opens b']],
      [
        'an entry by such a segment',
        { nodes: [joins('readers'), end], ways: ['in.out>end'], catalog: { segments } },
        ['relies-on-opens in'],
      ],
      ['a segment that asks for something else', asks([inSegment('visitors')]), []],
      ['a click', asks([happened('mail.clicked')]), []],
      ['a visit', holds('page.viewed'), []],
      ['an event of another name', asks([happened('app.opened')]), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['relies-on-opens'])).toEqual(expected))
})
