import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import { advance, type ContactState, type Enrolment, emptyState, type InboxItem, type Plan } from '../index.ts'

const HOUR = 3_600_000
const ida = { kind: 'user', id: 'usr_ida' } as const
const ada = emptyState(samplePerson({ key: 'ada', fields: {} }))
const graph = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: 'order' } }],
    ['w', 'wait', { until: { kind: 'duration', amount: 9, unit: 'hours' } }],
    ['later', 'wait', { until: { kind: 'duration', amount: 9, unit: 'hours' } }],
    ['end', 'exit', { label: '' }],
  ],
  ['in.out>w', 'w.out>later', 'later.out>end'],
)
const go = (order: string): InboxItem => ({
  kind: 'event',
  at: 0,
  event: { id: order, type: 'go', props: { order }, occurredAt: 0, receivedAt: 0 },
})
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]) =>
  advance(plan, state, { now, items }, { now, seed: '' })
const versions = (flowId: string): Plan['flows'] => {
  const flow = planOf({ [flowId]: graph }).flows.get(flowId)
  if (!flow?.entry) throw new Error('the flow has a version')
  const two = { ...flow.entry, version: 2 }
  return new Map([[flowId, { ...flow, entry: two, versions: new Map([...flow.versions, [2, two]]) }]])
}
const plain = planOf({ f: graph, g: graph })
const plan: Plan = { ...plain, flows: new Map([...versions('f'), ...versions('g')]) }
/** In two flows, in each with two orders. */
const inside = turn(plain, ada, 0, go('A'), go('B')).state
const place = ({ flowId, key }: Pick<Enrolment, 'flowId' | 'key'>) => `${flowId} ${key}`
const parked = { code: 'step-failed', message: 'no', at: 0, during: 'enter' } as const
const stuck: ContactState = {
  ...inside,
  enrolments: inside.enrolments.map((it) => ({ ...it, dueAt: null, vars: { ...it.vars, parked } })),
}
const at = { at: HOUR, flowId: 'f', key: 'A', source: ida }

describe('what is meant for one passage', () => {
  test('there are two flows, and in each a passage for either order', () => {
    expect(inside.enrolments.map(place)).toEqual(['f A', 'f B', 'g A', 'g B'])
  })

  test.each([
    ['E-29', 'removed by hand', { kind: 'remove', ...at }],
    ['E-37', 'put at another step', { kind: 'move', ...at, node: 'later' }],
    ['E-291', 'put on another version', { kind: 'migrate', ...at, migration: 'm', to: 2, answers: {} }],
  ] satisfies [string, string, InboxItem][])('%s %s: nobody else of the same flow or the same object', (_rule, _what, item) => {
    expect(turn(plan, inside, HOUR, item).enrolments.map(({ value }) => place(value))).toEqual(['f A'])
  })

  test('E-7 tried again: nobody else who stands still', () => {
    const after = turn(plan, stuck, HOUR, { kind: 'retry', ...at })
    expect(after.enrolments.map(({ value }) => place(value))).toEqual(['f A'])
    expect(after.state.enrolments.flatMap((it) => (it.vars.parked ? [place(it)] : []))).toEqual(['f B', 'g A', 'g B'])
  })

  test('E-7 E-24 coming again by hand does not try the step again', () => {
    const again = turn(plan, stuck, HOUR, { kind: 'enrol', ...at, node: 'in' })
    expect(again.refused.map((it) => it.why)).toEqual(['inside'])
    expect(again.enrolments).toEqual([])
  })
})
