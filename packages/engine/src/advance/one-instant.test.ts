import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { advance, type Catalog, type ContactState, emptyState, type InboxItem, type Plan } from '../index.ts'

/**
 * One instant of one contact (SEMANTICS 2), case by case. Each case has a few flows, a contact with what happened to them before,
 * the items of one turn, and the steps that the turn takes, in order.
 */
const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.parse('2026-03-10T09:00:00Z')

const catalog: Catalog = {
  ...sampleCatalog,
  workspaceZone: 'UTC',
  fields: [...sampleCatalog.fields, { key: 'renewal', label: 'Renewal', type: 'date' }],
}
const nobody = emptyState(samplePerson({ key: 'ada', fields: { email: 'ada@example.com' }, consent: { marketing: true } }))
const go = (at: number, id = `go${at}`, more: { occurredAt?: number; historic?: boolean; type?: string } = {}): InboxItem => ({
  kind: 'event',
  at,
  event: { id, type: 'go', props: {}, occurredAt: at, receivedAt: at, ...more },
})
const set = (at: number, fields: Extract<InboxItem, { kind: 'fields' }>['set']): InboxItem => ({
  kind: 'fields',
  at,
  set: fields,
  source: { kind: 'key', id: 'k' },
})
const planIs = (value: string) => ({
  combinator: 'and' as const,
  rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value }],
})
const wentSinceEntering = (times: number) => ({
  combinator: 'and' as const,
  rules: [
    {
      subject: { kind: 'event' as const, type: 'go', where: [], window: { kind: 'since-entering' as const } },
      op: 'ge' as const,
      value: times,
    },
  ],
})

type Step = readonly [string, string, Record<string, unknown>]
const onGo: Step = ['in', 'trigger', { v: 2, on: { kind: 'event', type: 'go' } }]
const onDate: Step = ['in', 'trigger', { v: 2, on: { kind: 'date', field: 'renewal', amount: 0, time: '09:00' } }]
const wait = (amount: number, unit = 'hours'): Step => ['w', 'wait', { until: { kind: 'duration', amount, unit } }]
const mail: Step = ['m', 'send-email', { templateId: 'tpl_recording' }]
const end: Step = ['end', 'exit', { label: 'Done' }]
const line = (steps: readonly Step[], settings: Partial<FlowGraph['settings']> = {}) =>
  buildGraph(
    steps,
    steps.slice(1).map(([to], i) => {
      const [from = '', type] = steps[i] ?? []
      return `${from}.${type === 'send-email' ? 'sent' : 'out'}>${to}`
    }),
    settings,
  )

interface Case {
  rule: string
  what: string
  flows: Readonly<Record<string, FlowGraph>>
  segments?: Parameters<typeof planOf>[1]
  /** Turns before, each at its instant. */
  before?: readonly (readonly [number, ...InboxItem[]])[]
  items: readonly InboxItem[]
  /** `flow node way`, in the order in which they are logged within each flow. */
  steps: readonly string[]
  /** Who stands where afterwards. */
  at: readonly string[]
  refused?: readonly string[]
}

const cases: readonly Case[] = [
  {
    rule: 'E-10',
    what: 'items before timers: an event lets in before the wait of another flow is over',
    flows: { a: line([onGo, wait(1), end]), b: line([['in', 'trigger', { on: { kind: 'manual' } }], wait(1), end]) },
    before: [[NOW - HOUR, { kind: 'enrol', at: NOW - HOUR, flowId: 'b', node: 'in', key: '', source: { kind: 'user', id: 'u' } }]],
    items: [go(NOW)],
    steps: ['a in out', 'b w out', 'b end end'],
    at: ['a w'],
  },
  {
    rule: 'E-35',
    what: 'the rule for leaving, true by an item of the instant, is asked before the wait that is over',
    flows: { f: line([onGo, wait(1), mail, end], { exitWhen: planIs('paid') }) },
    before: [[NOW - HOUR, go(NOW - HOUR)]],
    items: [set(NOW, { plan: 'paid' })],
    steps: ['f w end'],
    at: [],
  },
  {
    rule: 'E-35',
    what: 'and before the first send of somebody whom the same item lets in',
    flows: {
      f: line([['in', 'trigger', { v: 2, on: { kind: 'field', field: 'plan' } }], mail, wait(1), end], { exitWhen: planIs('paid') }),
    },
    items: [set(NOW, { plan: 'paid' })],
    steps: ['f in out', 'f m end'],
    at: [],
  },
  {
    rule: 'E-14',
    what: 'two flows of one contact: by flow id; what the first sets the second sees',
    flows: {
      a: line([onGo, ['u', 'update-field', { field: 'plan', action: { do: 'set', value: 'paid' } }], end]),
      b: line([onGo, mail, wait(1), end], { exitWhen: planIs('paid') }),
    },
    items: [go(NOW)],
    steps: ['a in out', 'a u out', 'a end end', 'b in out', 'b m end'],
    at: [],
  },
  {
    rule: 'E-16',
    what: 'an event that is old when it arrives counts, and lets nobody in',
    flows: {
      a: line([onGo, wait(1), end]),
      b: line([['in', 'trigger', { on: { kind: 'manual' } }], wait(9), end], { exitWhen: wentSinceEntering(1) }),
    },
    before: [[NOW - 2 * DAY, { kind: 'enrol', at: NOW - 2 * DAY, flowId: 'b', node: 'in', key: '', source: { kind: 'user', id: 'u' } }]],
    items: [go(NOW, 'old', { occurredAt: NOW - DAY - 1 })],
    steps: ['b w end'],
    at: [],
    refused: ['a historic'],
  },
  {
    rule: 'E-16',
    what: 'an imported event lets nobody in however fresh it is',
    flows: { a: line([onGo, wait(1), end]) },
    items: [go(NOW, 'imported', { historic: true })],
    steps: [],
    at: [],
    refused: ['a historic'],
  },
  {
    rule: 'E-10',
    what: 'two events in one turn, the later occurred earlier: order is arrival',
    flows: { f: line([onGo, wait(9), end], { exitWhen: wentSinceEntering(2) }) },
    items: [go(NOW, 'second', { occurredAt: NOW - HOUR }), go(NOW, 'first', { occurredAt: NOW - 2 * HOUR })],
    // The second item occurred before the entry: it is no event since entering.
    steps: ['f in out'],
    at: ['f w'],
    refused: ['f inside'],
  },
  {
    rule: 'E-19',
    what: 'two events in one turn, in order: the second counts only from its own item on',
    flows: { f: line([onGo, wait(9), end], { exitWhen: wentSinceEntering(2) }) },
    items: [go(NOW, 'one'), go(NOW, 'two')],
    steps: ['f in out', 'f w end'],
    at: [],
    refused: ['f not-again'],
  },
  {
    rule: 'E-17',
    what: 'the same event twice in one turn is one',
    flows: { f: line([onGo, wait(9), end], { whileInside: 'restart' }) },
    items: [go(NOW, 'same'), go(NOW, 'same')],
    steps: ['f in out'],
    at: ['f w'],
  },
  {
    rule: 'E-18',
    what: 'a segment that time changes and an event at the same instant: the segment first',
    flows: {
      f: line([['in', 'trigger', { v: 2, on: { kind: 'segment', segmentId: 'quiet', way: 'joined' } }], wait(9), end]),
    },
    segments: [
      {
        id: 'quiet',
        condition: {
          combinator: 'and',
          rules: [{ subject: { kind: 'event', type: 'go', where: [], window: { kind: 'days', days: 1 } }, op: 'is', value: 0 }],
        },
      },
    ],
    before: [[NOW - DAY - 60_000, go(NOW - DAY - 60_000)]],
    items: [go(NOW)],
    steps: ['f in out'],
    at: ['f w'],
  },
  {
    rule: 'E-160',
    what: 'a date and an event at the same instant: the event first, and it decides who is inside',
    flows: { f: buildTwo() },
    before: [[NOW - DAY, set(NOW - DAY, { renewal: '2026-03-10' })]],
    items: [go(NOW)],
    steps: ['f byEvent out'],
    at: ['f w'],
    refused: ['f inside'],
  },
  {
    rule: 'E-160',
    what: 'a date that is changed at the instant of its moment does not fire',
    flows: { f: line([onDate, wait(1), end]) },
    before: [[NOW - DAY, set(NOW - DAY, { renewal: '2026-03-10' })]],
    items: [set(NOW, { renewal: '2026-04-10' })],
    steps: [],
    at: [],
  },
  {
    rule: 'E-160',
    what: 'a date lets in before the wait of an earlier flow is over',
    flows: {
      a: line([onGo, wait(1), end], {
        exitWhen: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'paid' }] },
      }),
      b: line([onDate, ['u', 'update-field', { field: 'plan', action: { do: 'set', value: 'paid' } }], end]),
    },
    before: [[NOW - HOUR, set(NOW - HOUR, { renewal: '2026-03-10' }), go(NOW - HOUR)]],
    items: [],
    steps: ['a w end', 'b in out', 'b u out', 'b end end'],
    at: [],
  },
  {
    rule: 'E-25',
    what: 'a restart does not offer what happened before it again',
    flows: { f: line([onGo, wait(9), end], { whileInside: 'restart', exitWhen: wentSinceEntering(2) }) },
    before: [[NOW - HOUR, go(NOW - HOUR)]],
    items: [go(NOW)],
    // The rule for leaving is asked first and ends the first passage; the event then finds nobody inside.
    steps: ['f w end'],
    at: [],
    refused: ['f not-again'],
  },
  {
    rule: 'E-25',
    what: 'after a restart only the event that caused it is since entering',
    flows: { f: line([onGo, mail, wait(9), end], { whileInside: 'restart', exitWhen: wentSinceEntering(3) }) },
    before: [[NOW - 2 * HOUR, go(NOW - 2 * HOUR)]],
    items: [go(NOW, 'two'), { ...go(NOW, 'three'), at: NOW }],
    steps: ['f w end', 'f in out', 'f m sent', 'f w end', 'f in out', 'f m sent'],
    at: ['f w'],
  },
  {
    rule: 'E-24',
    what: 'one event and two triggers of one flow: one arrival, by the first in the order of node ids',
    flows: {
      f: buildGraph(
        [
          ['t1', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
          ['t2', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
          wait(1),
          end,
        ],
        ['t1.out>w', 't2.out>w', 'w.out>end'],
        { whileInside: 'restart' },
      ),
    },
    items: [go(NOW)],
    steps: ['f t1 out'],
    at: ['f w'],
  },
  {
    rule: 'E-150',
    what: 'one item, two ways in of one flow: the segment it makes them join finds them inside',
    flows: {
      f: buildGraph(
        [
          ['t1', 'trigger', { v: 2, on: { kind: 'field', field: 'plan' } }],
          ['t2', 'trigger', { v: 2, on: { kind: 'segment', segmentId: 'paying', way: 'joined' } }],
          wait(1),
          end,
        ],
        ['t1.out>w', 't2.out>w', 'w.out>end'],
      ),
    },
    segments: [{ id: 'paying', condition: planIs('paid') }],
    items: [set(NOW, { plan: 'paid' })],
    // Joined is found first: the segment is looked at as soon as the field is set.
    steps: ['f t2 out'],
    at: ['f w'],
    refused: ['f inside'],
  },
]

function buildTwo(): FlowGraph {
  return buildGraph(
    [
      ['byDate', 'trigger', { v: 2, on: { kind: 'date', field: 'renewal', amount: 0, time: '09:00' } }],
      ['byEvent', 'trigger', { v: 2, on: { kind: 'event', type: 'go' } }],
      wait(1),
      end,
    ],
    ['byDate.out>w', 'byEvent.out>w', 'w.out>end'],
  )
}

const turn = (plan: Plan, state: ContactState, now: number, items: readonly InboxItem[]) =>
  advance(plan, state, { now, items }, { now, seed: '' })

describe('one instant of one contact', () => {
  test.each(cases.map((it) => [it.rule, it.what, it] as const))(
    '%s %s',
    (_, __, { flows, segments, before = [], items, steps, at, refused = [] }) => {
      const plan = planOf(flows, segments, catalog)
      const state = before.reduce((was, [now, ...earlier]) => turn(plan, was, now, earlier).state, nobody)
      const result = turn(plan, state, NOW, items)
      const taken = result.enrolments.flatMap(({ value, steps: own }) => own.map((it) => `${value.flowId} ${it.node} ${it.port}`))
      expect({
        steps: taken,
        at: result.state.enrolments.map((it) => `${it.flowId} ${it.node}`),
        refused: result.refused.map((it) => `${it.flowId} ${it.why}`),
      }).toEqual({ steps, at, refused })
    },
  )
})
