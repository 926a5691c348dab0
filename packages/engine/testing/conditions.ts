import { DAY, fold, HOUR } from '@baton/leads'
import fc from 'fast-check'
import { type Catalog, emptyCatalog } from '../src/catalog.ts'
import { foldFields } from '../src/condition/read.ts'
import type { Condition, PropertyRule, Rule } from '../src/condition/schema.ts'
import type { ContactState } from '../src/state/contact.ts'
import type { ContactEvent, FieldValue, LedgerLine } from '../src/state/person.ts'

/** The instant around which the made-up people live: an hour before clocks go forward in Berlin. */
export const NOW = Date.UTC(2026, 2, 29, 0, 0)

/** A small workspace in a zone with summer time, with a field of every type. */
export const catalog: Catalog = {
  ...emptyCatalog('Europe/Berlin'),
  fields: [
    { key: 'city', label: 'City', type: 'text' },
    { key: 'plan', label: 'Plan', type: 'choice', options: ['Free', 'Pro', 'Ünï'] },
    { key: 'age', label: 'Age', type: 'number' },
    { key: 'vip', label: 'VIP', type: 'boolean' },
    { key: 'renewal', label: 'Renewal', type: 'date' },
    { key: 'seen', label: 'Last seen', type: 'datetime' },
  ],
  segments: [
    { id: 'seg_a', name: 'Anglers' },
    { id: 'seg_b', name: 'Bakers' },
  ],
  templates: [],
  teams: [],
  dimensions: [
    { id: 'fit', name: 'Fit' },
    { id: 'engagement', name: 'Engagement' },
  ],
  eventTypes: ['mail.clicked', 'page', 'Order'],
}

/** Texts whose folded forms meet: case, composed and decomposed marks, the dotted İ, sharp s, final sigma, beyond the BMP. */
export const TEXTS = [
  'Berlin',
  'BERLIN',
  'berlin ',
  'Zürich',
  'Zu\u0308rich',
  'ZÜRICH',
  'İzmir',
  'izmir',
  'Straße',
  'STRASSE',
  'ΟΔΟΣ',
  'οδος',
  '🦊',
  '\uFFFD',
  '%',
  "o'b",
  '"',
  '\\',
]
const text = () => fc.constantFrom(...TEXTS)
const part = () => fc.oneof(text(), fc.constantFrom('r', 'ü', 'ß', 'ER', 'i̇', '%', '_', '\\'))
const NUMBERS = [-1, 0, 0.1, 0.29, 29, 30, 45.5, 2 ** 53, 1e21, 5e-7]
const number = () => fc.constantFrom(...NUMBERS)
const DATES = ['2026-03-22', '2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-04-02', '2024-02-29']
const date = () => fc.constantFrom(...DATES)
/** Instants on, just before and just after the edges of windows of whole days and hours. */
const instant = () => fc.tuple(fc.integer({ min: -96, max: 96 }), fc.constantFrom(-1, 0, 1)).map(([hours, ms]) => NOW + hours * HOUR + ms)
const isoInstant = () => instant().map((it) => new Date(it).toISOString())
const typedInstant = () =>
  fc.oneof(
    isoInstant(),
    date(),
    date().map((it) => `${it}T02:30`),
    date().map((it) => `${it}T09:00+02:00`),
  )
const days = () => fc.constantFrom(1, 2, 3)
const pair = <T extends string | number>(arb: () => fc.Arbitrary<T>, order: (a: T, b: T) => number) =>
  fc.tuple(arb(), arb()).map((it) => [...it].sort(order))
const ascending = (a: number, b: number) => a - b
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const presence = () => fc.constantFrom({ op: 'empty' as const }, { op: 'not-empty' as const })
const texts = () =>
  fc.oneof(
    fc.record({ op: fc.constantFrom('is' as const, 'is-not' as const, 'lt' as const, 'gt' as const), value: text() }),
    fc.record({
      op: fc.constantFrom('contains' as const, 'not-contains' as const, 'starts-with' as const, 'ends-with' as const),
      value: part(),
    }),
    fc.record({ op: fc.constantFrom('any-of' as const, 'none-of' as const), value: fc.array(text(), { minLength: 1, maxLength: 3 }) }),
  )
const amount = (arb: () => fc.Arbitrary<number>) =>
  fc.oneof(
    fc.record({
      op: fc.constantFrom('is' as const, 'is-not' as const, 'lt' as const, 'le' as const, 'gt' as const, 'ge' as const),
      value: arb(),
    }),
    fc.record({ op: fc.constant('between' as const), value: pair(arb, ascending) }),
  )
const span = () => fc.record({ op: fc.constantFrom('in-last-days' as const, 'in-next-days' as const), value: days() })
const edges = (arb: () => fc.Arbitrary<string>, ordered: () => fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({ op: fc.constantFrom('is' as const, 'before' as const, 'after' as const), value: arb() }),
    fc.record({ op: fc.constant('between' as const), value: pair(ordered, byText) }),
  )
const listed = (options: readonly string[]) =>
  fc.oneof(
    fc.record({ op: fc.constantFrom('is' as const, 'is-not' as const), value: fc.constantFrom(...options) }),
    fc.record({ op: fc.constantFrom('any-of' as const, 'none-of' as const), value: fc.subarray([...options], { minLength: 1 }) }),
  )
const yesNo = () => fc.record({ op: fc.constantFrom('is' as const, 'is-not' as const), value: fc.boolean() })
const bare = () => fc.constantFrom({ op: 'is' as const }, { op: 'is-not' as const })

const PROPERTIES = ['url', 'amount', 'vip', 'constructor', 'we.ird"']
const propertyRule = (): fc.Arbitrary<PropertyRule> =>
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom(...PROPERTIES),
        fc.oneof(
          texts(),
          amount(() => fc.constantFrom(0, 29, 49.9)),
          yesNo(),
          presence(),
        ),
      )
      .map(([key, comparison]) => ({ key, ...comparison })),
    fc.boolean().map((value): PropertyRule => ({ key: 'machine', op: 'is', value })),
  )

/** Any rule that fits the catalog. `sinceEntering` allows a window that means nothing outside a flow. */
export function arbitraryRule(sinceEntering: boolean): fc.Arbitrary<Rule> {
  const field = (key: string, comparison: fc.Arbitrary<Pick<Rule, 'op' | 'value'>>) =>
    comparison.map((it): Rule => ({ subject: { kind: 'field', key }, ...it }))
  const windows = [
    fc.constant({ kind: 'ever' as const }),
    days().map((n) => ({ kind: 'days' as const, days: n })),
    ...(sinceEntering ? [fc.constant({ kind: 'since-entering' as const })] : []),
  ]
  const events = fc
    .record({
      kind: fc.constant('event' as const),
      type: fc.constantFrom(...catalog.eventTypes),
      where: fc.array(propertyRule(), { maxLength: 2 }),
      window: fc.oneof(...windows),
    })
    .chain((subject) => amount(() => fc.constantFrom(0, 1, 2, 3)).map((it): Rule => ({ subject, ...it })))
  return fc.oneof(
    field('city', fc.oneof(texts(), presence())),
    field('plan', fc.oneof(listed(['Free', 'Pro', 'ünÏ']), presence())),
    field('age', fc.oneof(amount(number), presence())),
    field('vip', fc.oneof(yesNo(), presence())),
    field('renewal', fc.oneof(edges(date, date), span(), presence())),
    field('seen', fc.oneof(edges(typedInstant, isoInstant), span(), presence())),
    amount(number).map((it): Rule => ({ subject: { kind: 'score', dimension: 'fit' }, ...it })),
    bare().map((it): Rule => ({ subject: { kind: 'segment', segmentId: 'seg_a' }, ...it })),
    bare().map((it): Rule => ({ subject: { kind: 'consent', topic: 'marketing' }, ...it })),
    listed(['name', 'lead', 'customer']).map((it): Rule => ({ subject: { kind: 'stage' }, ...it })),
    fc
      .record({ op: fc.constantFrom('is' as const, 'is-not' as const), value: fc.constantFrom('marketing', 'sales') })
      .map((it): Rule => ({ subject: { kind: 'owner' }, ...it })),
    { arbitrary: events, weight: 4 },
  )
}

/** Any condition that fits the catalog, at most three groups deep. */
export function arbitraryCondition(sinceEntering: boolean): fc.Arbitrary<Condition> {
  const group = (member: fc.Arbitrary<Rule | Condition>): fc.Arbitrary<Condition> =>
    fc.record({
      combinator: fc.constantFrom('and' as const, 'or' as const),
      not: fc.boolean(),
      rules: fc.array(member, { minLength: 1, maxLength: 3 }),
    })
  const rule = arbitraryRule(sinceEntering)
  const inner = group(rule)
  const middle = group(fc.oneof(rule, inner))
  return group(fc.oneof({ arbitrary: rule, weight: 2 }, middle))
}

const fieldValues = fc.record<Record<string, FieldValue>>(
  { city: text(), plan: fc.constantFrom('Free', 'Pro', 'Ünï'), age: number(), vip: fc.boolean(), renewal: date(), seen: isoInstant() },
  { requiredKeys: [] },
)

const properties = fc.record<Record<string, unknown>>(
  {
    url: fc.oneof(text(), number(), fc.constantFrom(null, '', [1])),
    amount: fc.oneof(number(), fc.constantFrom('29', '49.90', 'n/a', '1e3', true)),
    vip: fc.oneof(fc.boolean(), fc.constantFrom('true', 'yes')),
    'we.ird"': text(),
  },
  { requiredKeys: [] },
)

const event = fc
  .record({ type: fc.constantFrom(...catalog.eventTypes), props: properties, at: instant(), machine: fc.boolean() })
  .map((it) => ({ ...it, at: Math.min(it.at, NOW) }))

/** A person with a history up to NOW: fields of every type, some missing, texts that fold alike, machine events, points. */
export const arbitraryState: fc.Arbitrary<ContactState> = fc
  .record({
    fields: fieldValues,
    events: fc.array(event, { maxLength: 6 }),
    points: fc.array(fc.record({ dimension: fc.constantFrom('fit', 'engagement'), points: fc.constantFrom(2900, 29, 10, -100) }), {
      maxLength: 4,
    }),
    member: fc.boolean(),
    consent: fc.constantFrom<Record<string, boolean>>({}, { marketing: true }, { marketing: false }),
    stage: fc.constantFrom('name' as const, 'lead' as const, 'customer' as const),
    ownerSide: fc.constantFrom('marketing' as const, 'sales' as const),
  })
  .map((it) => ({
    person: {
      id: 1,
      key: 'ada@example.org',
      zone: null,
      ownerSide: it.ownerSide,
      ownerId: null,
      stage: it.stage,
      fields: it.fields,
      folded: foldFields(it.fields, ['city', 'plan']),
      consent: it.consent,
      suppressed: null,
      createdAt: NOW - 30 * DAY,
    },
    enrolments: [],
    past: [],
    members: it.member ? { seg_a: NOW - DAY } : {},
    rechecks: {},
    events: it.events.map(
      (e, i): ContactEvent => ({
        id: `e${i}`,
        type: e.type,
        props: e.props,
        occurredAt: e.at,
        receivedAt: e.at,
        ...(e.machine ? { machine: true } : {}),
      }),
    ),
    ledger: it.points.map(
      (line, i): LedgerLine => ({
        key: `l${i}`,
        dimension: line.dimension,
        points: line.points,
        at: NOW - HOUR,
        rule: 'r',
        cause: { flowId: 'flw', node: 'n', visit: 1 },
      }),
    ),
    sends: [],
    handoffs: [],
    related: [],
    drawn: {},
  }))

/** The texts of `TEXTS` fold into fewer: a guard that the arbitraries still exercise folding. */
export const foldsMeet = new Set(TEXTS.map(fold)).size < TEXTS.length
