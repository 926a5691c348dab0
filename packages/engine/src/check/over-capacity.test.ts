import { describe, expect, test } from 'vitest'
import { type CheckCase, end, handsOver, manual, proved, told, waits } from '../../testing/check.ts'

const with_ = (handOffs: { teamId: string; perWorkday: number; capacity: number }[]): CheckCase => ({
  nodes: [manual, handsOver('h'), waits('w', 9), handsOver('i'), end],
  ways: ['in.out>h', 'h.accepted>w', 'w.out>i', 'h.rejected>end', 'h.overflow>end', 'i.accepted>end', 'i.rejected>end', 'i.overflow>end'],
  context: { forecast: { handOffs } },
})

describe('E-330 more leads than a team can take', () => {
  test.each(
    proved('overCapacity', [
      ['twice as many', with_([{ teamId: 'team_phone', perWorkday: 40, capacity: 20 }]), ['over-capacity h+i']],
      ['a little more', with_([{ teamId: 'team_phone', perWorkday: 20.4, capacity: 20 }]), ['over-capacity h+i']],
      ['none at all', with_([{ teamId: 'team_phone', perWorkday: 0.2, capacity: 0 }]), ['over-capacity h+i']],
      ['as many as it can', with_([{ teamId: 'team_phone', perWorkday: 20, capacity: 20 }]), []],
      ['a team that gets none from here', with_([{ teamId: 'team_inbound', perWorkday: 40, capacity: 20 }]), []],
      ['nothing was simulated', { ...with_([]), context: {} }, []],
      [
        'of two teams the one that cannot',
        with_([
          { teamId: 'team_inbound', perWorkday: 40, capacity: 20 },
          { teamId: 'team_phone', perWorkday: 40, capacity: 20 },
        ]),
        ['over-capacity h+i'],
      ],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['over-capacity'])).toEqual(expected))
})
