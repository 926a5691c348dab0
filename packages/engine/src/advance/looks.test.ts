import { DAY, HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import { accepted, assigned, enrol, flow, news, rejected } from '../../testing/sales.ts'
import type { Condition, Subject } from '../condition/schema.ts'
import { advance, type Catalog, type ContactState, datedId, emptyState, type FieldValue, type InboxItem, type Plan } from '../index.ts'

const T = Date.UTC(2026, 2, 2, 9)
const ada = emptyState(samplePerson({ key: 'ada', zone: 'UTC', fields: { email: 'ada@example.com' }, consent: { marketing: true } }))
const by = { kind: 'user', id: 'u' } as const
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]) =>
  advance(plan, state, { now, items }, { now, seed: '' })
const set = (fields: Readonly<Record<string, FieldValue | null>>, at = T): InboxItem => ({ kind: 'fields', at, set: fields, source: by })
const all = (subject: Subject, op: string, value?: unknown): Condition =>
  ({ combinator: 'and', rules: [{ subject, op, value }] }) as Condition
const visit = (id: string, occurredAt: number, at = occurredAt): InboxItem => ({
  kind: 'event',
  at,
  event: { id, type: 'visit', props: {}, occurredAt, receivedAt: at },
})
const onSegment = (segmentId: string, settings = {}) =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'segment', segmentId } }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>end'],
    { reentry: { when: 'always' }, ...settings },
  )

describe('who looks again', () => {
  const lately = all({ kind: 'event', type: 'visit', where: [], window: { kind: 'days', days: 2 } }, 'ge', 1)

  test('E-13 whoever stays in a segment for longer than was thought has not joined it again', () => {
    const plan = planOf({ f: onSegment('lately') }, [{ id: 'lately', condition: lately }])
    const first = turn(plan, ada, T, visit('1', T))
    expect(first.members).toEqual([{ segmentId: 'lately', since: T, recheckAt: T + 2 * DAY }])
    expect(first.enrolments).toHaveLength(1)
    const again = turn(plan, first.state, T + DAY, visit('2', T + DAY))
    expect(again.members).toEqual([{ segmentId: 'lately', since: T, recheckAt: T + 3 * DAY }])
    expect(again.enrolments).toEqual([])
  })

  test('E-13 what follows from one change comes in the order of the segments, whatever the order of the plan', () => {
    const condition = all({ kind: 'field', key: 'job_title' }, 'is', 'chief')
    const segments = ['z', 'm', 'a'].map((id) => ({ id, condition }))
    const plan = planOf({ a: onSegment('z'), m: onSegment('m'), z: onSegment('a') }, segments)
    expect(turn(plan, ada, T, set({ job_title: 'chief' })).enrolments.map(({ value }) => value.flowId)).toEqual(['a', 'm', 'z'])
    expect(turn(plan, ada, T, set({ job_title: 'chief' })).deltas.flatMap((it) => (it.port === 'out' ? [it.flowId] : []))).toEqual([
      'z',
      'm',
      'a',
    ])
  })

  test('E-18 nobody joins a segment that is gone, and its members stay what they were', () => {
    const recheck: InboxItem = { kind: 'recheck', at: T, segmentId: 'gone' }
    const out = turn(planOf({}), { ...ada, rechecks: { gone: T } }, T, recheck)
    expect([out.state.members, out.state.rechecks]).toEqual([{}, {}])
    const inside = turn(planOf({}), { ...ada, members: { gone: 5 }, rechecks: { gone: T } }, T, recheck)
    expect([inside.state.members, inside.state.rechecks]).toEqual([{ gone: 5 }, {}])
  })

  test.each<[string, Subject, string, unknown, readonly InboxItem[], boolean]>([
    ['the stage', { kind: 'stage' }, 'is', 'accepted', [news(T, assigned), news(T, accepted)], true],
    ['the side that owns', { kind: 'owner' }, 'is', 'marketing', [news(T, assigned), news(T, rejected('Size'))], true],
    ['the side that owns, no longer', { kind: 'owner' }, 'is', 'marketing', [news(T, assigned)], false],
  ])('E-13 E-82 a segment that reads %s is looked at when sales answers', (_, subject, op, value, told, inside) => {
    const plan = planOf({ f: flow() }, [{ id: 's', condition: all(subject, op, value) }])
    const { state } = turn(plan, ada, T, enrol(T))
    expect(Object.hasOwn(turn(plan, state, T, ...told).state.members, 's')).toBe(inside)
  })

  test('E-155 another owner in the same stage is no change of the life cycle', () => {
    const plan = planOf({ f: flow() })
    const handed = turn(plan, ada, T, enrol(T), news(T, assigned))
    const given = turn(plan, handed.state, T + 1, news(T + 1, { outcome: 'assigned', repId: 'r2', repName: 'Paul', reason: {} }))
    expect(given.state.person.ownerId).toBe('r2')
    expect(given.events.filter((it) => it.type === 'lifecycle.changed')).toEqual([])
  })
})

describe('what is the same already', () => {
  test('E-65 a list of the same values is no change, nor is consent that was given', () => {
    const tagged = turn(planOf({}), ada, T, set({ tags: ['a', 'b'] })).state
    expect(turn(planOf({}), tagged, T, set({ tags: ['a', 'b'] })).personChanged).toBe(false)
    const consent = (given: boolean): InboxItem => ({ kind: 'consent', at: T, topic: 'marketing', given, source: by })
    expect(turn(planOf({}), ada, T, consent(true)).personChanged).toBe(false)
    expect(turn(planOf({}), ada, T, consent(false)).state.person.consent).toEqual({ marketing: false })
    expect(turn(planOf({}), emptyState(samplePerson({ key: 'b', fields: {}, consent: {} })), T, consent(false)).personChanged).toBe(true)
  })

  test('E-65 an empty zone is none', () => {
    expect(turn(planOf({}), ada, T, set({ zone: 'Asia/Tokyo' })).state.person.zone).toBe('Asia/Tokyo')
    expect(turn(planOf({}), ada, T, set({ zone: '' })).state.person.zone).toBeNull()
  })

  test('E-242 news of a company that is not theirs change nothing, though a purchase of theirs has the same id', () => {
    const purchase: InboxItem = { kind: 'related', at: T, of: 'purchase', id: 'x', data: {}, occurredAt: 3 }
    const { state } = turn(planOf({}), ada, T, purchase)
    const company: InboxItem = { kind: 'related', at: T, of: 'company', id: 'x', data: { name: 'X' }, occurredAt: 4, known: true }
    expect(turn(planOf({}), state, T, company).state.related).toEqual(state.related)
  })
})

describe('history', () => {
  test('E-11 that somebody was added is an event of its own, with who did it', () => {
    const created = (key: string) =>
      turn(planOf({}), emptyState(samplePerson({ key, fields: {} })), T, { kind: 'created', at: T, source: by })
    expect(created('bea').events).toEqual([
      { id: 'bea/created', type: 'contact.created', props: { source: 'user' }, occurredAt: T, receivedAt: T },
    ])
  })

  const ids = (state: ContactState) => state.events.map((it) => it.id)

  test('E-16 an event that is told late stands where it happened; of one instant they stand by their ids', () => {
    const { state } = turn(planOf({}), ada, T, visit('m', T))
    expect(ids(turn(planOf({}), state, T, visit('z', T - HOUR, T)).state)).toEqual(['z', 'm'])
    expect(ids(turn(planOf({}), state, T, visit('a', T)).state)).toEqual(['a', 'm'])
    expect(ids(turn(planOf({}), state, T, visit('z', T)).state)).toEqual(['m', 'z'])
  })
})

describe('dates', () => {
  const catalog: Catalog = {
    ...sampleCatalog,
    workspaceZone: 'UTC',
    fields: [...sampleCatalog.fields, { key: 'renewal', label: 'Renewal', type: 'date' }],
  }
  const onDate = buildGraph(
    [
      ['in', 'trigger', { v: 2, on: { kind: 'date', field: 'renewal', amount: 0 } }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>end'],
  )
  const id = datedId({ flowId: 'a', node: 'in' })
  const dated = () => {
    const plan = planOf({ b: onDate, a: onDate }, [], catalog)
    return { plan, state: turn(plan, { ...ada, person: { ...ada.person, zone: null } }, T, set({ renewal: '2026-03-10' })).state }
  }

  test('E-160 a date is planned anew where its zone is another one: by the field, by the country, by the company', () => {
    const { plan, state } = dated()
    const noon = Date.UTC(2026, 2, 10, 9)
    expect(state.rechecks[id]).toBe(noon)
    expect(turn(plan, state, T, set({ zone: 'Asia/Tokyo' })).state.rechecks[id]).toBe(noon - 9 * HOUR)
    expect(turn(plan, state, T, set({ country: 'JP' })).state.rechecks[id]).toBe(noon - 9 * HOUR)
    const company: InboxItem = { kind: 'related', at: T, of: 'company', id: 'c', data: { country: 'JP' }, occurredAt: T }
    expect(turn(plan, state, T, company).state.rechecks[id]).toBe(noon - 9 * HOUR)
    expect(turn(plan, state, T, set({ job_title: 'chief' })).members).toEqual([])
  })

  test('E-14 E-160 two that come at one time let in by the order of their flows', () => {
    const { plan, state } = dated()
    const at = Date.UTC(2026, 2, 10, 9)
    expect(turn(plan, state, at).deltas.flatMap((it) => (it.port === 'out' ? [it.flowId] : []))).toEqual(['a', 'b'])
  })
})
