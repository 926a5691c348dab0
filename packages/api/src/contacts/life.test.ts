import type { LifeState } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { type LifeLine, lifeOf } from './life.ts'

const line = (at: number, handoffId: number, kind: string, data: Record<string, unknown> = {}): LifeLine => ({
  ...{ handoffId, at, kind, byId: 'usr_ann', byName: 'Ann', data },
})
const shown = (lines: readonly LifeLine[], now: LifeState) =>
  lifeOf(lines, now, 0).map((it) => [it.at, it.what, it.stage, it.ownerSide, it.ownerId])
const marketing = (stage: LifeState['stage']): LifeState => ({ stage, ownerSide: 'marketing', ownerId: null })

const FIRST: readonly LifeLine[] = [
  line(1, 7, 'created'),
  line(2, 7, 'assigned', { repId: 'ann' }),
  line(3, 7, 'call', { repId: 'ann' }),
  line(4, 7, 'breached', { repId: 'ann' }),
  line(4, 7, 'clawed-back', { repId: 'ann' }),
  line(5, 7, 'assigned', { repId: 'bob' }),
  line(6, 7, 'accepted', { repId: 'bob' }),
  line(7, 7, 'lost', { repId: 'bob', why: 'Price' }),
]

describe('the life of a person', () => {
  test('is told with who had them at every moment, and goes on with the next hand-over', () => {
    const again = [
      line(8, 9, 'created'),
      line(9, 9, 'assigned', { repId: 'ann' }),
      line(10, 9, 'opportunity', { repId: 'ann' }),
      line(11, 9, 'won'),
    ]
    expect(shown([...FIRST, ...again], { stage: 'customer', ownerSide: 'sales', ownerId: 'ann' })).toEqual([
      [0, 'added', 'name', 'marketing', null],
      [1, 'created', 'lead', 'sales', null],
      [2, 'assigned', 'lead', 'sales', 'ann'],
      [4, 'clawed-back', 'lead', 'sales', null],
      [5, 'assigned', 'lead', 'sales', 'bob'],
      [6, 'accepted', 'accepted', 'sales', 'bob'],
      [7, 'lost', 'lost', 'marketing', null],
      [8, 'created', 'lead', 'sales', null],
      [9, 'assigned', 'lead', 'sales', 'ann'],
      [10, 'opportunity', 'opportunity', 'sales', 'ann'],
      [11, 'won', 'customer', 'sales', 'ann'],
    ])
    expect(lifeOf(FIRST, marketing('lost'), 0).at(-1)).toMatchObject({ why: 'Price', byName: 'Ann', handoffId: 7 })
  })

  test('while another lead is open, one that ends brings nobody back', () => {
    const lines = [
      line(1, 7, 'created'),
      line(1, 8, 'created'),
      line(2, 7, 'assigned', { repId: 'ann' }),
      line(3, 8, 'rejected', { why: 'No need' }),
      line(4, 7, 'rejected', { why: 'No need' }),
    ]
    expect(shown(lines, marketing('lead')).map(([at, what, , side]) => [at, what, side])).toEqual([
      [0, 'added', 'marketing'],
      [1, 'created', 'sales'],
      [2, 'assigned', 'sales'],
      [4, 'rejected', 'marketing'],
    ])
  })

  test('where the person stands otherwise, the last step says so', () => {
    expect(shown(FIRST, marketing('customer')).at(-1)).toEqual([7, 'known', 'customer', 'marketing', null])
    expect(shown([], marketing('name'))).toEqual([[0, 'added', 'name', 'marketing', null]])
  })
})
