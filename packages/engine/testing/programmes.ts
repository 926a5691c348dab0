import { DAY, HOUR, MINUTE } from '@baton/leads'
import fc from 'fast-check'
import type { Catalog } from '../src/catalog.ts'
import type { Condition } from '../src/condition/schema.ts'
import { type FlowGraph, flowGraph } from '../src/graph/schema.ts'
import { parseNode } from '../src/nodes/parse-config.ts'
import type { ContactState } from '../src/state/contact.ts'
import type { HandoffNews, InboxItem } from '../src/state/input.ts'
import { arbitraryWait } from './arbitrary-waits.ts'
import { arbitraryCondition, NOW, catalog as small } from './conditions.ts'
import { arbitraryState } from './people.ts'
import { inProgramme, oneOfEach, outsideAnswers, outwardItem, outwardNode } from './programme-kinds.ts'

/** The small workspace of the conditions, with mails and teams. */
export const programmeCatalog: Catalog = {
  ...small,
  fields: [...small.fields, { key: 'zone', label: 'Time zone', type: 'text' }, { key: 'country', label: 'Country', type: 'text' }],
  templates: [
    { id: 'tpl_news', name: 'News', purpose: 'marketing' },
    { id: 'tpl_receipt', name: 'Receipt', purpose: 'transactional' },
  ],
  teams: [{ id: 'team_a', name: 'Team A', members: 2 }],
  segments: [...small.segments, { id: 'seg_list', name: 'By hand', list: true }],
  flows: [
    { id: 'a', name: 'A', version: 1, startable: false },
    { id: 'b', name: 'B', version: 1, startable: false },
  ],
}

/** Flows, segments, people and what happens to them: anything that compiles. */
export interface Programme {
  flows: Readonly<Record<string, FlowGraph>>
  segments: readonly { id: string; condition: Condition }[]
  contacts: readonly { state: ContactState; items: readonly InboxItem[] }[]
}

const eventType = fc.constantFrom(...small.eventTypes)
const segmentId = fc.constantFrom('seg_a', 'seg_b')
const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Nowhere')

/** Data of a trigger of any way in. */
export const triggerData: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { arbitrary: segmentId.map((id) => ({ kind: 'segment', segmentId: id, way: 'joined' })), weight: 4 },
  segmentId.map((id) => ({ kind: 'segment', segmentId: id, way: 'left' })),
  fc.record({ kind: fc.constant('field'), field: fc.constantFrom('city', 'age', 'zone') }),
  fc.record({
    kind: fc.constant('score'),
    dimension: fc.constantFrom('fit', 'engagement'),
    way: fc.constantFrom('up', 'down'),
    points: fc.constantFrom(0, 5, 20),
  }),
  fc.record({
    kind: fc.constant('date'),
    field: fc.constantFrom(...small.fields.filter((it) => it.type === 'date' || it.type === 'datetime').map((it) => it.key)),
    amount: fc.integer({ min: 0, max: 3 }),
    side: fc.constantFrom('before', 'after'),
    yearly: fc.boolean(),
  }),
  {
    arbitrary: fc.record({ kind: fc.constant('event'), type: eventType, where: fc.constant([]), key: fc.constantFrom(null, 'url') }),
    weight: 4,
  },
  fc.constant({ kind: 'manual' }),
)
const fieldAction = fc.oneof(
  fc.constantFrom('Berlin', 'BERLIN', 'İzmir').map((value) => ({ field: 'city', action: { do: 'set', value } })),
  zone.map((value) => ({ field: 'zone', action: { do: 'set', value } })),
  fc.constantFrom(-1, 29, 30).map((value) => ({ field: 'age', action: { do: 'set', value } })),
  fc.constantFrom('city', 'zone', 'age', 'vip').map((field) => ({ field, action: { do: 'clear' } })),
)

/** A node as [type, data]. */
export type DrawnNode = readonly [string, Record<string, unknown>]

/** A hand-off as the first version had it, or with some of a contract. */
const handOff: fc.Arbitrary<DrawnNode> = fc.oneof(
  fc.constant(['hand-to-sales', { teamId: 'team_a', why: 'Ready', fields: ['city', 'age'] }] as const),
  fc
    .record({
      leaveAt: fc.constantFrom('first-answer', 'final-outcome'),
      level: fc.constantFrom(null, { minutes: 240, remindBefore: null }),
      afterBreach: fc.constantFrom('no-response', 'manager'),
      voicemail: fc.constantFrom(null, { attempts: 2 }, { attempts: 3 }),
      rejectWays: fc.constantFrom([], [{ id: 'size', label: 'Too small', reasons: ['Size'] }]),
    })
    .map((contract) => ['hand-to-sales', { v: 2, teamId: 'team_a', why: 'Ready', ...contract }] as const),
)

/** A node of any kind but triggers and exits. */
export const middle: fc.Arbitrary<DrawnNode> = fc.oneof(
  { arbitrary: arbitraryWait(small.eventTypes, inProgramme(arbitraryCondition(true))), weight: 2 },
  fc
    .array(inProgramme(arbitraryCondition(true)), { minLength: 1, maxLength: 3 })
    .map((conditions) => ['branch', { cases: conditions.map((when, i) => ({ id: `c${i}`, name: `C${i}`, when })) }] as const),
  fc
    .record({ dimension: fc.constantFrom('fit', 'engagement'), points: fc.constantFrom(-5, 0.5, 10, 30) })
    .map((data) => ['score', data] as const),
  fc
    .record({
      templateId: fc.constantFrom('tpl_news', 'tpl_receipt'),
      ifNotSent: fc.constantFrom('skip', 'port'),
      onSalesBehalf: fc.boolean(),
    })
    .map((data) => ['send-email', data] as const),
  fc
    .record({
      v: fc.constant(2),
      templateId: fc.constantFrom('tpl_news', 'tpl_receipt'),
      ifNotSent: fc.constantFrom(
        { do: 'port' },
        { do: 'hold', amount: 30, unit: 'hours', after: 'skip' },
        { do: 'hold', amount: 2, unit: 'days', after: 'port' },
      ),
      again: fc.constantFrom({ when: 'always' }, { when: 'never' }, { when: 'after', days: 1 }),
      onSalesBehalf: fc.boolean(),
    })
    .map((data) => ['send-email', data] as const),
  fieldAction.map((data) => ['update-field', data] as const),
  { arbitrary: outwardNode(inProgramme(arbitraryCondition(true))), weight: 3 },
  handOff,
)

/** What a flow is made of. */
export interface FlowParts {
  triggers: fc.Arbitrary<Record<string, unknown>[]>
  nodes: fc.Arbitrary<readonly DrawnNode[]>
  /** Labels of the exits; the last node of the flow is the first of them. */
  exits?: readonly string[] | undefined
}

/**
 * Any flow of such parts that compiles: ports lead to later nodes, so that there is a way to the end, and now and then back to an earlier
 * one through a wait put between, so that every circle rests.
 */
export const flowOf = ({ triggers, nodes, exits = ['Done'] }: FlowParts): fc.Arbitrary<FlowGraph> =>
  fc
    .record({
      triggers,
      nodes,
      picks: fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
      settings: fc.record({
        reentry: fc.constantFrom({ when: 'never' as const }, { when: 'always' as const }, { when: 'after-days' as const, days: 3 }),
        whileInside: fc.constantFrom('ignore' as const, 'restart' as const),
        onLeavingSegment: fc.constantFrom('stay' as const, 'leave' as const),
      }),
    })
    .map(({ triggers, nodes, picks, settings }) => {
      const all: { id: string; type: string; data: Record<string, unknown> }[] = [
        ...triggers.map((on, i) => ({ id: `t${i}`, type: 'trigger', data: { v: 2, on } })),
        ...nodes.map(([type, data], i) => ({ id: `n${i}`, type, data: { v: 1, ...data } })),
        ...exits.map((label, i) => ({ id: i === 0 ? 'end' : `end${i}`, type: 'exit', data: { v: 1, label } })),
      ]
      const edges: { id: string; source: string; sourceHandle: string; target: string }[] = []
      const loops: typeof all = []
      let pick = 0
      const link = (source: string, sourceHandle: string, target: string) =>
        edges.push({ id: `${source}.${sourceHandle}`, source, sourceHandle, target })
      for (const [i, node] of all.entries()) {
        const parsed = parseNode(node)
        const ports = 'ok' in parsed ? parsed.ok.kind.ports(parsed.ok.config) : []
        // Of the ways out of a flow inside perhaps only one can be come to: it must lead on.
        const turnsBack = node.type !== 'sub-flow'
        for (const [p, port] of ports.entries()) {
          const n = picks[pick++ % picks.length] ?? 0
          const first = Math.max(i + 1, triggers.length)
          const later = all[first + (n % (all.length - first))]
          const earlier = all[triggers.length + (n % Math.max(1, i - triggers.length))]
          if (turnsBack && p > 0 && n % 5 === 0 && earlier && i > triggers.length) {
            const back = `back-${node.id}-${port.id}`
            loops.push({ id: back, type: 'wait', data: { v: 1, until: { kind: 'duration', amount: 1 + (n % 9), unit: 'hours' } } })
            link(node.id, port.id, back)
            link(back, 'out', earlier.id)
          } else link(node.id, port.id, later?.id ?? 'end')
        }
      }
      const placed = [...all, ...loops].map((it, i) => ({ ...it, position: { x: 0, y: i * 128 } }))
      return flowGraph.parse({ nodes: placed, edges, settings })
    })

export const arbitraryFlow: fc.Arbitrary<FlowGraph> = flowOf({
  triggers: fc.array(triggerData, { minLength: 1, maxLength: 2 }),
  nodes: fc.array(middle, { minLength: 1, maxLength: 7 }),
})

const actor = { kind: 'user', id: 'u' } as const
const when = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minutes) => NOW + minutes * MINUTE + (minutes % 7))
const flowId = fc.constantFrom('a', 'b')

/** What happens from outside, at any time within forty days. */
export const anyItem: fc.Arbitrary<InboxItem> = fc.oneof(
  fc
    .record({ at: when, type: eventType, late: fc.constantFrom(0, HOUR, 2 * DAY), machine: fc.boolean(), url: fc.constantFrom('x', 'y') })
    .map(
      ({ at, type, late, machine, url }): InboxItem => ({
        kind: 'event',
        at,
        event: { id: `${type}-${at}-${url}-${late}`, type, props: { url, amount: 29 }, occurredAt: at - late, receivedAt: at, machine },
      }),
    ),
  fc
    .record({
      at: when,
      set: fc.record({ city: fc.constantFrom('Berlin', 'izmir', null), zone, age: fc.constantFrom(29, 31, null) }, { requiredKeys: [] }),
    })
    .map(({ at, set }): InboxItem => ({ kind: 'fields', at, set, source: actor })),
  fc
    .record({ at: when, given: fc.boolean() })
    .map(({ at, given }): InboxItem => ({ kind: 'consent', at, topic: 'marketing', given, source: actor })),
  fc.record({ at: when, flowId }).map(({ at, flowId }): InboxItem => ({ kind: 'enrol', at, flowId, node: 't0', key: '', source: actor })),
  fc.record({ at: when, flowId }).map(({ at, flowId }): InboxItem => ({ kind: 'remove', at, flowId, key: '', source: actor })),
  { arbitrary: outwardItem, weight: 3 },
)

/** Whether a condition asks for membership of a segment. */
export const names = (condition: Condition, segment: string) => JSON.stringify(condition).includes(`"segmentId":"${segment}"`)

/** Two flows, two segments, up to three people with a history and forty days of what happens to them. */
export const arbitraryProgramme: fc.Arbitrary<Programme> = fc
  .record({
    a: arbitraryFlow,
    b: arbitraryFlow,
    // A segment that names itself, or two that name each other, may have no answer; the second may name the first.
    segA: inProgramme(arbitraryCondition(false)).filter((it) => !names(it, 'seg_a') && !names(it, 'seg_b')),
    segB: inProgramme(arbitraryCondition(false)).filter((it) => !names(it, 'seg_b')),
    people: fc.array(fc.record({ state: arbitraryState, items: fc.array(anyItem, { maxLength: 12 }), zone }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ a, b, segA, segB, people }) => ({
    flows: { a, b },
    segments: [
      { id: 'seg_a', condition: segA },
      { id: 'seg_b', condition: segB },
    ],
    contacts: people.map(({ state, items, zone }, i) => {
      const key = `person-${i}@example.com`
      const fields = { ...state.person.fields, ...(i === 0 ? {} : { email: key }) }
      const person = { ...state.person, id: i + 1, key, fields, zone }
      const created: InboxItem = { kind: 'created', at: NOW, source: { kind: 'import', id: 'i' } }
      return {
        state: { ...state, person, enrolments: [], past: [], related: oneOfEach(state.related) },
        items: [created, ...items].sort((x, y) => x.at - y.at),
      }
    }),
  }))

const rep = { repId: 'r1', repName: 'Mara' }

/** What sales may say of a lead, each so many hours after it was handed over. */
const TOLD: readonly (readonly (readonly [hours: number, HandoffNews])[])[] = [
  [[7, { outcome: 'accepted', ...rep }]],
  [[7, { outcome: 'rejected', ...rep, why: 'No budget' }]],
  [[7, { outcome: 'overflow', reason: { waited: 8 } }]],
  [
    [7, { outcome: 'accepted', ...rep }],
    [30, { outcome: 'converted', ...rep, opportunity: null, amount: 12 }],
  ],
  [
    [7, { outcome: 'accepted', ...rep }],
    [30, { outcome: 'lost', ...rep, why: 'Price', opportunity: null, coolOffDays: 3, scores: 'reset' }],
  ],
  [
    [4, { outcome: 'breached', ...rep, deadline: 0, next: 'marketing' }],
    [4, { outcome: 'no-response', attempts: 1, reason: { code: 'breached' } }],
  ],
  [
    [2, { outcome: 'attempted', ...rep, how: 'voicemail', attempt: 1 }],
    [90, { outcome: 'attempted', ...rep, how: 'voicemail', attempt: 2 }],
    [200, { outcome: 'rejected', ...rep, why: 'Size', coolOffDays: 1, scores: { cap: 500 } }],
  ],
]

/** Sales answers every hand-off by and by, each time in another way. */
export function salesAnswers(result: Pick<Asked, 'handoffs'>, at: number): InboxItem[] {
  const leads = result.handoffs.filter((it) => it.joins === undefined)
  return leads.flatMap(({ key }, i) => {
    const told = TOLD[(key.length + Math.floor(at / HOUR) + i) % TOLD.length] ?? []
    const assigned: HandoffNews = { outcome: 'assigned', ...rep, reason: { rule: 'rotation' } }
    const item = (after: number, news: HandoffNews): InboxItem => ({ kind: 'handoff', at: at + after, handoff: key, news })
    return [item(5 * MINUTE, assigned), ...told.map(([hours, news]) => item(hours * HOUR, news))]
  })
}

/** What a turn asks of others, as far as their answers depend on it. */
export interface Asked {
  /** `joins`: none of its own, so that nobody answers it. */
  handoffs: readonly { key: string; joins?: string | undefined }[]
  effects: readonly { key: string; kind: string }[]
}

/** Sales and the outside world answer, each in their own time. */
export const worldAnswers = (asked: Asked, at: number): InboxItem[] => [...salesAnswers(asked, at), ...outsideAnswers(asked.effects, at)]
