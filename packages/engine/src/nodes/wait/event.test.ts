import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../../testing/index.ts'
import {
  advance,
  type ContactEvent,
  type ContactState,
  emptyState,
  type FlowSettings,
  type InboxItem,
  type JournalLine,
} from '../../index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A Wednesday, 09:00 in Berlin. */
const T0 = Date.UTC(2026, 2, 4, 8)
const ada = emptyState(
  samplePerson({ key: 'ada@example.com', zone: 'Europe/Berlin', fields: { email: 'ada@example.com', zone: 'Europe/Berlin' } }),
)

let made = 0
/** Something that happens `at` minutes after T0 and arrives `received` minutes after it. */
const event = (type: string, at: number, more: Partial<ContactEvent> & { received?: number } = {}): InboxItem => {
  const { received = at, ...rest } = more
  const times = { occurredAt: T0 + at * MINUTE, receivedAt: T0 + received * MINUTE }
  return { kind: 'event', at: times.receivedAt, event: { id: `${type}-${at}-${++made}`, type, props: {}, ...times, ...rest } }
}
const set = (at: number, plan: string | null): InboxItem => ({
  kind: 'fields',
  at: T0 + at * MINUTE,
  set: { plan },
  source: { kind: 'key', id: 'k' },
})
const on = (id: string, type: string, where: unknown[] = []) => ({ id, name: '', match: { kind: 'event', type, where } })
const when = (id: string, ...rules: unknown[]) => ({ id, name: '', match: { kind: 'condition', when: { combinator: 'and', rules } } })
const onPlan = (value: string) => ({ subject: { kind: 'field', key: 'plan' }, op: 'is', value })
const seenPage = { subject: { kind: 'event', type: 'page', where: [], window: { kind: 'days', days: 1 } }, op: 'is', value: 0 }
const hour = { amount: 1, unit: 'hours' }

/** Comes in by `go`, waits, leaves. */
function flow(branches: { id: string }[], more: Record<string, unknown> = {}, settings: Partial<FlowSettings> = {}, slot = 1) {
  const until = { kind: 'event', branches, timeOut: hour, ...more }
  const ways = [...branches.map((it) => it.id), ...(until.timeOut === null ? [] : ['time-out'])]
  return buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null, historic: false } }],
      ['w', 'wait', { v: 2, until, slot }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>w', ...ways.map((it) => `w.${it}>end`)],
    settings,
  )
}
const words = (line: JournalLine) => `${line.port} +${(Date.parse(line.time) - T0) / MINUTE}`
function run(graph: ReturnType<typeof flow>, items: InboxItem[], days = 30): string[] {
  const sorted = items.map((it, i) => [it, i] as const).sort(([a, i], [b, k]) => a.at - b.at || i - k)
  const result = runInMemory(planOf({ f: graph }), [{ state: ada, items: sorted.map(([it]) => it) }], T0 + days * DAY)
  for (const line of result.journal) expect([line.port, line.reason]).toEqual([recompute(line.reason), line.reason])
  return result.journal.filter((it) => it.node === 'w').map(words)
}

describe('a wait for something', () => {
  test.each<[string, ReturnType<typeof flow>, InboxItem[], string[]]>([
    ['E-130 the branch that matches', flow([on('a', 'page'), on('b', 'paid')]), [event('go', 0), event('paid', 5)], ['b +5']],
    ['E-130 nothing in time', flow([on('a', 'page')]), [event('go', 0), event('paid', 5)], ['time-out +60']],
    [
      'E-130 only with the properties asked for',
      flow([on('a', 'page', [{ key: 'url', op: 'is', value: '/PRICING' }])]),
      [event('go', 0), event('page', 5), event('page', 6, { props: { url: '/pricing' } })],
      ['a +6'],
    ],
    [
      'E-130 one event goes to the first branch it matches',
      flow([on('a', 'page', [{ key: 'n', op: 'ge', value: 5 }]), on('b', 'page'), on('c', 'page')]),
      [event('go', 0), event('page', 5, { props: { n: 4 } })],
      ['b +5'],
    ],
    ['E-131 after arriving leaves out what let them in', flow([on('a', 'go')]), [event('go', 0), event('go', 5)], ['a +5']],
    ['E-131 since entering takes it in', flow([on('a', 'go')], { counts: { kind: 'since-entering' } }), [event('go', 0)], ['a +0']],
    [
      'E-131 after arriving leaves out what occurred before and came late',
      flow([on('a', 'page')]),
      [event('go', 0), event('page', -1, { received: 5 }), event('page', 0, { received: 6 })],
      ['a +6'],
    ],
    [
      'E-131 what was known at the very moment of arriving lets nobody go on',
      flow([on('a', 'page')]),
      [event('page', 0), event('go', 0), event('paid', 3)],
      ['time-out +60'],
    ],
    [
      'E-132 within 2 days before arriving: the earliest received',
      flow([on('a', 'page'), on('b', 'paid')], { counts: { kind: 'within-days', days: 2 } }),
      [event('page', -3 * 1440), event('paid', -1440), event('page', -60), event('go', 0)],
      ['b +0'],
    ],
    [
      'E-132 2 × 24 hours before is too long ago, a minute less is not',
      flow([on('a', 'page')], { counts: { kind: 'within-days', days: 2 } }),
      [event('page', -2880), event('go', 0), event('page', -2879, { received: 7 })],
      ['a +7'],
    ],
    ['E-133 event and time-out at one instant: the event', flow([on('a', 'page')]), [event('go', 0), event('page', 60)], ['a +60']],
    [
      'E-134 several: by when they were received',
      flow([on('a', 'page'), on('b', 'paid')], { release: 'hold' }),
      [event('go', 0), event('page', 5, { received: 20 }), event('paid', 10, { received: 11 })],
      ['b +60'],
    ],
    [
      'E-134 two of one batch, out of order: as they arrived',
      flow([on('a', 'page'), on('b', 'paid')]),
      [event('go', 0), event('paid', 4, { received: 9 }), event('page', 3, { received: 9 })],
      ['b +9'],
    ],
    [
      'E-134 what makes an event and a condition true at once goes by the order of the branches: the event',
      flow([on('a', 'page'), when('b', { ...seenPage, op: 'ge', value: 1 })]),
      [event('go', 0), event('page', 5)],
      ['a +5'],
    ],
    [
      'E-134 the same the other way round: the condition',
      flow([when('b', { ...seenPage, op: 'ge', value: 1 }), on('a', 'page')]),
      [event('go', 0), event('page', 5)],
      ['b +5'],
    ],
    [
      'E-135 a late event',
      flow([on('a', 'page')], { timeOut: { amount: 5, unit: 'days' } }),
      [event('go', 0), event('page', 5, { received: 2880 })],
      ['a +2880'],
    ],
    ['E-135 an imported event', flow([on('a', 'page')]), [event('go', 0), event('page', 5, { received: 6, historic: true })], ['a +6']],
    ['E-136 a condition that is true already', flow([when('a', onPlan('trial'))]), [set(-5, 'trial'), event('go', 0)], ['a +0']],
    [
      'E-136 a condition that becomes true',
      flow([when('a', onPlan('trial'))]),
      [event('go', 0), set(7, 'free'), set(9, 'trial')],
      ['a +9'],
    ],
    [
      'E-136 a condition that time alone makes true',
      flow([when('a', seenPage)], { timeOut: { amount: 5, unit: 'days' } }),
      [event('page', -60), event('go', 0)],
      ['a +1380'],
    ],
    [
      'E-136 and an event puts off',
      flow([when('a', seenPage)], { timeOut: { amount: 5, unit: 'days' } }),
      [event('page', -60), event('go', 0), event('page', 600)],
      ['a +2040'],
    ],
    [
      'E-133 a condition that time makes true at the time-out wins',
      flow([when('a', seenPage)], { timeOut: { amount: 23, unit: 'hours' } }),
      [event('page', -60), event('go', 0)],
      ['a +1380'],
    ],
    ['E-137 held for the full time', flow([on('a', 'page')], { release: 'hold' }), [event('go', 0), event('page', 5)], ['a +60']],
    ['E-137 held, and nothing came', flow([on('a', 'page')], { release: 'hold' }), [event('go', 0)], ['time-out +60']],
    [
      'E-137 held, conditions are asked at the end',
      flow([when('a', onPlan('trial')), when('b', onPlan('free'))], { release: 'hold' }),
      [event('go', 0), set(5, 'trial'), set(6, 'free')],
      ['b +60'],
    ],
    ['E-139 a machine is nobody', flow([on('a', 'page')]), [event('go', 0), event('page', 5, { machine: true })], ['time-out +60']],
    [
      'E-139 unless a branch asks for it',
      flow([on('a', 'page'), on('b', 'page', [{ key: 'machine', op: 'is', value: true }])]),
      [event('go', 0), event('page', 5, { machine: true })],
      ['b +5'],
    ],
    ['E-140 without a time-out they stay', flow([on('a', 'page')], { timeOut: null }), [event('go', 0)], []],
    [
      'E-129 the time-out is at the slot, and events up to it win',
      flow([on('a', 'page')], {}, {}, 15),
      [event('go', 1), event('page', 70)],
      ['a +70'],
    ],
    ['E-129 the time-out at the slot', flow([on('a', 'page')], {}, {}, 15), [event('go', 1)], ['time-out +75']],
  ])('%s', (_, graph, items, expected) => expect(run(graph, items)).toEqual(expected))

  test('E-138 a restart does not offer old events again', () => {
    const again = (counts: Record<string, unknown>) =>
      run(
        flow(
          [on('a', 'page', [{ key: 'n', op: 'is', value: 1 }])],
          { counts, timeOut: { amount: 3, unit: 'days' } },
          { whileInside: 'restart' },
        ),
        [event('go', 0), event('page', 5, { props: { n: 2 } }), event('go', 10), event('page', 20, { props: { n: 1 }, received: 30 })],
      )
    // The passage that is restarted ends at the wait; the new one sees only what comes from then on.
    expect(again({ kind: 'within-days', days: 2 })).toEqual(['end +10', 'a +30'])
    const offered = (counts: Record<string, unknown>) =>
      run(flow([on('a', 'page')], { counts, timeOut: { amount: 3, unit: 'days' }, release: 'hold' }, { whileInside: 'restart' }), [
        event('go', 0),
        event('page', 5),
        event('go', 10),
      ])
    expect(offered({ kind: 'since-entering' })).toEqual(['end +10', 'time-out +4330'])
    expect(offered({ kind: 'within-days', days: 2 })).toEqual(['end +10', 'time-out +4330'])
  })

  test('E-138 coming back to the step counts only what comes after arriving', () => {
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
        [
          'w',
          'wait',
          { v: 2, slot: 1, until: { kind: 'event', branches: [on('a', 'page')], timeOut: hour, counts: { kind: 'since-entering' } } },
        ],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>w', 'w.a>w', 'w.time-out>end'],
    )
    expect(run(graph, [event('go', 0), event('page', 5), event('page', 9)])).toEqual(['a +5', 'a +9', 'time-out +69'])
  })

  test('E-134 an event that lets them go on to a second wait for the same is not that wait’s', () => {
    const second = { kind: 'event', branches: [on('a', 'page')], timeOut: hour }
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
        ['first', 'wait', { v: 2, slot: 1, until: second }],
        ['w', 'wait', { v: 2, slot: 1, until: second }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>first', 'first.a>w', 'first.time-out>end', 'w.a>end', 'w.time-out>end'],
    )
    expect(run(graph, [event('go', 0), event('page', 5)])).toEqual(['time-out +65'])
    expect(run(graph, [event('go', 0), event('page', 5), event('page', 6)])).toEqual(['a +6'])
  })

  test('E-142 a wait in days is read in the zone they move to', () => {
    const graph = flow([on('a', 'page')], { timeOut: { amount: 1, unit: 'days' } })
    const move: InboxItem = { kind: 'fields', at: T0 + HOUR, set: { zone: 'America/New_York' }, source: { kind: 'key', id: 'k' } }
    expect(run(graph, [event('go', 0), move])).toEqual(['time-out +1800'])
  })
})

describe('with a clock that lags', () => {
  const plan = planOf({ f: flow([on('a', 'page')]) })
  const turn = (state: ContactState, minute: number, ...items: InboxItem[]) =>
    advance(plan, state, { now: T0 + minute * MINUTE, items }, { now: T0 + minute * MINUTE, seed: '' })
  const inside = turn(ada, 0, event('go', 0)).state
  const ports = (result: ReturnType<typeof turn>) => result.enrolments.flatMap((it) => it.steps.map((step) => `${step.node} ${step.port}`))

  test.each([
    ['before the time-out, arrived before it was processed: it wins', event('page', 59, { received: 63 }), 'w a'],
    ['at the time-out: it wins', event('page', 60, { received: 63 }), 'w a'],
    ['after the time-out: the time-out stands', event('page', 61, { received: 63 }), 'w time-out'],
  ])('E-133 an event that occurred %s', (_, item, expected) => {
    expect(ports(turn(inside, 65, item))[0]).toBe(expected)
  })

  test('E-133 what comes when it is over is recorded and changes nothing', () => {
    const over = turn(inside, 65)
    expect(ports(over)).toEqual(['w time-out', 'end end'])
    const after = turn(over.state, 70, event('page', 30, { received: 70 }))
    expect(ports(after)).toEqual([])
    expect(after.state.events.map((it) => it.type)).toEqual(['go', 'page'].sort())
  })
})

describe('and a pause', () => {
  const timeline = (graph: ReturnType<typeof flow>, from: number, to: number) => {
    const at = (state: 'live' | 'paused', pauses: { from: number; to: number | null }[]) => planOf({ f: { graph, state, pauses } })
    const [begins, ends] = [T0 + from * MINUTE, T0 + to * MINUTE]
    return [
      { from: 0, plan: at('live', []) },
      { from: begins, plan: at('paused', [{ from: begins, to: null }]) },
      { from: ends, plan: at('live', [{ from: begins, to: ends }]) },
    ] as const
  }
  const paused = (graph: ReturnType<typeof flow>, items: InboxItem[]) =>
    runInMemory([...timeline(graph, 30, 90)], [{ state: ada, items }], T0 + DAY)
      .journal.filter((it) => it.node === 'w')
      .map(words)

  test('E-141 what happens during the pause counts at resume', () => {
    expect(paused(flow([on('a', 'page')]), [event('go', 0), event('page', 45)])).toEqual(['a +90'])
  })
  test('E-141 of several, the first received', () => {
    expect(paused(flow([on('a', 'page'), on('b', 'paid')]), [event('go', 0), event('paid', 45), event('page', 50)])).toEqual(['b +90'])
  })
  test('E-141 the time-out is longer by the pause', () => {
    expect(paused(flow([on('a', 'page')]), [event('go', 0)])).toEqual(['time-out +120'])
    expect(paused(flow([on('a', 'page')]), [event('go', 0), event('page', 110)])).toEqual(['a +110'])
  })
})
