import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, compiled, planOf, recompute, runInMemory, samplePerson } from '../../testing/index.ts'
import type { FlowGraph } from '../graph/schema.ts'
import {
  advance,
  buildPlan,
  type ContactState,
  type Enrolment,
  emptyState,
  type InboxItem,
  type Plan,
  type PlannedFlow,
  rehearseMigration,
} from '../index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ida = { kind: 'user', id: 'usr_ida', name: 'Ida' } as const
const ada = emptyState(
  samplePerson({ key: 'ada@example.com', zone: 'UTC', fields: { email: 'ada@example.com', zone: 'UTC' }, consent: { marketing: true } }),
)
type Answers = Extract<InboxItem, { kind: 'migrate' }>['answers']
const enrol: InboxItem = { kind: 'enrol', at: 0, flowId: 'f', node: 'in', key: '', source: ida }
const migrate = (at: number, answers: Answers = {}, over: object = {}): InboxItem => ({
  kind: 'migrate',
  at,
  flowId: 'f',
  key: '',
  migration: 'm1',
  to: 2,
  answers,
  source: ida,
  ...over,
})
const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const end = ['end', 'exit', { label: '' }] as const
const wait = (amount: number, unit = 'hours') => ['w', 'wait', { until: { kind: 'duration', amount, unit } }] as const
const line = (...nodes: Parameters<typeof buildGraph>[0]): FlowGraph => {
  const all = [first, ...nodes, end]
  const port = (type: string) => (type === 'send-email' ? 'sent' : 'out')
  return buildGraph(
    all,
    all.slice(1).flatMap((to, i) => [`${all[i]?.[0]}.${port(all[i]?.[1] ?? '')}>${to[0]}`]),
  )
}

/** The two versions side by side; people come in by the second, as after a publish. */
function planOfTwo(one: FlowGraph, two: FlowGraph, more: Partial<PlannedFlow> = {}): Plan {
  const versions = [compiled('f', one, sampleCatalog, 1), compiled('f', two, sampleCatalog, 2)] as const
  const flow: PlannedFlow = {
    flowId: 'f',
    state: 'live',
    entry: versions[1],
    versions: new Map(versions.map((it) => [it.version, it])),
    pauses: [],
    ...more,
  }
  return buildPlan({ flows: [flow], segments: [], catalog: sampleCatalog })
}

/** In by version 1 at 0; version 2 is published at `at` with the answers. */
function over(one: FlowGraph, two: FlowGraph, items: readonly InboxItem[], until = 100 * DAY) {
  const at = items[0]?.at ?? 0
  return runInMemory(
    [
      { from: -1, plan: planOf({ f: one }) },
      { from: at, plan: planOfTwo(one, two) },
    ],
    [{ state: ada, items: [enrol, ...items] }],
    until,
  )
}
const lines = (run: ReturnType<typeof over>) =>
  run.journal.map((it) => `${Date.parse(it.time) / HOUR} ${it.node}#${it.visit} ${it.port} ${it.reason.code}`)
const ended = (run: ReturnType<typeof over>) =>
  run.turns.flatMap((it) => it.result.enrolments.flatMap(({ ended }) => (ended ? [ended.how] : [])))
const mail = (id: string, templateId = 'tpl_recording') => [id, 'send-email', { templateId }] as const

describe('a new version over people in flight', () => {
  test.each([
    ['longer', 10, 15, ['4 w#1 away migrated', '15 w#1 out wait.duration']],
    ['shorter', 10, 6, ['4 w#1 away migrated', '6 w#1 out wait.duration']],
    ['over already', 10, 3, ['4 w#1 away migrated', '4 w#1 out wait.duration']],
  ])('E-291 E-292 a wait is timed from its start: %s', (_, before, after, expected) => {
    const run = over(line(wait(before)), line(wait(after)), [migrate(4 * HOUR)])
    expect(lines(run).slice(1, -1)).toEqual(expected)
    expect(run.journal[1]?.reason).toEqual({ code: 'migrated', from: 1, to: 2, migration: 'm1', answer: 'same', node: 'w', by: ida })
    for (const { reason, port } of run.journal) expect(recompute(reason)).toBe(port)
  })

  test('E-291 the same migration again does nothing, nor does one to the version they are on', () => {
    const run = over(line(wait(10)), line(wait(12)), [migrate(HOUR), migrate(2 * HOUR), migrate(3 * HOUR, {}, { migration: 'm2' })])
    expect(lines(run)).toEqual(['0 in#1 out trigger.manual', '1 w#1 away migrated', '12 w#1 out wait.duration', '12 end#1 end exit'])
  })

  test('E-290 a step inserted behind somebody does not run for them; one ahead does', () => {
    const run = over(line(wait(10)), line(mail('behind'), wait(10), mail('ahead', 'tpl_checklist')), [migrate(HOUR)])
    expect(run.journal.flatMap(({ node }) => (['behind', 'ahead'].includes(node) ? [node] : []))).toEqual(['ahead'])
  })

  test('E-292 a time of day is read again from the arrival', () => {
    const at = (time: string) => line(['w', 'wait', { until: { kind: 'time', time } }])
    expect(lines(over(at('20:00'), at('09:00'), [migrate(4 * HOUR)])).slice(1)).toEqual([
      '4 w#1 away migrated',
      '9 w#1 out wait.time-of-day',
      '9 end#1 end exit',
    ])
    expect(lines(over(at('20:00'), at('03:00'), [migrate(4 * HOUR)]))[2]).toBe('4 w#1 out wait.time-of-day')
  })

  const sales = (why: string) =>
    buildGraph(
      [first, ['h', 'hand-to-sales', { teamId: 'team_inbound', why }], end],
      ['in.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
    )

  test('E-293 a lead that is with sales is not handed over again, and its answer counts', () => {
    const accepted: InboxItem = {
      kind: 'handoff',
      at: 9 * HOUR,
      handoff: 'ada@example.com/f//1/h/1/0',
      news: { outcome: 'accepted', repId: 'r', repName: 'Mara' },
    }
    const run = over(sales('Ready'), sales('Ready now'), [migrate(HOUR), accepted])
    expect(run.turns.flatMap((it) => it.result.handoffs)).toHaveLength(1)
    expect(lines(run).slice(1)).toEqual(['1 h#1 away migrated', '9 h#1 accepted handoff.accepted', '9 end#1 end exit'])
  })

  test('E-294 who is put at a step passed before gets a new visit, and what it does happens again', () => {
    const graph = line(mail('m'), wait(10))
    const run = over(graph, line(mail('m'), ['later', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }]), [
      migrate(HOUR, { w: { do: 'go-on', node: 'm' } }),
    ])
    expect(lines(run).slice(2)).toEqual([
      '1 w#1 away migrated',
      '1 m#2 sent send.queued',
      '2 later#1 out wait.duration',
      '2 end#1 end exit',
    ])
    expect(run.turns.flatMap((it) => it.result.sends.map((send) => send.key))).toEqual([
      'ada@example.com/f//1/m/1/0',
      'ada@example.com/f//1/m/2/0',
    ])
  })

  test('E-295 who leaves ends as migrated, and what has not gone out is taken back', () => {
    const run = over(line(mail('m'), wait(10)), line(mail('m')), [migrate(HOUR, { w: { do: 'leave' } })])
    expect(lines(run)[2]).toBe('1 w#1 end migrated')
    expect(ended(run)).toEqual(['migrated'])
    expect(run.turns.flatMap((it) => it.result.withdrawn)).toEqual([{ key: 'ada@example.com/f//1/m/1/0', why: 'migrated' }])
    expect(run.journal[2] && recompute(run.journal[2].reason)).toBe('end')
  })

  test.each([
    ['nothing is said of a step that is gone', {}],
    ['they are to stay', { w: { do: 'stay' as const } }],
    ['they are to go on at a step that is not there', { w: { do: 'go-on' as const, node: 'nowhere' } }],
  ])('E-296 they go on in the old version where %s', (_, answers) => {
    const run = over(line(wait(10)), line(mail('m')), [migrate(HOUR, answers)])
    expect(lines(run).slice(1)).toEqual(['10 w#1 out wait.duration', '10 end#1 end exit'])
  })

  test('E-297 a paused flow keeps it for the resume', () => {
    const [one, two] = [line(wait(10)), line(wait(20))]
    const run = runInMemory(
      [
        { from: -1, plan: planOf({ f: one }) },
        { from: HOUR, plan: planOfTwo(one, two, { state: 'paused', pauses: [{ from: HOUR, to: null }] }) },
        { from: 3 * HOUR, plan: planOfTwo(one, two, { pauses: [{ from: HOUR, to: 3 * HOUR }] }) },
      ],
      [{ state: ada, items: [enrol, migrate(2 * HOUR)] }],
      10 * DAY,
    )
    expect(lines(run).slice(1)).toEqual(['3 w#1 away migrated', '22 w#1 out wait.duration', '22 end#1 end exit'])
  })

  test('E-297 who stands still with an error is asked again in the new version, then told what came in meanwhile', () => {
    const [one, two] = [line(wait(10)), line(wait(5))]
    const plan = planOfTwo(one, two)
    const inside = advance(planOf({ f: one }), ada, { now: 0, items: [enrol] }, { now: 0, seed: '' }).state
    const stuck = (it: Enrolment): Enrolment => ({
      ...it,
      dueAt: null,
      vars: {
        ...it.vars,
        parked: { code: 'step-failed', message: 'no', at: 0, during: 'due' },
        held: [migrate(HOUR, {}, { migration: 'm0' })],
      },
    })
    const state: ContactState = { ...inside, enrolments: inside.enrolments.map(stuck) }
    const after = advance(plan, state, { now: HOUR, items: [migrate(HOUR)] }, { now: HOUR, seed: '' })
    expect(after.state.enrolments[0]).toMatchObject({ version: 2, dueAt: 5 * HOUR })
    expect(after.state.enrolments[0]?.vars.parked).toBeUndefined()
  })

  test('E-298 the new version’s rule for leaving holds at once', () => {
    const when = { combinator: 'and' as const, rules: [{ subject: { kind: 'consent' as const, topic: 'marketing' }, op: 'is' as const }] }
    const two = { ...line(mail('m'), wait(10)), settings: { ...line(wait(1)).settings, exitWhen: when } }
    const run = over(line(wait(10)), two, [migrate(HOUR, { w: { do: 'go-on', node: 'm' } })])
    expect(lines(run).slice(1)).toEqual(['1 w#1 away migrated', '1 m#1 end exit-rule'])
    expect(run.turns.flatMap((it) => it.result.sends)).toEqual([])
  })
})

describe('taking a migration back', () => {
  const back = (at: number, over: object = {}) => migrate(at, {}, { migration: 'm2', reverts: 'm1', to: 1, ...over })

  test('E-300 the old version goes on as if nothing had been, from the same start', () => {
    const run = over(line(wait(10)), line(wait(20)), [migrate(HOUR), back(2 * HOUR)])
    expect(lines(run).slice(1)).toEqual(['1 w#1 away migrated', '2 w#1 away migrated', '10 w#1 out wait.duration', '10 end#1 end exit'])
    expect(run.journal[2]?.reason).toMatchObject({ from: 2, to: 1, reverts: 'm1', answer: 'same' })
  })

  test('E-300 who was put elsewhere comes back to the same visit', () => {
    const two = line(['x', 'wait', { until: { kind: 'duration', amount: 9, unit: 'days' } }])
    const run = over(line(wait(10)), two, [migrate(HOUR, { w: { do: 'go-on', node: 'x' } }), back(2 * HOUR)])
    expect(lines(run).slice(1)).toEqual(['1 w#1 away migrated', '2 x#1 away migrated', '10 w#1 out wait.duration', '10 end#1 end exit'])
    const cancelled = run.turns.flatMap((it) => it.result.cancelled)
    expect(cancelled).toEqual(['ada@example.com/f//1/x/1/'])
    const here = new Map<string, number>()
    for (const { node, port } of run.turns.flatMap((it) => it.result.deltas))
      here.set(node, (here.get(node) ?? 0) + (port === null ? 1 : -1))
    expect([...here.values()]).toEqual([...here.values()].map(() => 0))
  })

  test('E-291 E-300 what was taken back is not done again under its name, and taking it back is not taken back', () => {
    const again = [migrate(3 * HOUR), migrate(4 * HOUR, {}, { migration: 'm3', reverts: 'm2', to: 2 })]
    const run = over(line(wait(10)), line(wait(20)), [migrate(HOUR), back(2 * HOUR), ...again])
    expect(lines(run).slice(1)).toEqual(['1 w#1 away migrated', '2 w#1 away migrated', '10 w#1 out wait.duration', '10 end#1 end exit'])
  })

  test('E-300 it is refused once a step was taken, for another migration, and for another version', () => {
    const after = over(line(wait(10)), line(wait(2), ['w2', 'wait', { until: { kind: 'duration', amount: 9, unit: 'hours' } }]), [
      migrate(HOUR),
      back(3 * HOUR),
    ])
    expect(after.journal.filter((it) => it.reason.code === 'migrated')).toHaveLength(1)
    for (const wrong of [{ reverts: 'm7' }, { to: 3 }]) {
      const run = over(line(wait(10)), line(wait(20)), [migrate(HOUR), back(2 * HOUR, wrong)])
      expect(lines(run)[2]).toBe('20 w#1 out wait.duration')
    }
  })
})

describe('rehearsing', () => {
  test('E-301 counts what would become of people and go out at once, and keeps nothing', () => {
    const [one, two] = [line(mail('m'), wait(10)), line(mail('m'), wait(2), mail('n', 'tpl_checklist'))]
    const inside = advance(planOf({ f: one }), ada, { now: 0, items: [enrol] }, { now: 0, seed: '' }).state
    const env = { now: 4 * HOUR, seed: '' }
    const zero = { passages: 1, same: 0, goOn: 0, leave: 0, stay: 0, mails: 0, handoffs: 0, effects: 0, overdue: 0, overdueAt: {} }
    const of = (answers: Answers) => rehearseMigration(planOfTwo(one, two), [inside, ada], { flowId: 'f', to: 2, answers }, env)
    expect(of({})).toEqual({ ...zero, same: 1, overdue: 1, overdueAt: { w: 1 }, mails: 1 })
    expect(of({ w: { do: 'go-on', node: 'm' } })).toEqual({ ...zero, goOn: 1, mails: 1 })
    expect(of({ w: { do: 'leave' } })).toEqual({ ...zero, leave: 1 })
    expect(of({ w: { do: 'stay' } })).toEqual({ ...zero, stay: 1 })
  })

  test('E-301 each passage of the flow counts by itself; other flows, and who is on the new version, do not', () => {
    const [one, two] = [
      line(wait(10)),
      line(
        wait(2),
        ['note', 'notify', { to: { kind: 'user', id: 'usr_1' }, text: 'Look' }],
        ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Ready' }],
      ),
    ]
    // A hand-off has no port `out`: its way on is drawn by hand.
    const onward = { ...two, edges: two.edges.map((it) => (it.source === 'h' ? { ...it, sourceHandle: 'accepted' } : it)) }
    const loose = ['rejected', 'overflow'].map((port) => ({ id: `h.${port}`, source: 'h', sourceHandle: port, target: 'end' }))
    const [now, plan] = [4 * HOUR, planOfTwo(one, { ...onward, edges: [...onward.edges, ...loose] })]
    const enteredAt = (at: number) => advance(planOf({ f: one }), ada, { now: at, items: [{ ...enrol, at }] }, { now: at, seed: '' }).state
    const begun = enteredAt(0)
    const [[own], [second]] = [begun.enrolments, enteredAt(3 * HOUR).enrolments]
    if (!own || !second) throw new Error('nobody is inside')
    const late = { ...second, key: 'late' }
    const moved = { ...own, key: 'moved', version: 2, dueAt: 9 * HOUR }
    const state = { ...begun, enrolments: [own, late, moved, { ...own, flowId: 'g' }] }
    const told = rehearseMigration(plan, [state, ada], { flowId: 'f', to: 2, answers: {} }, { now, seed: '' })
    expect(told).toEqual({
      passages: 2,
      same: 2,
      goOn: 0,
      leave: 0,
      stay: 0,
      mails: 0,
      handoffs: 1,
      effects: 1,
      overdue: 1,
      overdueAt: { w: 1 },
    })
    const others = { ...begun, enrolments: [moved, { ...own, flowId: 'g' }] }
    expect(rehearseMigration(plan, [others], { flowId: 'f', to: 2, answers: {} }, { now, seed: '' })).toMatchObject({
      passages: 0,
      effects: 0,
    })
  })
})
