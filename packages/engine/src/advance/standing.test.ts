import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../testing/index.ts'
import { compileCondition } from '../condition/compile.ts'
import type { Condition, Rule } from '../condition/schema.ts'
import { emptyState, type InboxItem, type Plan, type PlannedFlow } from '../index.ts'
import type { CompiledGoal } from '../kind.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ida = { kind: 'user', id: 'usr_ida' } as const
const ada = emptyState(
  samplePerson({ key: 'ada@example.com', fields: { email: 'ada@example.com', zone: 'UTC' }, zone: 'UTC', consent: { marketing: true } }),
)
const enrol = (at = 0, flowId = 'f'): InboxItem => ({ kind: 'enrol', at, flowId, node: 'in', key: '', source: ida })
const event = (at: number, type: string): InboxItem => ({
  kind: 'event',
  at,
  event: { id: `${type}${at}`, type, props: {}, occurredAt: at, receivedAt: at },
})

const all = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const did = (type: string): Rule => ({ subject: { kind: 'event', type, where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 })
const recently = (type: string, days: number): Rule => ({
  subject: { kind: 'event', type, where: [], window: { kind: 'days', days } },
  op: 'ge',
  value: 1,
})

const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const wait = (id: string, amount: number, unit: string) => [id, 'wait', { until: { kind: 'duration', amount, unit } }] as const
const end = (id: string) => [id, 'exit', { label: id }] as const

/** Two waits in a row, then an end; a second end stands apart, for whoever is put there. */
const graph = (settings: object = {}) =>
  buildGraph(
    [first, wait('w1', 2, 'days'), wait('w2', 5, 'days'), end('end'), end('bought')],
    ['in.out>w1', 'w1.out>w2', 'w2.out>end'],
    settings,
  )

/** The plan with goals put at nodes, as the kind of goal puts them. */
function withGoals(plan: Plan, goals: readonly [node: string, then: CompiledGoal['then'], when: Condition][]): Plan {
  const ready = goals.map(([node, then, when]) => {
    const compiled = compileCondition(when, sampleCatalog)
    if (!('ok' in compiled)) throw new Error(compiled.issues.map((it) => it.say).join(' '))
    return { node, goal: { when: compiled.ok, then } }
  })
  const flows = new Map(
    [...plan.flows].map(([id, flow]): [string, PlannedFlow] => {
      const versions = new Map([...flow.versions].map(([n, version]) => [n, { ...version, goals: ready }]))
      return [id, { ...flow, versions, entry: flow.entry && { ...flow.entry, goals: ready } }]
    }),
  )
  return { ...plan, flows }
}

const play = (plan: Plan, items: InboxItem[], until = 100 * DAY) => {
  const run = runInMemory(plan, [{ state: ada, items }], until)
  for (const { reason, port } of run.journal) expect(recompute(reason)).toBe(port)
  return { ...run, steps: run.journal.map(({ node, port, reason, time }) => [node, port, reason.code, (Date.parse(time) / HOUR) | 0]) }
}

describe('goals', () => {
  test('E-32 E-33 a goal that leaves ends the passage wherever the person stands', () => {
    const plan = withGoals(planOf({ f: graph() }), [['bought', 'leave', all(did('Order'))]])
    const run = play(plan, [enrol(), event(3 * DAY, 'Order')])
    expect(run.steps).toEqual([
      ['in', 'out', 'trigger.manual', 0],
      ['w1', 'out', 'wait.duration', 48],
      ['w2', 'end', 'goal.reached', 72],
    ])
    expect(run.contacts[0]?.enrolments).toEqual([])
    expect(run.turns.flatMap((it) => it.result.enrolments).find((it) => it.ended)?.ended?.how).toBe('reached')
  })

  test('E-33 a goal that jumps puts the person at its node, by the way `away`; E-32 only once', () => {
    const back = buildGraph(
      [first, wait('w1', 2, 'days'), wait('bought', 1, 'days'), wait('w2', 5, 'days'), end('end')],
      ['in.out>w1', 'w1.out>w2', 'bought.out>w2', 'w2.out>end'],
    )
    const plan = withGoals(planOf({ f: back }), [['bought', 'jump', all(did('Order'))]])
    const run = play(plan, [enrol(), event(DAY, 'Order'), event(3 * DAY, 'Order')])
    expect(run.steps).toEqual([
      ['in', 'out', 'trigger.manual', 0],
      ['w1', 'away', 'goal.reached', 24],
      ['bought', 'out', 'wait.duration', 48],
      ['w2', 'out', 'wait.duration', 168],
      ['end', 'end', 'exit', 168],
    ])
  })

  test('E-32 a goal whose node was passed already lies behind', () => {
    const plan = withGoals(planOf({ f: graph() }), [['w1', 'jump', all(did('Order'))]])
    expect(play(plan, [enrol(), event(3 * DAY, 'Order')]).steps.map(([node, port]) => `${node} ${port}`)).toEqual([
      'in out',
      'w1 out',
      'w2 out',
      'end end',
    ])
  })

  test('E-34 a goal comes before the rule for leaving, and the first goal by node id before another', () => {
    const plan = withGoals(
      planOf({ f: graph({ exitWhen: all(did('Order')) }) }),
      [
        ['end', 'leave', all(did('Order'))],
        ['bought', 'jump', all(did('Order'))],
      ].sort(([a = ''], [b = '']) => String(a).localeCompare(String(b))) as never,
    )
    expect(play(plan, [enrol(), event(DAY, 'Order')]).steps).toEqual([
      ['in', 'out', 'trigger.manual', 0],
      ['w1', 'away', 'goal.reached', 24],
      ['bought', 'end', 'exit', 24],
    ])
  })

  test('E-32 E-15 a goal that is true on the way is reached between two steps, before a mail is sent', () => {
    const mail = buildGraph(
      [
        first,
        ['add', 'score', { dimension: 'engagement', points: 50, rule: 'r' }],
        ['mail', 'send-email', { templateId: 'tpl_welcome' }],
        end('end'),
      ],
      ['in.out>add', 'add.out>mail', 'mail.sent>end'],
    )
    const hot = all({ subject: { kind: 'score', dimension: 'engagement' }, op: 'ge', value: 50 })
    const known = { ...sampleCatalog, templates: [{ id: 'tpl_welcome', name: 'Welcome', purpose: 'marketing' as const }] }
    const plan = withGoals(planOf({ f: mail }, [], known), [['end', 'leave', hot]])
    const run = play(plan, [enrol()])
    expect(run.steps.map(([node, port]) => `${node} ${port}`)).toEqual(['in out', 'add out', 'mail end'])
    expect(run.contacts[0]?.sends).toEqual([])
  })
})

describe('the rule for leaving', () => {
  test('E-35 ends the passage as soon as it is true', () => {
    const run = play(planOf({ f: graph({ exitWhen: all(did('Order')) }) }), [enrol(), event(3 * DAY, 'Order')])
    expect(run.steps.at(-1)).toEqual(['w2', 'end', 'exit-rule', 72])
  })

  test('E-36 time alone may make it true: nobody who was active for three days', () => {
    const quiet: Condition = { combinator: 'and', not: true, rules: [recently('page', 3)] }
    const plan = planOf({ f: graph({ exitWhen: quiet }) })
    const run = play(plan, [event(0, 'page'), enrol(0), event(4 * HOUR, 'page')])
    // The last visit at 04:00 stops counting at 76 h; the first wait ended at 48 h in between as it would have.
    expect(run.steps).toEqual([
      ['in', 'out', 'trigger.manual', 0],
      ['w1', 'out', 'wait.duration', 48],
      ['w2', 'end', 'exit-rule', 76],
    ])
  })

  test('E-36 what is watched does not move the node’s own time', () => {
    const quiet: Condition = { combinator: 'and', not: true, rules: [recently('page', 1)] }
    const plan = planOf({ f: graph({ exitWhen: quiet }) })
    const visits = Array.from({ length: 20 }, (_, i) => event(i * 12 * HOUR, 'page'))
    const run = play(plan, [...visits.slice(0, 1), enrol(0), ...visits.slice(1)])
    expect(run.steps.map(([node, port, , hour]) => [node, port, hour])).toEqual([
      ['in', 'out', 0],
      ['w1', 'out', 48],
      ['w2', 'out', 168],
      ['end', 'end', 168],
    ])
    expect(run.turns.flatMap((it) => it.result.enrolments).some((it) => it.value.vars.watch !== undefined)).toBe(true)
  })
})

describe('put elsewhere by hand', () => {
  const move = (at: number, node: string): InboxItem => ({ kind: 'move', at, flowId: 'f', key: '', node, source: ida })

  test('E-37 the person is asked at the new step; the log says by whom', () => {
    const run = play(planOf({ f: graph() }), [enrol(), move(DAY, 'w2')])
    expect(run.steps).toEqual([
      ['in', 'out', 'trigger.manual', 0],
      ['w1', 'away', 'moved', 24],
      ['w2', 'out', 'wait.duration', 144],
      ['end', 'end', 'exit', 144],
    ])
    expect(run.journal[1]?.reason).toEqual({ code: 'moved', to: 'w2', by: ida })
  })

  test('E-37 to a step that is not there: nothing happens', () => {
    expect(play(planOf({ f: graph() }), [enrol(), move(DAY, 'nowhere')]).steps.map(([node]) => node)).toEqual(['in', 'w1', 'w2', 'end'])
  })

  test('E-37 a paused flow does it when it goes on', () => {
    const plan = (state: 'live' | 'paused') => planOf({ f: { graph: graph(), state } })
    const run = runInMemory(
      [
        { from: 0, plan: plan('live') },
        { from: HOUR, plan: plan('paused') },
        { from: 10 * HOUR, plan: plan('live') },
      ],
      [{ state: ada, items: [enrol(), move(2 * HOUR, 'bought')] }],
      100 * DAY,
    )
    expect(run.journal.map(({ node, port, time }) => [node, port, Date.parse(time) / HOUR])).toEqual([
      ['in', 'out', 0],
      ['w1', 'away', 10],
      ['bought', 'end', 10],
    ])
  })
})

describe('lists and related records', () => {
  const known = { ...sampleCatalog, segments: [...sampleCatalog.segments, { id: 'lst_vip', name: 'VIP', list: true }] }
  const joins = buildGraph([['in', 'trigger', { on: { kind: 'segment', segmentId: 'lst_vip' } }], end('end')], ['in.out>end'])
  const list = (at: number, on: boolean): InboxItem => ({ kind: 'list', at, segmentId: 'lst_vip', on, source: ida })

  test('E-39 being put on a list lets in by it, once; taken off, one is no member', () => {
    const run = play(planOf({ f: joins }, [], known), [list(0, true), list(HOUR, true), list(2 * HOUR, false)])
    expect(run.steps.map(([node]) => node)).toEqual(['in', 'end'])
    expect(run.contacts[0]?.members).toEqual({})
    expect(run.turns.map((it) => it.result.members)).toEqual([
      [{ segmentId: 'lst_vip', since: 0, recheckAt: null }],
      [],
      [{ segmentId: 'lst_vip', since: null, recheckAt: null }],
    ])
  })

  test('E-39 a related record is kept as it is now, with folded copies, by kind and id', () => {
    const related = (at: number, id: string, data: Record<string, unknown> | null): InboxItem => ({
      kind: 'related',
      at,
      of: 'purchase',
      id,
      data,
      occurredAt: at,
    })
    const run = play(planOf({ f: joins }, [], known), [
      related(0, 'b', { what: 'ÅL' }),
      related(1, 'a', {}),
      related(2, 'b', { what: 'Ål' }),
      related(3, 'a', null),
    ])
    expect(run.contacts[0]?.related).toEqual([{ kind: 'purchase', id: 'b', data: { what: 'Ål' }, folded: { what: 'ål' }, at: 2 }])
  })
})

test('E-38 a node that looks again is asked after what another flow did in the same turn', () => {
  const scoring = buildGraph(
    [first, ['add', 'score', { dimension: 'engagement', points: 50, rule: 'r' }], end('end')],
    ['in.out>add', 'add.out>end'],
  )
  const base = planOf({ a: graph(), b: scoring })
  const flow = base.flows.get('a')
  const entry = flow?.entry
  const node = entry?.nodes.get('w1')
  if (!flow || !entry || !node) throw new Error('the flow has the node')
  const looks = {
    ...node,
    again: (scope: { state: typeof ada }) =>
      scope.state.ledger.length > 0
        ? ({ do: 'leave', port: 'out', reason: { code: 'exit', label: '', finished: true } } as const)
        : undefined,
  }
  const version = { ...entry, nodes: new Map([...entry.nodes, ['w1', looks]]) }
  const plan: Plan = { ...base, flows: new Map([...base.flows, ['a', { ...flow, entry: version, versions: new Map([[1, version]]) }]]) }
  const run = runInMemory(plan, [{ state: ada, items: [enrol(0, 'a'), enrol(HOUR, 'b')] }], 2 * HOUR)
  expect(run.journal.map(({ flow: id, node: at }) => `${id} ${at}`)).toEqual(['a in', 'b in', 'a w1', 'b add', 'b end'])
  expect(run.journal.find((it) => it.node === 'w1')?.time).toBe(new Date(HOUR).toISOString())
})
