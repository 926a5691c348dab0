import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../testing/index.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { advance, emptyState, type InboxItem, pausedBetween } from '../index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ada = emptyState(
  samplePerson({ key: 'ada@example.com', zone: 'UTC', fields: { email: 'ada@example.com', zone: 'UTC' }, consent: { marketing: true } }),
)
const ida = { kind: 'user', id: 'usr_ida' } as const
const enrol = (at: number): InboxItem => ({ kind: 'enrol', at, flowId: 'f', node: 'in', key: '', source: ida })
const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const end = ['end', 'exit', { label: '' }] as const
const wait = (until: Record<string, unknown>) => buildGraph([first, ['w', 'wait', { until }], end], ['in.out>w', 'w.out>end'])

/** Live, paused from `from` to `to`, live again. */
function timeline(graph: FlowGraph, from: number, to: number, segments: Parameters<typeof planOf>[1] = []) {
  const plan = (state: 'live' | 'paused', pauses: { from: number; to: number | null }[]) =>
    planOf({ f: { graph, state, pauses } }, segments)
  return [
    { from: 0, plan: plan('live', []) },
    { from, plan: plan('paused', [{ from, to: null }]) },
    { from: to, plan: plan('live', [{ from, to }]) },
  ] as const
}
const run = (graph: FlowGraph, from: number, to: number, items: InboxItem[]) =>
  runInMemory([...timeline(graph, from, to)], [{ state: ada, items }], 100 * DAY)
const left = (graph: FlowGraph, from: number, to: number) => {
  const line = run(graph, from, to, [enrol(0)]).journal.find((it) => it.node === 'w')
  if (line) expect(recompute(line.reason)).toBe('out')
  return line && Date.parse(line.time)
}

describe('a pause', () => {
  test.each([
    ['elapsed', { kind: 'duration', amount: 10, unit: 'hours' }, 2 * HOUR, 5 * HOUR, 13 * HOUR],
    ['elapsed, over the due time', { kind: 'duration', amount: 10, unit: 'hours' }, 9 * HOUR, 20 * HOUR, 21 * HOUR],
    ['a day', { kind: 'duration', amount: 1, unit: 'days' }, 2 * HOUR, 5 * HOUR, 27 * HOUR],
    ['a time of day, resumed before it', { kind: 'time', time: '10:00' }, 2 * HOUR, 5 * HOUR, 10 * HOUR],
    ['a time of day, resumed after it', { kind: 'time', time: '10:00' }, 2 * HOUR, 15 * HOUR, 15 * HOUR],
  ])('E-50 E-52 freezes a wait: %s', (_, until, from, to, expected) => {
    expect(left(wait(until), from, to)).toBe(expected)
  })

  test.each([
    [[], 0, 10, 0],
    [[{ from: 2, to: 5 }], 0, 10, 3],
    [[{ from: 2, to: 5 }], 3, 4, 1],
    [[{ from: 2, to: 5 }], 6, 9, 0],
    [
      [
        { from: 2, to: 5 },
        { from: 8, to: null },
      ],
      0,
      10,
      5,
    ],
  ])('E-52 the pauses %j between %i and %i are %i ms', (pauses, from, to, expected) => {
    expect(pausedBetween(pauses, from, to)).toBe(expected)
  })

  test('E-53 who comes in during a pause is recorded at the trigger and takes the first step at resume', () => {
    const [, paused, live] = timeline(wait({ kind: 'duration', amount: 1, unit: 'hours' }), HOUR, 3 * HOUR)
    const during = advance(paused.plan, ada, { now: 2 * HOUR, items: [enrol(2 * HOUR)] }, { now: 2 * HOUR, seed: '' })
    expect(during.enrolments[0]).toMatchObject({ isNew: true, steps: [], value: { node: 'in', dueAt: 2 * HOUR } })
    const after = advance(live.plan, during.state, { now: 3 * HOUR, items: [] }, { now: 3 * HOUR, seed: '' })
    expect(after.enrolments[0]?.steps).toMatchObject([{ node: 'in', at: 3 * HOUR, due: 2 * HOUR, reason: { code: 'trigger.manual' } }])
    expect(after.state.enrolments[0]).toMatchObject({ node: 'w', dueAt: 4 * HOUR })
  })

  const sales = buildGraph(
    [first, ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Ready' }], ['s', 'score', { dimension: 'fit', points: 5 }], end],
    ['in.out>h', 'h.accepted>s', 'h.rejected>end', 'h.overflow>end', 's.out>end'],
  )
  const accepted: InboxItem = {
    kind: 'handoff',
    at: 2 * HOUR,
    handoff: 'ada@example.com/f//1/h/1/0',
    news: { outcome: 'accepted', repId: 'r', repName: 'R' },
  }

  test('E-50 E-51 what sales answers is true at once; the flow goes on by it at resume, in order', () => {
    const result = run(sales, HOUR, 3 * HOUR, [enrol(0), accepted])
    const during = result.turns.find((it) => it.at === 2 * HOUR)?.result
    expect(during?.state.person).toMatchObject({ stage: 'accepted', ownerSide: 'sales', ownerId: 'r' })
    expect(during?.enrolments).toMatchObject([{ steps: [], value: { node: 'h', vars: { held: [{ kind: 'handoff' }] } } }])
    expect(result.journal.map((it) => [it.node, it.port, Date.parse(it.time) / HOUR])).toEqual([
      ['in', 'out', 0],
      ['h', 'accepted', 3],
      ['s', 'out', 3],
      ['end', 'end', 3],
    ])
    expect(result.contacts[0]?.enrolments).toEqual([])
  })

  test('E-51 what does not concern anybody is not held', () => {
    const noise: InboxItem = { kind: 'event', at: 2 * HOUR, event: { id: '1', type: 'noise', props: {}, occurredAt: 1, receivedAt: 1 } }
    const result = run(sales, HOUR, 3 * HOUR, [enrol(0), noise])
    expect(result.contacts[0]?.enrolments[0]?.vars.held).toEqual([])
  })

  test('E-51 E-27 who loses the source segment during a pause leaves at resume, also if they joined again', () => {
    const free = [
      {
        id: 'free',
        condition: {
          combinator: 'and' as const,
          rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: 'free' }],
        },
      },
    ]
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'segment', segmentId: 'free' } }],
        ['w', 'wait', { until: { kind: 'duration', amount: 9, unit: 'days' } }],
        end,
      ],
      ['in.out>w', 'w.out>end'],
      { onLeavingSegment: 'leave' },
    )
    const set = (at: number, plan: string): InboxItem => ({ kind: 'fields', at, set: { plan }, source: ida })
    const items = [set(0, 'free'), set(2 * HOUR, 'paid'), set(2 * HOUR + 1, 'free')]
    const result = runInMemory([...timeline(graph, HOUR, 3 * HOUR, free)], [{ state: ada, items }], DAY)
    expect(result.journal.at(-1)).toMatchObject({
      node: 'w',
      port: 'end',
      reason: { code: 'left-segment' },
      time: new Date(3 * HOUR).toISOString(),
    })
  })
})

describe('stopping', () => {
  const graph = wait({ kind: 'duration', amount: 1, unit: 'hours' })
  const inside = advance(planOf({ f: graph }), ada, { now: 0, items: [enrol(0)] }, { now: 0, seed: '' }).state

  test('E-54 draining: those inside go on', () => {
    const result = advance(planOf({ f: { graph, state: 'draining' } }), inside, { now: HOUR, items: [] }, { now: HOUR, seed: '' })
    expect(result.enrolments[0]?.ended?.how).toBe('finished')
  })

  test('E-55 stopped: everybody leaves', () => {
    const result = advance(planOf({ f: { graph, state: 'stopped' } }), inside, { now: 5, items: [] }, { now: 5, seed: '' })
    expect(result.enrolments[0]).toMatchObject({
      ended: { how: 'flow-stopped' },
      steps: [{ node: 'w', port: 'end', reason: { code: 'flow-stopped' } }],
    })
  })
})
