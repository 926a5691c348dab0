import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, compiled, planOf, samplePerson } from '../../testing/index.ts'
import type { Condition, Rule } from '../condition/schema.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { advance, buildPlan, type ContactState, emptyState, type InboxItem, type Plan, type PlannedFlow } from '../index.ts'

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
const of = { flowId: 'f', key: '', source: ida }
const enrol: InboxItem = { kind: 'enrol', at: 0, node: 'in', ...of }
const all = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const did = (type: string): Rule => ({ subject: { kind: 'event', type, where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 })
const quietFor = (days: number): Condition => ({
  combinator: 'and',
  not: true,
  rules: [{ subject: { kind: 'event', type: 'page', where: [], window: { kind: 'days', days } }, op: 'ge', value: 1 }],
})
const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const end = ['end', 'exit', { label: '' }] as const
const wait = (id: string, days: number) => [id, 'wait', { until: { kind: 'duration', amount: days, unit: 'days' } }] as const
const sales = ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Ready' }] as const
const reply = [
  'w',
  'wait',
  {
    v: 2,
    until: {
      kind: 'event',
      branches: [{ id: 'yes', name: 'Yes', match: { kind: 'event', type: 'go', where: [] } }],
      timeOut: { amount: 9, unit: 'days' },
    },
    slot: 1,
  },
] as const
const waiting = (settings: object = {}) =>
  buildGraph([first, wait('w', 9), wait('later', 9), end], ['in.out>w', 'w.out>later', 'later.out>end'], settings)
const answering = buildGraph([first, reply, wait('later', 9), end], ['in.out>w', 'w.yes>later', 'w.time-out>end', 'later.out>end'])
const withSales = (settings: object = {}) =>
  buildGraph([first, sales, end], ['in.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'], settings)
const paused = (graph: FlowGraph, from = 0) => planOf({ f: { graph, state: 'paused', pauses: [{ from, to: null }] } })
const parked = (state: ContactState, during: 'enter' | 'due' | 'wake' = 'enter'): ContactState => ({
  ...state,
  enrolments: state.enrolments.map((it) => ({
    ...it,
    dueAt: null,
    vars: { ...it.vars, parked: { code: 'step-failed', message: 'no', at: 0, during } },
  })),
})

describe('a turn in which nothing follows changes nothing', () => {
  const held = turn(paused(answering), turn(planOf({ f: answering }), ada, 0, enrol).state, HOUR, event(HOUR, 'go')).state
  const stuck = turn(planOf({ f: answering }), parked(turn(planOf({ f: answering }), ada, 0, enrol).state), HOUR, event(HOUR, 'go')).state
  const watched = waiting({ exitWhen: quietFor(3) })
  const inWatched = turn(planOf({ f: watched }), { ...ada, events: [] }, 0, event(0, 'page'), enrol).state

  test.each([
    ['E-51', 'in a paused flow that holds something', paused(answering), held, 1],
    ['E-7', 'at a step that failed, with something held', planOf({ f: answering }), stuck, 1],
    ['E-36', 'where a rule for leaving is watched', planOf({ f: watched }), inWatched, 0],
  ])('%s %s', (_rule, _what, plan, state, holds) => {
    expect(state.enrolments[0]?.vars.held).toHaveLength(holds)
    const later = turn(plan, state, 2 * HOUR, event(2 * HOUR, 'noise'))
    expect(later.enrolments).toEqual([])
    expect(later.state.enrolments).toEqual(state.enrolments)
  })

  test('E-51 at a step that waits for nothing that happens, a paused flow holds no events', () => {
    const inside = turn(planOf({ f: waiting() }), ada, 0, enrol).state
    expect(turn(paused(waiting()), inside, HOUR, event(HOUR, 'go')).enrolments).toEqual([])
  })
})

describe('what a paused flow keeps for somebody who stands still', () => {
  const two = (state: PlannedFlow['state'], pauses: PlannedFlow['pauses'] = []): Plan => {
    const versions = [compiled('f', answering, sampleCatalog, 1), compiled('f', answering, sampleCatalog, 2)] as const
    const flow: PlannedFlow = { flowId: 'f', state, entry: versions[1], versions: new Map(versions.map((it) => [it.version, it])), pauses }
    return buildPlan({ flows: [flow], segments: [], catalog: sampleCatalog })
  }
  const stuck = parked(turn(two('live'), ada, 0, enrol).state)
  const reached: Record<string, { item: InboxItem; after: object }> = {
    'tried again': { item: { kind: 'retry', at: HOUR, ...of }, after: { node: 'later', version: 2 } },
    'put elsewhere': { item: { kind: 'move', at: HOUR, node: 'later', ...of }, after: { node: 'later', version: 2 } },
    'put on another version': { item: { kind: 'migrate', at: HOUR, migration: 'm', to: 1, answers: {}, ...of }, after: { version: 1 } },
  }

  test.each(Object.entries(reached))('E-7 E-37 E-297 at the resume they are %s', (_, { item, after }) => {
    const during = turn(two('paused', [{ from: 0, to: null }]), stuck, HOUR, event(HOUR, 'go'), item).state
    expect(during.enrolments[0]?.vars).toMatchObject({ parked: { code: 'step-failed' }, held: [{ kind: 'event' }, { kind: item.kind }] })
    const later = turn(two('live'), during, 2 * HOUR).state.enrolments[0]
    expect(later).toMatchObject(after)
    expect(later?.vars.parked).toBeUndefined()
    expect(later?.vars.held).toEqual([])
  })
})

describe('what is asked again by a retry', () => {
  const inside = turn(planOf({ f: answering }), ada, 0, enrol).state

  test('E-7 whoever stood still as their time came is asked about their time: their wait does not begin anew', () => {
    const plan = planOf({ f: waiting() })
    const stuck = parked(turn(plan, ada, 0, enrol).state, 'due')
    expect(turn(plan, stuck, 10 * DAY, { kind: 'retry', at: 10 * DAY, ...of }).enrolments[0]?.steps[0]).toMatchObject({
      node: 'w',
      port: 'out',
    })
  })

  test('E-7 whoever stood still as they were told of something is told again, and not asked about a time that has not come', () => {
    const plan = planOf({ f: answering })
    const flow = plan.flows.get('f')
    const node = flow?.entry?.nodes.get('w')
    if (!flow?.entry || !node) throw new Error('the flow has the step')
    const late = () => ({ do: 'leave', port: 'time-out', reason: { code: 'exit', label: '', finished: true } }) as const
    const entry = { ...flow.entry, nodes: new Map([...flow.entry.nodes, ['w', { ...node, due: late }]]) }
    const eager: Plan = { ...plan, flows: new Map([['f', { ...flow, entry, versions: new Map([[1, entry]]) }]]) }
    const stuck = parked(inside, 'wake')
    const told: ContactState = {
      ...stuck,
      events: [{ id: 'go1', type: 'go', props: {}, occurredAt: HOUR, receivedAt: HOUR }],
      enrolments: stuck.enrolments.map((it) => ({ ...it, vars: { ...it.vars, held: [event(HOUR, 'go')] } })),
    }
    expect(turn(eager, told, 2 * HOUR, { kind: 'retry', at: 2 * HOUR, ...of }).enrolments[0]?.steps[0]).toMatchObject({
      node: 'w',
      port: 'yes',
    })
  })
})

describe('whom goals and rules for leaving do not move', () => {
  const goal = ['g', 'goal', { when: all(did('order')), reached: 'jump', ifNotYet: 'go-on' }] as const
  const withGoal = buildGraph([first, wait('w', 9), goal, end], ['in.out>w', 'w.out>end', 'g.reached>end'])
  const leaving = waiting({ exitWhen: all(did('order')) })

  test.each([
    ['a goal', withGoal, 'reached'],
    ['a rule for leaving', leaving, 'exit-rule'],
  ])('E-15 E-36 %s moves nobody in a paused flow, and at the resume it does', (_, graph, _how) => {
    const inside = turn(planOf({ f: graph }), ada, 0, enrol).state
    const during = turn(paused(graph), inside, HOUR, event(HOUR, 'order'))
    expect(during.enrolments).toEqual([])
    expect(turn(planOf({ f: graph }), during.state, 2 * HOUR).state.enrolments).toEqual([])
  })

  test.each([
    ['a goal', withGoal],
    ['a rule for leaving', leaving],
  ])('E-15 E-7 %s moves nobody who stands still with an error', (_, graph) => {
    const stuck = parked(turn(planOf({ f: graph }), ada, 0, enrol).state)
    expect(turn(planOf({ f: graph }), stuck, HOUR, event(HOUR, 'order')).enrolments).toEqual([])
  })

  test('E-32 what is reached is kept with the passage, once', () => {
    const on = buildGraph([first, wait('w', 9), goal, wait('later', 9), end], ['in.out>w', 'w.out>end', 'g.reached>later', 'later.out>end'])
    const inside = turn(planOf({ f: on }), ada, 0, enrol).state
    expect(turn(planOf({ f: on }), inside, HOUR, event(HOUR, 'order')).state.enrolments[0]?.vars.goals).toEqual(['g'])
  })

  test('E-33 E-35 a mail that has not gone out is taken back, and it is said by what; so the passage ends', () => {
    const mail = ['m', 'send-email', { templateId: 'tpl_recording' }] as const
    const reader = emptyState(samplePerson({ key: 'ada', fields: { email: 'ada@example.com' }, consent: { marketing: true } }))
    const jump = buildGraph(
      [first, mail, wait('w', 9), goal, wait('later', 9), end],
      ['in.out>m', 'm.sent>w', 'w.out>end', 'g.reached>later', 'later.out>end'],
    )
    const rule = buildGraph([first, mail, wait('w', 9), end], ['in.out>m', 'm.sent>w', 'w.out>end'], { exitWhen: all(did('order')) })
    const after = (graph: FlowGraph) => {
      const inside = turn(planOf({ f: graph }), reader, 0, enrol).state
      const { withdrawn, enrolments } = turn(planOf({ f: graph }), inside, HOUR, event(HOUR, 'order'))
      return [withdrawn.map((it) => it.why), enrolments.map((it) => it.ended?.how ?? it.value.node)]
    }
    expect(after(jump)).toEqual([['reached'], ['later']])
    expect(after(rule)).toEqual([['exit-rule'], ['exit-rule']])
  })
})

describe('E-36 when time alone may move somebody', () => {
  const goal = (days: number) => ['g', 'goal', { when: quietFor(days), reached: 'jump', ifNotYet: 'go-on' }] as const
  const dues = (graph: FlowGraph) => {
    const inside = turn(planOf({ f: graph }), ada, 0, event(0, 'page'), enrol).state.enrolments[0]
    return [inside?.node, inside?.dueAt, inside?.vars.watch?.due]
  }
  /** The visit at 0 is no longer within three days one millisecond after; the slot is the next minute. */
  const quietAt = (days: number) => days * DAY

  test('a goal ahead is looked at again at that instant, the step’s own time is kept', () => {
    expect(dues(buildGraph([first, wait('w', 9), goal(3), end], ['in.out>w', 'w.out>end', 'g.reached>end']))).toEqual([
      'w',
      quietAt(3),
      9 * DAY,
    ])
  })

  test('of a goal and a rule for leaving, the earlier counts', () => {
    const both = (goalDays: number, ruleDays: number) =>
      buildGraph([first, wait('w', 9), goal(goalDays), end], ['in.out>w', 'w.out>end', 'g.reached>end'], { exitWhen: quietFor(ruleDays) })
    expect(dues(both(5, 3))).toEqual(['w', quietAt(3), 9 * DAY])
    expect(dues(both(3, 5))).toEqual(['w', quietAt(3), 9 * DAY])
  })

  test('also of somebody whom only an answer lets go on', () => {
    expect(dues(withSales({ exitWhen: quietFor(3) }))).toEqual(['h', quietAt(3), null])
  })

  test('not where the step’s own time comes first, nor where no time makes it true', () => {
    expect(dues(waiting({ exitWhen: quietFor(30) }))).toEqual(['w', 9 * DAY, undefined])
    expect(dues(waiting({ exitWhen: all(did('order')) }))).toEqual(['w', 9 * DAY, undefined])
  })

  test('not for a goal that lies behind', () => {
    const behind = buildGraph([first, goal(3), wait('w', 9), end], ['in.out>g', 'g.reached>w', 'g.not-reached>w', 'w.out>end'])
    expect(dues(behind)).toEqual(['w', 9 * DAY, undefined])
  })

  test('nor for somebody who stands still, or in a paused flow', () => {
    const graph = waiting({ exitWhen: quietFor(3) })
    const inside = turn(planOf({ f: graph }), ada, 0, event(0, 'page'), enrol).state
    const still = parked({ ...inside, enrolments: inside.enrolments.map(({ vars: { watch: _, ...vars }, ...it }) => ({ ...it, vars })) })
    expect(turn(planOf({ f: graph }), still, HOUR).enrolments).toEqual([])
    const asleep = {
      ...inside,
      enrolments: inside.enrolments.map(({ vars: { watch: _, ...vars }, ...it }) => ({ ...it, dueAt: 9 * DAY, vars })),
    }
    expect(turn(paused(graph), asleep, HOUR).enrolments).toEqual([])
  })
})

describe('order and history', () => {
  test('E-18 segments that time changes at once are looked at in the order of their ids, however they are stored', () => {
    const segments = ['a', 'b'].map((id) => ({ id, condition: quietFor(3) }))
    const joins = (id: string) => buildGraph([['in', 'trigger', { on: { kind: 'segment', segmentId: id } }], end], ['in.out>end'])
    const plan = planOf({ x: joins('b'), y: joins('a') }, segments)
    const before = turn(plan, ada, 0, event(0, 'page')).state
    expect(Object.keys(before.rechecks).sort()).toEqual(['a', 'b'])
    const order = (ids: string[]) => {
      const rechecks = Object.fromEntries(ids.map((id) => [id, before.rechecks[id] ?? 0]))
      return turn(plan, { ...before, rechecks }, 4 * DAY).deltas.flatMap((it) => (it.port === null ? [] : [it.flowId]))
    }
    expect(order(['b', 'a'])).toEqual(['y', 'y', 'x', 'x'])
    expect(order(['a', 'b'])).toEqual(['y', 'y', 'x', 'x'])
  })

  test('E-19 an event of this turn that is stored already does not hide what happened before it', () => {
    const stored: ContactState = {
      ...ada,
      events: [
        { id: 'old', type: 'page', props: {}, occurredAt: 0, receivedAt: 0 },
        { id: 'go9', type: 'go', props: {}, occurredAt: 9, receivedAt: 9 },
      ],
    }
    const run = turn(planOf({ f: waiting() }), stored, 9, event(9, 'go'))
    expect(run.state.events.map((it) => it.id)).toEqual(['old', 'go9'])
  })
})
