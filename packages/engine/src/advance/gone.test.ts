import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import { advance, type ContactState, emptyState, type InboxItem, type Plan } from '../index.ts'

const HOUR = 3_600_000
const ida = { kind: 'user', id: 'usr_ida' } as const
const ada = emptyState(samplePerson({ key: 'ada', fields: {} }))
const graph = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'manual' } }],
    ['w', 'wait', { until: { kind: 'duration', amount: 9, unit: 'hours' } }],
    ['end', 'exit', { label: '' }],
  ],
  ['in.out>w', 'w.out>end'],
)
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]) =>
  advance(plan, state, { now, items }, { now, seed: '' })
const enrol: InboxItem = { kind: 'enrol', at: 0, flowId: 'f', node: 'in', key: '', source: ida }
const inside = turn(planOf({ f: graph }), ada, 0, enrol).state
const none = planOf({ other: graph })
const base = planOf({ f: graph })
const only = base.flows.get('f')
if (!only) throw new Error('the plan has the flow')
const plans: [string, Plan][] = [
  ['the flow', none],
  ['the version', { ...base, flows: new Map([['f', { ...only, entry: null, versions: new Map() }]]) }],
]
const of = { at: HOUR, flowId: 'f', key: '', source: ida }
const event: InboxItem = { kind: 'event', at: HOUR, event: { id: '1', type: 'go', props: {}, occurredAt: HOUR, receivedAt: HOUR } }

describe.each(plans)('%s is not in the plan', (_, plan) => {
  test('E-2 E-7 nothing happens to whoever waits there before their time, whatever else does', () => {
    expect(turn(plan, inside, HOUR).enrolments).toEqual([])
    const parked = turn(plan, inside, HOUR, event).state.enrolments[0]
    expect(parked?.vars.parked?.code).toBe('no-version')
  })

  test('E-7 who was told something there still waits for their time after a retry, and goes on when it comes', () => {
    const parked = turn(plan, inside, HOUR, event).state
    const retry: InboxItem = { kind: 'retry', ...of, at: 2 * HOUR }
    const waiting = turn(base, parked, 2 * HOUR, retry).state
    expect(waiting.enrolments[0]).toMatchObject({ dueAt: inside.enrolments[0]?.dueAt, vars: { held: [] } })
    expect(waiting.enrolments[0]?.vars.parked).toBeUndefined()
    const late = turn(base, parked, 9 * HOUR, { ...retry, at: 9 * HOUR }).enrolments
    expect(late.map((it) => it.steps.map(({ node }) => node))).toEqual(
      turn(base, inside, 9 * HOUR).enrolments.map((it) => it.steps.map(({ node }) => node)),
    )
  })

  test('E-7 at their time they stand still and it is said what to do', () => {
    const due = turn(plan, inside, 9 * HOUR).state.enrolments[0]
    expect([due?.dueAt, due?.vars.parked]).toMatchObject([null, { code: 'no-version', during: 'due', at: 9 * HOUR }])
  })

  test('E-29 by hand they are removed all the same', () => {
    expect(turn(plan, inside, HOUR, { kind: 'remove', ...of }).enrolments[0]?.ended?.how).toBe('removed')
  })

  test.each([
    { kind: 'move', ...of, node: 'end' },
    { kind: 'migrate', ...of, migration: 'm', to: 2, answers: {} },
  ] satisfies InboxItem[])('E-37 E-296 there is nowhere to put them: $kind', (item) => {
    expect(turn(plan, inside, HOUR, item).state.enrolments[0]).toMatchObject({ node: 'w', version: 1, dueAt: 9 * HOUR })
  })
})

test('E-7 E-51 a paused flow without their version keeps what comes for people whom nobody can ask now', () => {
  const flow = { ...only, state: 'paused' as const, entry: null, versions: new Map(), pauses: [{ from: 0, to: null }] }
  const paused: Plan = { ...base, flows: new Map([['f', flow]]) }
  expect(turn(paused, inside, HOUR, event).state.enrolments[0]?.vars.held).toEqual([event])
})
