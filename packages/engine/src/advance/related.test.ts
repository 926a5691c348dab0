import { describe, expect, test } from 'vitest'
import { planOf, samplePerson } from '../../testing/index.ts'
import { advance, type ContactState, emptyState, type InboxItem, zoneOf } from '../index.ts'

const ada = emptyState(samplePerson({ key: 'ada', fields: {} }))
const turn = (state: ContactState, ...items: InboxItem[]) => advance(planOf({}), state, { now: 9, items }, { now: 9, seed: 's' })

type Related = Extract<InboxItem, { kind: 'related' }>
const tell = (of: Related['of'], id: string, data: Related['data'], more: Partial<Related> = {}): Related => ({
  kind: 'related',
  at: 9,
  of,
  id,
  data,
  occurredAt: 3,
  ...more,
})

describe('related records', () => {
  test('E-240 E-39 are kept by kind and id, with folded copies of their texts; told again they are replaced, told as gone they go', () => {
    const first = turn(ada, tell('purchase', 'p2', { total: 5 }), tell('opportunity', 'o1', { stage: 'Won' }), tell('purchase', 'p1', {}))
    expect(first.state.related).toEqual([
      { kind: 'opportunity', id: 'o1', data: { stage: 'Won' }, folded: { stage: 'won' }, at: 3 },
      { kind: 'purchase', id: 'p1', data: {}, folded: null, at: 3 },
      { kind: 'purchase', id: 'p2', data: { total: 5 }, folded: null, at: 3 },
    ])
    const next = turn(first.state, tell('purchase', 'p2', { total: 6 }, { occurredAt: 4 }), tell('purchase', 'p1', null))
    expect(next.state.related.map(({ id, data, at }) => [id, data, at])).toEqual([
      ['o1', { stage: 'Won' }, 3],
      ['p2', { total: 6 }, 4],
    ])
    expect(next.related).toEqual([
      { kind: 'purchase', id: 'p2', record: { kind: 'purchase', id: 'p2', data: { total: 6 }, folded: null, at: 4 }, known: false },
      { kind: 'purchase', id: 'p1', record: null, known: false },
    ])
  })

  test('E-241 a contact has one company: another one takes its place', () => {
    const { state } = turn(ada, tell('company', 'b', { name: 'B' }), tell('opportunity', 'o', {}), tell('company', 'a', { name: 'A' }))
    expect(state.related.map(({ kind, id }) => [kind, id])).toEqual([
      ['company', 'a'],
      ['opportunity', 'o'],
    ])
    expect(turn(state, tell('company', 'b', null)).state.related).toEqual(state.related)
  })

  test('E-242 a change of the record reaches only those it is related to, and leaves since when', () => {
    const { state } = turn(ada, tell('company', 'a', { name: 'A' }))
    const news = tell('company', 'a', { name: 'Aa' }, { known: true, occurredAt: 8 })
    expect(turn(state, news).state.related).toMatchObject([{ id: 'a', data: { name: 'Aa' }, at: 3 }])
    const moved = turn(state, tell('company', 'b', { name: 'B' }), news)
    expect(moved.state.related).toMatchObject([{ id: 'b', data: { name: 'B' } }])
    expect(moved.related.map(({ id, known }) => [id, known])).toEqual([
      ['b', false],
      ['a', true],
    ])
    expect(turn(ada, news).state.related).toEqual([])
  })
})

test.each([
  ['the own zone', { zone: 'Asia/Tokyo' }, { zone: 'Europe/Paris' }, ['Asia/Tokyo', 'contact']],
  ['the own country', { fields: { country: 'JP' } }, { zone: 'Europe/Paris' }, ['Asia/Tokyo', 'country']],
  ['the zone of the company', {}, { zone: 'Europe/Paris', country: 'JP' }, ['Europe/Paris', 'company']],
  ['the country of the company', {}, { zone: 'Nowhere', country: 'JP' }, ['Asia/Tokyo', 'company']],
  ['the workspace, where the company says nothing', {}, { zone: 5 }, ['Europe/Berlin', 'workspace']],
] as const)('E-40 E-243 the zone: %s', (_, who, data, [zone, source]) => {
  const { state } = turn({ ...ada, person: { ...ada.person, zone: null, fields: {}, ...who } }, tell('company', 'a', data))
  expect(zoneOf(state.person, 'Europe/Berlin', state.related)).toEqual({ zone, source })
})
