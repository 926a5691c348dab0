import { describe, expect, test } from 'vitest'
import { buildGraph, compiled, planOf, samplePerson } from '../../testing/index.ts'
import { advance, type ContactState, emptyState, type FieldValue, type InboxItem } from '../index.ts'

const ida = { kind: 'user', id: 'u' } as const
const ada = emptyState(samplePerson({ key: 'ada', fields: { city: 'x', job: 'Clerk' } }))
const turn = (state: ContactState, items: InboxItem[], plan = planOf({})) => advance(plan, state, { now: 5, items }, { now: 5, seed: 's' })
const set = (values: Record<string, FieldValue | null>): InboxItem => ({ kind: 'fields', at: 5, set: values, source: ida })
const enrol: InboxItem = { kind: 'enrol', at: 5, flowId: 'f', node: 'in', key: '', source: ida }
const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const end = ['end', 'exit', { label: '' }] as const

describe('fields', () => {
  test.each([
    ['a text with its folded copy', { job: 'MÜLLER' }, { fields: { job: 'MÜLLER' }, folded: { job: 'müller' } }],
    ['a choice with its folded copy', { plan: 'Trial' }, { fields: { plan: 'Trial' }, folded: { plan: 'trial' } }],
    ['a date without', { last_order: '2026-01-01' }, { fields: { last_order: '2026-01-01' } }],
    ['a zone, mirrored', { zone: 'Asia/Tokyo' }, { zone: 'Asia/Tokyo', fields: { zone: 'Asia/Tokyo' } }],
  ] as [string, Record<string, FieldValue>, object][])('E-65 %s', (_, values, expected) => {
    const result = turn(ada, [set(values)])
    expect(result.state.person).toMatchObject(expected)
    expect(result.personChanged).toBe(true)
    expect(Object.keys(result.state.person.folded).every((key) => ['city', 'job', 'plan', 'zone'].includes(key))).toBe(true)
  })

  test('E-65 emptied: the value and its copy go, and the mirrored zone', () => {
    const there = turn(ada, [set({ zone: 'Asia/Tokyo' })]).state
    const { person } = turn(there, [set({ job: null, zone: null })]).state
    expect(person.fields).toEqual({ city: 'x' })
    expect(person.folded).not.toHaveProperty('job')
    expect(person.zone).toBeNull()
  })

  test('E-65 what is there already changes nothing', () => {
    const result = turn(ada, [set({ job: 'Clerk', age: null })])
    expect(result.personChanged).toBe(false)
    expect(result.state).toEqual(ada)
  })

  test('E-65 E-12 a field set by a flow is a change as any other: a wait of another flow hears of a new zone', () => {
    const wait = buildGraph(
      [first, ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }], end],
      ['in.out>w', 'w.out>end'],
    )
    const move = buildGraph(
      [first, ['u', 'update-field', { field: 'zone', action: { do: 'set', value: 'America/New_York' } }], end],
      ['in.out>u', 'u.out>end'],
    )
    const plan = planOf({ f: wait, g: move })
    const waiting = turn(emptyState(samplePerson({ key: 'a', fields: {}, zone: 'UTC' })), [enrol], plan)
    const before = waiting.state.enrolments[0]?.dueAt ?? 0
    const moved = turn(waiting.state, [{ ...enrol, flowId: 'g' }], plan)
    expect(moved.state.enrolments[0]?.dueAt).toBe(before + 5 * 3_600_000)
  })
})

describe('consent and suppression', () => {
  test('E-11 are true from the item on', () => {
    const items: InboxItem[] = [
      { kind: 'consent', at: 5, topic: 'marketing', given: true, source: ida },
      { kind: 'suppress', at: 5, reason: 'bounced', source: ida },
    ]
    expect(turn(ada, items).state.person).toMatchObject({ consent: { marketing: true }, suppressed: 'bounced' })
    expect(turn(turn(ada, items).state, items).personChanged).toBe(false)
  })
})

describe('points', () => {
  test('E-64 are integer hundredths, and the reason has the sum before and after', () => {
    const graph = buildGraph(
      [first, ['a', 'score', { dimension: 'fit', points: 0.29 }], ['b', 'score', { dimension: 'fit', points: -0.1 }], end],
      ['in.out>a', 'a.out>b', 'b.out>end'],
    )
    const result = turn(ada, [enrol], planOf({ f: graph }))
    expect(result.ledger.map((it) => it.points)).toEqual([29, -10])
    expect(result.ledger[0]).toMatchObject({ dimension: 'fit', at: 5, cause: { flowId: 'f', node: 'a', visit: 1 } })
    expect(result.enrolments[0]?.steps.slice(1, 3).map((it) => it.reason)).toEqual([
      { code: 'score.added', dimension: 'fit', points: 29, before: 0, after: 29 },
      { code: 'score.added', dimension: 'fit', points: -10, before: 29, after: 19 },
    ])
  })
})

describe('dice', () => {
  test('E-3 depend on business keys and the seed, and not on the database’s ids', () => {
    const graph = buildGraph([first, end], ['in.out>end'])
    const entry = compiled('f', graph)
    const plan = planOf({ f: graph })
    const thrown = (id: number, key: string, seed: string, salt: string) => {
      const dice: number[] = []
      const node = entry.nodes.get('end')
      if (!node) throw new Error('no node')
      const enter = (scope: Parameters<typeof node.enter>[0]) => {
        dice.push(scope.dice(salt))
        return node.enter(scope)
      }
      const nodes = new Map([...entry.nodes, ['end', { ...node, enter }]])
      const flow = { ...entry, nodes }
      const flows = new Map([['f', { flowId: 'f', state: 'live' as const, entry: flow, versions: new Map([[1, flow]]), pauses: [] }]])
      advance({ ...plan, flows }, emptyState(samplePerson({ id, key, fields: {} })), { now: 5, items: [enrol] }, { now: 5, seed })
      return dice[0]
    }
    const same = thrown(1, 'ada', 's', 'split')
    expect(same).toBeGreaterThanOrEqual(0)
    expect(same).toBeLessThan(1)
    expect(thrown(2, 'ada', 's', 'split')).toBe(same)
    expect(new Set([same, thrown(1, 'bob', 's', 'split'), thrown(1, 'ada', 't', 'split'), thrown(1, 'ada', 's', 'other')]).size).toBe(4)
  })
})
