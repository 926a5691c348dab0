import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import type { Condition, Rule } from '../condition/schema.ts'
import { advance, type CompiledNode, type ContactState, emptyState, type InboxItem, type Plan } from '../index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ida = { kind: 'user', id: 'usr_ida' } as const
const ada = emptyState(samplePerson({ key: 'ada', fields: {}, zone: 'UTC' }))
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]) =>
  advance(plan, state, { now, items }, { now, seed: '' })
const event = (at: number, type: string): InboxItem => ({
  kind: 'event',
  at,
  event: { id: `${type}${at}`, type, props: {}, occurredAt: at, receivedAt: at },
})
const enrol = (at: number, flowId = 'f'): InboxItem => ({ kind: 'enrol', at, flowId, node: 'in', key: '', source: ida })
const all = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const hot: Rule = { subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 50 }
const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const end = ['end', 'exit', { label: '' }] as const
const wait = (id: string, amount: number) => [id, 'wait', { until: { kind: 'duration', amount, unit: 'days' } }] as const
const points = ['s', 'score', { dimension: 'fit', points: 50 }] as const
const goal = ['g', 'goal', { when: all(hot), reached: 'jump', ifNotYet: 'go-on' }] as const
const tell = ['n', 'notify', { to: { kind: 'user', id: 'usr_ida' }, text: 'Hot' }] as const

/** The plan with one node of a flow replaced. */
function withNode(plan: Plan, flowId: string, id: string, by: (was: CompiledNode) => CompiledNode): Plan {
  const flow = plan.flows.get(flowId)
  const was = flow?.entry?.nodes.get(id)
  if (!flow?.entry || !was) throw new Error('the flow has the step')
  const entry = { ...flow.entry, nodes: new Map([...flow.entry.nodes, [id, by(was)]]) }
  return { ...plan, flows: new Map([...plan.flows, [flowId, { ...flow, entry, versions: new Map([[1, entry]]) }]]) }
}

describe('what a turn says of a passage', () => {
  const plan = planOf({ f: buildGraph([first, wait('w', 1), wait('x', 1), end], ['in.out>w', 'w.out>x', 'x.out>end']) })

  test('E-24 it is new in the turn in which it began, and in no other', () => {
    const begun = turn(plan, ada, 0, enrol(0))
    expect(begun.enrolments.map((it) => [it.isNew, it.value.node])).toEqual([[true, 'w']])
    expect(turn(plan, begun.state, DAY).enrolments.map((it) => [it.isNew, it.value.node])).toEqual([[false, 'x']])
  })

  test('E-46 a step has a due time where its time had come, and none where something else caused it', () => {
    const inside = turn(plan, ada, 0, enrol(0)).state
    const timed = turn(plan, inside, DAY + 5)
    expect(timed.enrolments[0]?.steps.map((it) => [it.node, it.due])).toEqual([['w', DAY]])
    const replies = [{ id: 'yes', name: 'Yes', match: { kind: 'event', type: 'go', where: [] } }]
    const until = { kind: 'event', branches: replies, timeOut: { amount: 9, unit: 'days' } }
    const reply = ['w', 'wait', { v: 2, until, slot: 1 }] as const
    const answers = planOf({ f: buildGraph([first, reply, end], ['in.out>w', 'w.yes>end', 'w.time-out>end']) })
    const woken = turn(answers, turn(answers, ada, 0, enrol(0)).state, HOUR, event(HOUR, 'go'))
    expect(woken.enrolments[0]?.steps.map((it) => [it.node, it.due])).toEqual([
      ['w', null],
      ['end', null],
    ])
  })

  test('E-14 passages and memberships come in one order, however they were stored and came about', () => {
    const segments = ['c', 'a', 'b'].map((id) => ({ id, condition: all(hot) }))
    const flow = buildGraph(
      [['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: 'order' } }], wait('w', 1), points, end],
      ['in.out>w', 'w.out>s', 's.out>end'],
    )
    const flows = planOf({ b: flow, c: flow, a: flow }, segments)
    const go = (order: string): InboxItem => ({
      kind: 'event',
      at: 0,
      event: { id: order, type: 'go', props: { order }, occurredAt: 0, receivedAt: 0 },
    })
    const began = turn(flows, ada, 0, go('y'), go('z'), go('x'))
    const places = ['a x', 'a y', 'a z', 'b x', 'b y', 'b z', 'c x', 'c y', 'c z']
    expect(began.state.enrolments.map((it) => `${it.flowId} ${it.key}`)).toEqual(places)
    for (const shuffle of [1, 4, 7]) {
      const enrolments = began.state.enrolments
        .map((_, i, list) => list[(i * shuffle + 5) % list.length] ?? list[0])
        .flatMap((it) => it ?? [])
      const after = turn(flows, { ...began.state, enrolments }, DAY)
      expect(after.ledger.map((it) => it.key.split('/').slice(1, 3).join(' '))).toEqual(places)
      expect(after.enrolments.map(({ value }) => `${value.flowId} ${value.key}`)).toEqual(places)
      expect(after.members.map((it) => it.segmentId)).toEqual(['a', 'b', 'c'])
    }
  })

  test('E-93 whoever is on the version that takes people in goes on by it, also where it is not listed among the older ones', () => {
    const flow = plan.flows.get('f')
    if (!flow) throw new Error('the plan has the flow')
    const alone: Plan = { ...plan, flows: new Map([['f', { ...flow, versions: new Map() }]]) }
    expect(turn(alone, turn(alone, ada, 0, enrol(0)).state, DAY).state.enrolments[0]?.node).toBe('x')
  })
})

describe('what stands still says why', () => {
  const plan = planOf({ f: buildGraph([first, wait('w', 1), end], ['in.out>w', 'w.out>end']) })
  const inside = turn(plan, ada, 0, enrol(0)).state

  test.each([
    [{ node: 'gone' }, 'no-node', 'There is no step gone (version 1).'],
    [{ version: 7 }, 'no-version', 'There is no such version (version 7).'],
  ])('E-7 %o', (over, code, says) => {
    const lost = { ...inside, enrolments: inside.enrolments.map((it) => ({ ...it, ...over })) }
    const parked = turn(plan, lost, DAY).state.enrolments[0]?.vars.parked
    expect(parked?.code).toBe(code)
    expect(parked?.message).toContain(says)
  })

  test('E-7 E-13 a step that throws takes back what it changed, and no more: who became a member before it is told', () => {
    const segments = [{ id: 'free', condition: all({ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'free' }) }]
    const flow = buildGraph(
      [['in', 'trigger', { on: { kind: 'segment', segmentId: 'free' } }], wait('w', 1), end],
      ['in.out>w', 'w.out>end'],
    )
    const explode = () => {
      throw new Error('boom')
    }
    const broken = withNode(planOf({ f: flow }, segments), 'f', 'w', (was) => ({ ...was, enter: explode }))
    const set: InboxItem = { kind: 'fields', at: 0, set: { plan: 'free' }, source: ida }
    const result = turn(broken, ada, 0, set)
    expect(result.enrolments[0]?.value.vars.parked?.message).toBe('boom')
    expect(result.members).toEqual([{ segmentId: 'free', since: 0, recheckAt: null }])
  })
})

describe('a goal that a step makes true', () => {
  const earns = buildGraph([first, points, wait('w', 1), goal, tell, end], ['in.out>s', 's.out>w', 'w.out>end', 'g.reached>n', 'n.out>end'])
  const waits = buildGraph([first, wait('w', 9), goal, tell, end], ['in.out>w', 'w.out>end', 'g.reached>n', 'n.out>end'])

  test('E-15 E-33 E-6 whoever took the step is put there and does what follows once', () => {
    const result = turn(planOf({ f: earns }), ada, 0, enrol(0))
    expect(result.enrolments[0]?.steps.map((it) => `${it.node} ${it.port}`)).toEqual([
      'in out',
      's out',
      'w away',
      'g reached',
      'n out',
      'end end',
    ])
    expect(result.effects).toHaveLength(1)
  })

  test('E-15 E-33 so is everybody else of theirs, in the same turn', () => {
    const plan = planOf({ a: waits, f: earns, z: waits })
    const before = turn(plan, ada, 0, enrol(0, 'a'), enrol(0, 'z')).state
    const after = turn(plan, before, HOUR, enrol(HOUR))
    expect(after.enrolments.map((it) => [it.value.flowId, it.ended?.how])).toEqual([
      ['a', 'finished'],
      ['f', 'finished'],
      ['z', 'finished'],
    ])
    expect(after.effects).toHaveLength(3)
  })
})

describe('E-38 who is not asked again at a change', () => {
  const graph = buildGraph([first, wait('w', 9), end], ['in.out>w', 'w.out>end'])
  const looks = (plan: Plan) =>
    withNode(plan, 'f', 'w', (was) => ({
      ...was,
      again: () => ({ do: 'leave', port: 'out', reason: { code: 'exit', label: '', finished: true } }),
    }))
  const inside = turn(planOf({ f: graph }), ada, 0, enrol(0)).state

  test('who stands still with an error, or in a paused flow', () => {
    expect(turn(looks(planOf({ f: graph })), inside, HOUR).state.enrolments).toEqual([])
    const parked = { code: 'step-failed', message: 'no', at: 0, during: 'due' } as const
    const stuck = { ...inside, enrolments: inside.enrolments.map((it) => ({ ...it, dueAt: null, vars: { ...it.vars, parked } })) }
    expect(turn(looks(planOf({ f: graph })), stuck, HOUR).enrolments).toEqual([])
    const paused = looks(planOf({ f: { graph, state: 'paused', pauses: [{ from: 0, to: null }] } }))
    expect(turn(paused, inside, HOUR).enrolments).toEqual([])
  })
})

describe('what others may ask of a passage', () => {
  const known = { ...sampleCatalog, flows: [{ id: 'f', name: 'F', version: 1, startable: false }] }
  const within = [{ id: 'in-f', condition: all({ subject: { kind: 'passage', flowId: 'f', is: 'now' }, op: 'is' }) }]
  const graph = buildGraph([first, wait('w', 1), points, end], ['in.out>w', 'w.out>s', 's.out>end'])

  test.each([
    ['ended', (plan: Plan) => plan],
    [
      'came to where no way leads on',
      (plan: Plan): Plan => {
        const flow = plan.flows.get('f')
        if (!flow?.entry) throw new Error('the plan has the flow')
        const entry = { ...flow.entry, next: new Map([...flow.entry.next].filter(([from]) => from !== 's')) }
        return { ...plan, flows: new Map([['f', { ...flow, entry, versions: new Map([[1, entry]]) }]]) }
      },
    ],
  ])('E-13 a segment of those in the flow loses whoever %s', (_, made) => {
    const plan = made(planOf({ f: graph }, within, known))
    const inside = turn(plan, ada, 0, enrol(0))
    expect(inside.state.members).toEqual({ 'in-f': 0 })
    const after = turn(plan, inside.state, DAY)
    expect(after.state.members).toEqual({})
    expect(after.enrolments[0]?.steps.at(-1)?.port).toBe('end')
  })

  test('E-5 ways taken are counted where a condition asks for them, each by itself', () => {
    const taken = (value: number) => all({ subject: { kind: 'journey', node: 'x', port: 'out' }, op: 'ge', value })
    const twice = { cases: [{ id: 'yes', name: 'Twice', when: taken(2) }] }
    const loop = buildGraph(
      [first, wait('w', 1), wait('x', 1), ['b', 'branch', twice], end],
      ['in.out>w', 'w.out>x', 'x.out>b', 'b.yes>end', 'b.otherwise>x'],
    )
    const plan = planOf({ f: loop })
    const states = [turn(plan, ada, 0, enrol(0))]
    for (let day = 1; day <= 3; day++) states.push(turn(plan, states.at(-1)?.state ?? ada, day * DAY))
    expect(states.map((it) => it.state.enrolments[0]?.vars.took)).toEqual([undefined, undefined, { 'x/out': 1 }, undefined])
    expect(states.at(-1)?.enrolments.map((it) => [it.value.vars.took, it.ended?.how])).toEqual([[{ 'x/out': 2 }, 'finished']])
  })
})
