import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import { advance, buildPlan, type ContactState, emptyState, type InboxItem, type Plan, rollOutPlace } from '../index.ts'

const people = Array.from({ length: 2000 }, (_, i) => `p${i}@example.com`)
const stateOf = (key: string): ContactState => emptyState(samplePerson({ key, fields: { email: key } }))
const free = {
  id: 'free',
  condition: {
    combinator: 'and' as const,
    rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: 'free' }],
  },
}
const graph = (on: Record<string, unknown>) =>
  buildGraph(
    [
      ['in', 'trigger', { v: 2, on }],
      ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }],
      ['end', 'exit', { label: 'Done' }],
    ],
    ['in.out>w', 'w.out>end'],
  )
/** The plan with a share of the roll-out. */
function sharing(share: number | undefined, on: Record<string, unknown>): Plan {
  const plan = planOf({ f: graph(on) }, [free])
  return buildPlan({
    flows: [...plan.flows.values()].map((it) => ({ ...it, share })),
    segments: [free],
    catalog: { ...sampleCatalog, segments: [...sampleCatalog.segments, { id: 'free', name: 'Free' }] },
  })
}
const turn = (plan: Plan, state: ContactState, item: InboxItem) => advance(plan, state, { now: 9, items: [item] }, { now: 9, seed: '' })
const join: InboxItem = { kind: 'fields', at: 9, set: { plan: 'free' }, source: { kind: 'key', id: 'k' } }
const go: InboxItem = { kind: 'event', at: 9, event: { id: 'e', type: 'go', props: {}, occurredAt: 9, receivedAt: 9 } }
const bySegment = { kind: 'segment', segmentId: 'free' }
const byEvent = { kind: 'event', type: 'go' }
function who(share: number | undefined, on: Record<string, unknown>, item: InboxItem, among = people) {
  const plan = sharing(share, on)
  return among.filter((key) => turn(plan, stateOf(key), item).enrolments.length > 0)
}

describe('staged roll-out', () => {
  test('E-164 about the share comes in; a larger share holds the smaller; all of it is everybody', () => {
    const one = who(0.01, byEvent, go)
    const ten = new Set(who(0.1, byEvent, go))
    expect(one.length).toBeGreaterThan(8)
    expect(one.length).toBeLessThan(35)
    expect(ten.size).toBeGreaterThan(150)
    expect(ten.size).toBeLessThan(250)
    expect(one.filter((it) => !ten.has(it))).toEqual([])
    const some = people.slice(0, 100)
    expect(who(1, byEvent, go, some)).toEqual(some)
    expect(who(undefined, byEvent, go, some)).toEqual(some)
    expect(who(0, byEvent, go, some)).toEqual([])
    expect([...ten].every((key) => rollOutPlace(key, 'f') < 0.1)).toBe(true)
  })

  const outside = people.find((key) => rollOutPlace(key, 'f') > 0.5) ?? ''
  const enrol = (kind: 'user' | 'key' | 'flow' | 'system'): InboxItem => ({
    kind: 'enrol',
    at: 9,
    flowId: 'f',
    node: 'in',
    key: '',
    source: { kind, id: 'x' },
  })

  test.each([
    ['a segment', bySegment, join, 0, []],
    ['an event', byEvent, go, 0, ['not-in-roll-out']],
    ['a field', { kind: 'field', field: 'plan' }, join, 0, ['not-in-roll-out']],
    ['a program', { kind: 'api' }, enrol('key'), 0, ['not-in-roll-out']],
    ['another flow', { kind: 'flow' }, enrol('flow'), 0, ['not-in-roll-out']],
    ['a hand', { kind: 'manual' }, enrol('user'), 1, []],
  ])('E-164 outside the share by %s', (_, on, item, count, refused) => {
    const result = turn(sharing(0.5, on), stateOf(outside), item)
    expect([result.enrolments.length, result.refused.map((it) => it.why)]).toEqual([count, refused])
  })

  test('E-164 who stands at the share itself is outside it: it begins at nought', () => {
    const place = rollOutPlace(outside, 'f')
    expect(turn(sharing(place, byEvent), stateOf(outside), go).enrolments).toHaveLength(0)
    expect(turn(sharing(place + 1e-9, byEvent), stateOf(outside), go).enrolments).toHaveLength(1)
  })

  test('E-164 who waits as a member comes in by the pass that a larger share starts', () => {
    const waiting = turn(sharing(0.5, bySegment), stateOf(outside), join).state
    expect(waiting.members).toEqual({ free: 9 })
    expect(turn(sharing(0.5, bySegment), waiting, enrol('system'))).toMatchObject({ enrolments: [], refused: [] })
    expect(turn(sharing(1, bySegment), waiting, enrol('system')).enrolments).toHaveLength(1)
  })
})
