import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../testing/index.ts'
import { type ContactState, emptyState, type InboxItem, type Pause, pausedBetween } from '../index.ts'

const HOUR = 3_600_000
const ada = emptyState(samplePerson({ key: 'ada@example.com', zone: 'UTC', fields: { email: 'ada@example.com', zone: 'UTC' } }))
const enrol = (at: number): InboxItem => ({ kind: 'enrol', at, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } })
const page = (at: number): InboxItem => ({
  kind: 'event',
  at,
  event: { id: `page-${at}`, type: 'page', props: {}, occurredAt: at, receivedAt: at },
})
const hours = (amount: number) => ({ kind: 'duration', amount, unit: 'hours' })

const graph = (until: Record<string, unknown>, ways = ['out']) =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['w', 'wait', { v: 2, slot: 1, until }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>w', ...ways.map((it) => `w.${it}>end`)],
  )

/** Live, paused from hour 5 to hour 8, live again; how the wait was left, and when in hours. */
function left(choice: Pause['choice'], until: Record<string, unknown>, items: InboxItem[] = [enrol(0)], ways?: string[]) {
  const plan = (state: 'live' | 'paused', pauses: Pause[]) => planOf({ f: { graph: graph(until, ways), state, pauses } })
  const [from, to] = [5 * HOUR, 8 * HOUR]
  const timeline = [
    { from: 0, plan: plan('live', []) },
    { from, plan: plan('paused', [{ from, to: null, choice }]) },
    { from: to, plan: plan('live', [{ from, to, choice }]) },
  ] as const
  const contacts: { state: ContactState; items: InboxItem[] }[] = [{ state: ada, items }]
  const run = runInMemory([...timeline], contacts, 100 * HOUR)
  const line = run.journal.find((it) => it.node === 'w')
  if (line) expect(recompute(line.reason)).toBe(line.port)
  return line && [line.port, line.reason.code, Date.parse(line.time) / HOUR]
}

describe('what a pause does to those who wait', () => {
  test.each<[string, Pause['choice'], number, [string, string, number]]>([
    ['E-52 frozen: the pause is added', 'freeze', 6, ['out', 'wait.duration', 9]],
    ['E-52 frozen is what happens where nobody chose', undefined, 6, ['out', 'wait.duration', 9]],
    ['E-144 let run and hold: overdue at resume', 'hold', 6, ['out', 'wait.duration', 8]],
    ['E-144 let run and hold: not due yet', 'hold', 10, ['out', 'wait.duration', 10]],
    ['E-145 dropped: overdue', 'drop', 6, ['end', 'wait.dropped', 8]],
    ['E-145 dropped: due as the pause began', 'drop', 5, ['end', 'wait.dropped', 8]],
    ['E-145 dropped: due at resume is not overdue', 'drop', 8, ['out', 'wait.duration', 8]],
    ['E-145 dropped: not due yet', 'drop', 10, ['out', 'wait.duration', 10]],
    ['E-145 dropped: over before the pause', 'drop', 4, ['out', 'wait.duration', 4]],
  ])('%s', (_, choice, amount, expected) => expect(left(choice, hours(amount))).toEqual(expected))

  test('E-145 who came in during the pause is not overdue', () => {
    expect(left('drop', hours(1), [enrol(6 * HOUR)])).toEqual(['out', 'wait.duration', 9])
  })

  const forPage = {
    kind: 'event',
    branches: [{ id: 'a', name: '', match: { kind: 'event', type: 'page', where: [] } }],
    timeOut: { amount: 6, unit: 'hours' },
  }

  test.each<[string, Pause['choice'], number, [string, string, number]]>([
    ['E-145 what happened in time counts before anybody is dropped', 'drop', 5.5, ['a', 'wait.event', 8]],
    ['E-145 what happened after the time-out does not', 'drop', 7, ['end', 'wait.dropped', 8]],
    ['E-144 let run and hold: in time', 'hold', 5.5, ['a', 'wait.event', 8]],
    ['E-144 let run and hold: too late', 'hold', 7, ['time-out', 'wait.time-out', 8]],
    ['E-52 frozen: in time', 'freeze', 7, ['a', 'wait.event', 8]],
  ])('%s', (_, choice, at, expected) => {
    expect(left(choice, forPage, [enrol(0), page(at * HOUR)], ['a', 'time-out'])).toEqual(expected)
  })

  test('E-144 E-145 only freezing pauses make waits longer', () => {
    const pauses: Pause[] = [
      { from: 0, to: 2, choice: 'hold' },
      { from: 3, to: 5, choice: 'drop' },
      { from: 6, to: 7, choice: 'freeze' },
      { from: 8, to: 10 },
    ]
    expect(pausedBetween(pauses, 0, 20)).toBe(3)
  })
})
