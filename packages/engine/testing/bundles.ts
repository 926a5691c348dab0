import { DAY, HOUR } from '@baton/leads'
import fc from 'fast-check'
import type { AgreementContent } from '../src/agreement/content.ts'
import type { DimensionModel } from '../src/catalog.ts'
import { inlineSubFlows } from '../src/compile/inline.ts'
import type { Condition } from '../src/condition/schema.ts'
import type { FlowGraph } from '../src/graph/schema.ts'
import { SALES_WORDS } from '../src/simulate/world/coming.ts'
import type { RunEvent } from '../src/simulate/world/events-file.ts'
import type { ContactState } from '../src/state/contact.ts'
import type { InboxItem } from '../src/state/input.ts'
import { arbitraryCondition, NOW, catalog as small } from './conditions.ts'
import { arbitraryState } from './people.ts'
import { inProgramme, oneOfEach } from './programme-kinds.ts'
import { anyItem, type DrawnNode, flowOf, middle, names, programmeCatalog, triggerData } from './programmes.ts'

/** Flows that start and contain one another, segments, people, and what happens to them and is answered to them from outside. */
export interface Bundle {
  /** As published: flows inside are in their places. */
  flows: readonly { id: string; graph: FlowGraph; share: number }[]
  segments: readonly { id: string; condition: Condition }[]
  contacts: readonly BundleContact[]
  /** Teams with so many people, of whom each takes so many leads at a time. */
  teams: readonly { id: string; reps: number; cap: number | null }[]
  fields: typeof small.fields
  dimensions: readonly DimensionModel[]
  templates: typeof programmeCatalog.templates
  /** What counts as a lead that sales wants. */
  agreements: readonly ({ id: string; qualifies: Condition } & Partial<Pick<AgreementContent, 'returns' | 'thresholds'>>)[]
  /** The list that people are put on. */
  list: string
}

export interface BundleContact {
  /** Before anything happens: facts and a history, and in no flow. */
  state: ContactState
  items: readonly InboxItem[]
  /** What sales and web addresses answer, in the order of time. */
  answers: readonly RunEvent[]
}

export { NOW as BUNDLE_START } from './conditions.ts'
/** So long things happen to people. */
export const BUNDLE_MS = 20 * DAY

/** The field that says to which bundle somebody belongs: what one bundle lets in by segments is its own. */
export const HOME = 'home'
const SHARED = [
  { key: HOME, label: 'Home', type: 'text' as const },
  { key: 'zone', label: 'Time zone', type: 'text' as const },
  { key: 'country', label: 'Country', type: 'text' as const },
]

const manual = { kind: 'manual' }
const moments = fc.constantFrom('accepted', 'rejected', 'handed-over', 'stage')
const every = fc.oneof(
  fc.constant({ every: 'day', time: '09:00' }),
  fc.record({
    every: fc.constant('week'),
    weekdays: fc.constantFrom([1], [3, 5]),
    weeks: fc.constantFrom(1, 2),
    from: fc.constant('2026-03-30'),
    time: fc.constantFrom('02:30', '12:00'),
  }),
)
const trigger: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  // What reaches everybody's inbox alike would let people of other bundles in as well.
  { arbitrary: triggerData.filter((on) => on.type !== 'mail.clicked' && on.field !== 'zone'), weight: 12 },
  { arbitrary: moments.map((what) => ({ kind: 'sales', what, stage: 'accepted' })), weight: 1 },
  { arbitrary: every.map((it) => ({ kind: 'schedule', segmentId: 'seg_a', every: it })), weight: 1 },
  fc.constant({ kind: 'api' }),
)

/** A workspace has one grade, made of two of its scores; here every bundle has scores of its own, and asks for those. */
const ungraded = (it: unknown) => !JSON.stringify(it).includes('"kind":"grade"')
const condition = inProgramme(arbitraryCondition(true)).filter(ungraded)
const step = middle.filter(ungraded)
const short = fc.record({ amount: fc.integer({ min: 1, max: 3 }), unit: fc.constantFrom('hours', 'days') })
const INNER_EXITS = ['Done', 'Elsewhere']
const WAYS = [
  { id: 'end', label: 'Done' },
  { id: 'end1', label: 'Elsewhere' },
]

/** Steps that other flows have a part in, sales, and waits short enough that people come to their ends. */
const more: fc.Arbitrary<DrawnNode> = fc.oneof(
  {
    arbitrary: fc
      .record({
        teamId: fc.constantFrom('team_a', 'team_b', 'team_c'),
        agreementId: fc.constantFrom(null, null, 'agr'),
        leaveAt: fc.constantFrom('first-answer', 'final-outcome'),
        level: fc.constantFrom(null, { minutes: 60, remindBefore: 15 }, { minutes: 480, remindBefore: null }),
        redistribute: fc.constantFrom(0, 1, 2),
        afterBreach: fc.constantFrom('no-response', 'no-response', 'manager'),
        // For ever now and then: the router looks at every queue whenever anything happens.
        queueMinutes: fc.oneof({ arbitrary: fc.constantFrom(60, 240), weight: 7 }, fc.constant(null)),
        voicemail: fc.constantFrom(null, { attempts: 2 }),
        rejectWays: fc.constantFrom(
          [],
          [{ id: 'budget', label: 'Budget', reasons: ['No budget'] }],
          [{ id: 'size', label: 'Too small', reasons: ['Size'] }],
        ),
      })
      .map((data): DrawnNode => ['hand-to-sales', { v: 2, why: 'Ready', fields: ['city'], ...data }]),
    weight: 3,
  },
  fc.constant<DrawnNode>(['sub-flow', { flowId: 'c', version: 1, start: 't0', ways: WAYS }]),
  fc
    .constantFrom({ from: 'none' }, { from: 'same' }, { from: 'contact', key: 'city' })
    .map((key): DrawnNode => ['start-flow', { flowId: 'd', key, pass: [] }]),
  short.map((it): DrawnNode => ['wait', { v: 2, until: { kind: 'duration', ...it }, slot: 1 }]),
  fc
    .constantFrom(
      { kind: 'date', date: '2026-03-30', time: '00:00', zone: null },
      { kind: 'date-field', field: 'seen', offset: { amount: 1, unit: 'days', side: 'after' }, time: '09:00', yearly: false },
    )
    .map((until): DrawnNode => ['wait', { v: 2, until: { ...until, past: 'too-late' }, slot: 1 }]),
  fc.record({ timeOut: short, type: fc.constantFrom('page', 'Order'), hold: fc.boolean() }).map(({ timeOut, type, hold }): DrawnNode => {
    const branches = [{ id: 'b0', name: '', match: { kind: 'event', type, where: [] } }]
    return [
      'wait',
      {
        v: 2,
        until: { kind: 'event', branches, timeOut, counts: { kind: 'after-arriving' }, release: hold ? 'hold' : 'at-once' },
        slot: 1,
      },
    ]
  }),
  fc
    .record({ when: condition, reached: fc.constantFrom('leave', 'jump'), ifNotYet: fc.constant('wait') })
    .map((data): DrawnNode => ['goal', data]),
)
const anyNode = fc.oneof({ arbitrary: step, weight: 3 }, { arbitrary: more, weight: 2 })
const outer = flowOf({
  triggers: fc.array(trigger, { minLength: 1, maxLength: 2 }),
  nodes: fc.array(anyNode, { minLength: 3, maxLength: 8, size: 'max' }),
})
/** A flow that others contain. */
const inner = flowOf({
  triggers: fc.constant([manual]),
  nodes: fc.array(step, { minLength: 1, maxLength: 3 }),
  exits: INNER_EXITS,
})
/** A flow that others start. */
const started = flowOf({
  triggers: fc.constantFrom([{ kind: 'flow' }], [{ kind: 'flow' }, manual]),
  nodes: fc.array(step, { minLength: 1, maxLength: 3 }),
})

/** Most of what happens falls on a few instants, as timers do: what comes at the very moment of a time-out is the rule here. */
const GRID = 6 * HOUR
/** The rest comes in between, by no whole minute; still few enough instants that a clock gets from one to the next for many people at once. */
const BETWEEN = HOUR
const ODD = 61_003
const onGrid = (at: number, between: boolean) => {
  // Drawn over forty days: twice as close together, more of them meet.
  const sooner = (at - NOW) / 2
  return NOW + (between ? Math.floor(sooner / BETWEEN) * BETWEEN + ODD : Math.round(sooner / GRID) * GRID)
}
const gridded = ({ item, between }: { item: InboxItem; between: boolean }): InboxItem => {
  const at = onGrid(item.at, between)
  if (item.kind !== 'event') return { ...item, at }
  const { event } = item
  const late = item.at - event.occurredAt
  return { ...item, at, event: { ...event, occurredAt: at - late, receivedAt: at } }
}
const source = { kind: 'user', id: 'u' } as const
const when = fc.nat(40 * 24 * 60).map((minutes) => NOW + minutes * 60_000)
const flowId = fc.constantFrom('a', 'b')
const item: fc.Arbitrary<InboxItem> = fc.oneof(
  { arbitrary: anyItem, weight: 12 },
  {
    arbitrary: fc
      .record({ at: when, flowId, node: fc.constantFrom('t0', 't1') })
      .map(({ at, flowId, node }): InboxItem => ({ kind: 'enrol', at, flowId, node, key: '', source })),
    weight: 3,
  },
  {
    weight: 4,
    arbitrary: fc.record({ at: when, type: fc.constantFrom('page', 'Order') }).map(
      ({ at, type }): InboxItem => ({
        kind: 'event',
        at,
        event: { id: `${type}-${at}`, type, props: { url: 'x' }, occurredAt: at, receivedAt: at },
      }),
    ),
  },
  fc
    .record({ at: when, reason: fc.constantFrom('bounced', null) })
    .map(({ at, reason }): InboxItem => ({ kind: 'suppress', at, reason, source })),
  fc
    .record({ at: when, flowId, node: fc.constantFrom('n0', 'n1', 'end') })
    .map(({ at, flowId, node }): InboxItem => ({ kind: 'move', at, flowId, key: '', node, source })),
  fc.record({ at: when, flowId }).map(({ at, flowId }): InboxItem => ({ kind: 'retry', at, flowId, key: '', source })),
)

/** What sales says or does of the lead that waits; why, where it says so. */
const said = fc.record({
  answer: fc.constantFrom(...SALES_WORDS),
  why: fc.constantFrom('No budget', 'Size', 'other'),
  disqualified: fc.constantFrom(true, false, false, false),
})
const answer = fc.record({
  at: fc.tuple(when, fc.constantFrom(true, true, true, false)).map(([at, between]) => onGrid(at, between)),
  what: fc.oneof(
    { arbitrary: said.map((it): RunEvent['happening'] => ({ do: 'sales', rep: 'Mara', note: null, ...it })), weight: 2 },
    fc.constantFrom<RunEvent['happening']>(
      { do: 'webhook', flowId: null, node: null, status: 200, data: { city: 'Berlin', amount: 29 }, why: null },
      { do: 'webhook', flowId: null, node: null, status: 503, data: null, why: 'It answered 503.' },
    ),
  ),
})

/**
 * What sales says one after the other, so that more than the first answer to a lead is the rule: it is said again and again, since who says
 * it does not know when there will be a lead.
 */
const course = fc.record({
  at: when,
  times: fc.integer({ min: 1, max: 8 }),
  words: fc.constantFrom<readonly Course[]>(
    ...([
      [['accepted'], ['converted']],
      [['accepted'], ['opportunity'], ['converted']],
      [['accepted'], ['lost', 'No budget']],
      [['rejected', 'No budget']],
      [['rejected', 'Size']],
      [['voicemail'], ['voicemail'], ['rejected', 'Size']],
    ] as const),
  ),
})
type Course = readonly [answer: (typeof SALES_WORDS)[number], why?: string]
const saidInOrder = ({ at, times, words }: { at: number; times: number; words: readonly Course[] }) =>
  Array.from({ length: times }, () => words)
    .flat()
    .map(([answer, why = 'other'], i): { at: number; what: RunEvent['happening'] } => {
      const then = onGrid(at, false) + i * GRID
      return { at: then, what: { do: 'sales', rep: 'Mara', note: null, answer, why, disqualified: false } }
    })
    .filter((it) => it.at <= NOW + BUNDLE_MS)

const person = fc.record({
  state: arbitraryState,
  items: fc.array(fc.record({ item, between: fc.constantFrom(true, false, false, false) }), { minLength: 6, maxLength: 18, size: 'max' }),
  answers: fc.array(answer, { minLength: 3, maxLength: 10, size: 'max' }),
  courses: fc.array(course, { maxLength: 2 }),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Nowhere'),
})

function contactOf(
  { state, items, answers, courses, zone }: typeof person extends fc.Arbitrary<infer T> ? T : never,
  i: number,
): BundleContact {
  const key = `person-${i}@example.com`
  const fields = { ...state.person.fields, [HOME]: 'here', ...(i === 0 ? {} : { email: key }) }
  const folded = { ...state.person.folded, [HOME]: 'here' }
  const created: InboxItem = { kind: 'created', at: NOW, source: { kind: 'import', id: 'i' } }
  const own = [created, ...items.map(gridded)]
  // An answer is for the lead that waits when it comes: two at one instant would be for the same.
  const times = new Set<number>()
  const once = [...answers, ...courses.flatMap(saidInOrder)].filter(({ at }) => !times.has(at) && times.add(at))
  return {
    state: {
      ...state,
      person: { ...state.person, id: i + 1, key, fields, folded, zone },
      enrolments: [],
      past: [],
      events: state.events.map((it) => ({ ...it, id: `${key}/${it.id}` })),
      related: oneOfEach(state.related),
    },
    items: own.sort((x, y) => x.at - y.at),
    answers: once
      .sort((x, y) => x.at - y.at)
      .map(({ at, what }, line) => ({ line, contact: key, occurredAt: at, receivedAt: at, happening: what })),
  }
}

/** Belongs here, and the condition. */
const atHome = (of: Condition): Condition => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'field', key: HOME }, op: 'is', value: 'here' }, of],
})

function contained(id: string, graph: FlowGraph, inside: FlowGraph): FlowGraph {
  const made = inlineSubFlows(graph, (called) => (called === 'c' ? { name: 'C', graph: inside } : undefined), { id, name: id })
  if ('ok' in made) return made.ok
  throw new Error(made.issues.map((it) => it.say).join(' '))
}

/** Short enough that people come again. */
const RETURNS: AgreementContent['returns'] = {
  rejected: { coolOffDays: 2, scores: 'reset' },
  lost: { coolOffDays: 1, scores: { cap: 500 } },
  noResponse: { coolOffDays: 3, scores: 'keep' },
}

/** Any bundle: four flows of every kind of step, two of which contain a third and start a fourth; two segments, one to four people. */
export const arbitraryBundle: fc.Arbitrary<Bundle> = fc
  .record({
    a: outer,
    b: outer,
    c: inner,
    d: started,
    share: fc.constantFrom(1, 1, 1, 0.5),
    segA: inProgramme(arbitraryCondition(false)).filter((it) => ungraded(it) && !names(it, 'seg_a') && !names(it, 'seg_b')),
    segB: inProgramme(arbitraryCondition(false)).filter((it) => ungraded(it) && !names(it, 'seg_b')),
    thresholds: fc.constantFrom<AgreementContent['thresholds']>([], [{ dimension: 'engagement', atLeast: 0 }]),
    people: fc.array(person, { minLength: 2, maxLength: 4, size: 'max' }),
  })
  .map(({ a, b, c, d, share, segA, segB, thresholds, people }) => ({
    flows: [
      { id: 'd', graph: d, share: 1 },
      { id: 'a', graph: contained('a', a, c), share },
      { id: 'b', graph: contained('b', b, c), share: 1 },
    ],
    segments: [
      { id: 'seg_a', condition: atHome(segA) },
      { id: 'seg_b', condition: atHome(segB) },
    ],
    contacts: people.map(contactOf),
    teams: [
      { id: 'team_a', reps: 2, cap: null },
      { id: 'team_b', reps: 1, cap: 1 },
      { id: 'team_c', reps: 0, cap: null },
    ],
    fields: [...small.fields.filter((it) => it.key !== 'tags')],
    dimensions: small.dimensions,
    templates: programmeCatalog.templates,
    agreements: small.agreements.map(({ id, qualifies }) => ({ id, qualifies, returns: RETURNS, thresholds })),
    list: 'seg_list',
  }))

/** Fields that all bundles of a workspace have in common. */
export const sharedFields = [...SHARED, ...small.fields.filter((it) => it.key === 'tags')]

const OWN =
  /"(city|plan|age|vip|renewal|seen|fit|engagement|agr|seg_a|seg_b|seg_list|a|b|c|d|page|Order|r0|r1|r2|R1|team_[abc]|tpl_news|tpl_receipt|here)"/g

/** The same bundle under names of its own, so that many of them stand in one workspace and their people do not meet. */
export const apart = (bundle: Bundle, name: string): Bundle =>
  JSON.parse(
    JSON.stringify(bundle)
      .replaceAll(OWN, `"$1_${name}"`)
      .replaceAll('contact.city', `contact.city_${name}`)
      .replaceAll(/person-(\d+)@/g, `person-$1-${name}@`),
  )

/** Bundles by seed, each under a name of its own. */
export const drawBundles = (seed: number, count: number): Bundle[] =>
  fc.sample(arbitraryBundle, { seed, numRuns: count }).map((it, i) => apart(it, `${i}`))
