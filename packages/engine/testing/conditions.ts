import { fold, GRADES, HOUR, modelFactors } from '@baton/leads'
import fc from 'fast-check'
import { EMPTY_AGREEMENT } from '../src/agreement/index.ts'
import { type Catalog, emptyCatalog } from '../src/catalog.ts'
import type { Condition, PropertyRule, Rule } from '../src/condition/schema.ts'

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
    { key: 'tags', label: 'Tags', type: 'tags' },
  ],
  segments: [
    { id: 'seg_a', name: 'Anglers' },
    { id: 'seg_b', name: 'Bakers' },
  ],
  templates: [],
  teams: [],
  dimensions: [
    { id: 'fit', name: 'Fit', cap: 3000 },
    { id: 'engagement', name: 'Engagement', factors: modelFactors({ halfLifeDays: 2, expiryDays: 5 }), cap: null },
  ],
  grade: { fit: { dimension: 'fit', at: [2500, 1000, 10] }, engagement: { dimension: 'engagement', at: [2000, 725, 1] } },
  flows: [
    { id: 'flw', name: 'Welcome', version: 1, startable: false },
    { id: 'flw_b', name: 'Win back', version: null, startable: false },
  ],
  agreements: [
    {
      id: 'agr',
      name: 'Ready for sales',
      version: 2,
      signed: true,
      reviewOn: null,
      returns: EMPTY_AGREEMENT.returns,
      qualifies: {
        combinator: 'and',
        rules: [
          {
            combinator: 'or',
            rules: [
              { subject: { kind: 'field', key: 'age' }, op: 'ge', value: 30 },
              { subject: { kind: 'field', key: 'vip' }, op: 'is', value: true },
            ],
          },
          { subject: { kind: 'event', type: 'page', where: [], window: { kind: 'days', days: 2 } }, op: 'lt', value: 2 },
          { subject: { kind: 'score', dimension: 'engagement' }, op: 'le', value: 10 },
        ],
      },
    },
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
export const text = () => fc.constantFrom(...TEXTS)
const part = () => fc.oneof(text(), fc.constantFrom('r', 'ü', 'ß', 'ER', 'i̇', '%', '_', '\\'))
const NUMBERS = [-1, 0, 0.1, 0.29, 29, 30, 45.5, 2 ** 53, 1e21, 5e-7]
export const number = () => fc.constantFrom(...NUMBERS)
const DATES = ['2026-03-22', '2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-04-02', '2024-02-29']
export const date = () => fc.constantFrom(...DATES)
/** Instants on, just before and just after the edges of windows of whole days and hours. */
export const instant = () =>
  fc.tuple(fc.integer({ min: -96, max: 96 }), fc.constantFrom(-1, 0, 1)).map(([hours, ms]) => NOW + hours * HOUR + ms)
export const isoInstant = () => instant().map((it) => new Date(it).toISOString())
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
const listed = (options: readonly string[], maxLength = options.length) =>
  fc.oneof(
    fc.record({ op: fc.constantFrom('is' as const, 'is-not' as const), value: fc.constantFrom(...options) }),
    fc.record({
      op: fc.constantFrom('any-of' as const, 'none-of' as const),
      value: fc.subarray([...options], { minLength: 1, maxLength }),
    }),
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
          fc.record({ op: fc.constantFrom('before' as const, 'after' as const), value: date() }),
        ),
      )
      .map(([key, comparison]) => ({ key, ...comparison })),
    fc.boolean().map((value): PropertyRule => ({ key: 'machine', op: 'is', value })),
  )

const TAGS = ['Berlin', 'berlin', 'Zürich', 'Zu\u0308rich', 'vip', '%', 'a b']
export const tags = () => fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 3, selector: fold })

const ever = fc.constant({ kind: 'ever' as const })
const lastDays = days().map((n) => ({ kind: 'days' as const, days: n }))
const counted = () => amount(() => fc.constantFrom(0, 1, 2, 3))
const total = fc.constantFrom(...PROPERTIES, 'machine').map((sum) => ({ sum }))

/** Rules over events: how many, how long ago, how much in all. */
function eventRules(inFlow: boolean): fc.Arbitrary<Rule> {
  const windows = inFlow ? [fc.constant({ kind: 'since-entering' as const }), fc.constant({ kind: 'since-arriving' as const })] : []
  const of = {
    kind: fc.constant('event' as const),
    type: fc.constantFrom(...catalog.eventTypes),
    where: fc.array(propertyRule(), { maxLength: 2 }),
    window: fc.oneof(ever, lastDays, ...windows),
  }
  const compared = (subject: fc.Arbitrary<Rule['subject']>, by: () => fc.Arbitrary<Pick<Rule, 'op' | 'value'>>) =>
    subject.chain((it) => by().map((comparison): Rule => ({ subject: it, ...comparison })))
  return fc.oneof(
    { arbitrary: compared(fc.record(of), counted), weight: 4 },
    compared(fc.record({ ...of, measure: fc.constant('days-since-last' as const) }), () => amount(() => fc.constantFrom(0, 0.5, 1, 2, 3))),
    compared(fc.record({ ...of, measure: total }), () => amount(number)),
  )
}

/** Rules over companies, opportunities and purchases. */
function relatedRules(): fc.Arbitrary<Rule> {
  const of = {
    kind: fc.constant('related' as const),
    of: fc.constantFrom('company' as const, 'purchase' as const),
    where: fc.array(propertyRule(), { maxLength: 2 }),
    window: fc.oneof(ever, lastDays),
  }
  return fc.oneof(
    fc.record(of).chain((subject) => counted().map((it): Rule => ({ subject, ...it }))),
    fc.record({ ...of, measure: total }).chain((subject) => amount(number).map((it): Rule => ({ subject, ...it }))),
  )
}

/** Rules over the passage through a flow. */
const passageRules = (): fc.Arbitrary<Rule>[] => [
  counted().map((it): Rule => ({ subject: { kind: 'journey', node: 'mail' }, ...it })),
  counted().map((it): Rule => ({ subject: { kind: 'journey', node: 'mail', port: 'sent' }, ...it })),
  fc.oneof(texts(), presence()).map((it): Rule => ({ subject: { kind: 'carried', key: 'city', type: 'text' }, ...it })),
  fc.oneof(amount(number), presence()).map((it): Rule => ({ subject: { kind: 'carried', key: 'amount', type: 'number' }, ...it })),
  fc.oneof(yesNo(), presence()).map((it): Rule => ({ subject: { kind: 'carried', key: 'vip', type: 'boolean' }, ...it })),
]

/** Any rule that fits the catalog. `inFlow` allows what means nothing outside of a flow. */
export function arbitraryRule(inFlow: boolean): fc.Arbitrary<Rule> {
  const field = (key: string, comparison: fc.Arbitrary<Pick<Rule, 'op' | 'value'>>) =>
    comparison.map((it): Rule => ({ subject: { kind: 'field', key }, ...it }))
  const tagged = fc.record({
    op: fc.constantFrom('any-of' as const, 'none-of' as const, 'all-of' as const),
    value: fc.array(fc.constantFrom(...TAGS), { minLength: 1, maxLength: 3 }),
  })
  const weekdays = ['friday', 'saturday', 'sunday', 'monday']
  return fc.oneof(
    bare().map((it): Rule => ({ subject: { kind: 'agreement', agreementId: 'agr' }, ...it })),
    field('city', fc.oneof(texts(), presence())),
    field('plan', fc.oneof(listed(['Free', 'Pro', 'ünÏ']), presence())),
    field('age', fc.oneof(amount(number), presence())),
    field('vip', fc.oneof(yesNo(), presence())),
    field('renewal', fc.oneof(edges(date, date), span(), presence())),
    field('seen', fc.oneof(edges(typedInstant, isoInstant), span(), presence())),
    field('tags', fc.oneof({ arbitrary: tagged, weight: 3 }, presence())),
    amount(number).map((it): Rule => ({ subject: { kind: 'score', dimension: 'fit' }, ...it })),
    amount(() => fc.constantFrom(-1, 0, 0.1, 7.25, 14.5, 29, 30)).map(
      (it): Rule => ({ subject: { kind: 'score', dimension: 'engagement' }, ...it }),
    ),
    listed(GRADES, 4).map((it): Rule => ({ subject: { kind: 'grade' }, ...it })),
    bare().map((it): Rule => ({ subject: { kind: 'segment', segmentId: 'seg_a' }, ...it })),
    bare().map((it): Rule => ({ subject: { kind: 'consent', topic: 'marketing' }, ...it })),
    bare().map((it): Rule => ({ subject: { kind: 'mailable' }, ...it })),
    fc
      .record({
        kind: fc.constant('passage' as const),
        flowId: fc.constantFrom('flw', 'flw_b'),
        is: fc.constantFrom('now' as const, 'ever' as const),
      })
      .chain((subject) => bare().map((it): Rule => ({ subject, ...it }))),
    listed(['name', 'lead', 'customer']).map((it): Rule => ({ subject: { kind: 'stage' }, ...it })),
    edges(date, date).map((it): Rule => ({ subject: { kind: 'today' }, ...it })),
    listed(weekdays).map((it): Rule => ({ subject: { kind: 'weekday' }, ...it })),
    fc
      .record({ op: fc.constantFrom('is' as const, 'is-not' as const), value: fc.constantFrom('marketing', 'sales') })
      .map((it): Rule => ({ subject: { kind: 'owner' }, ...it })),
    { arbitrary: eventRules(inFlow), weight: 4 },
    { arbitrary: relatedRules(), weight: 2 },
    ...(inFlow ? passageRules() : []),
  )
}

/** Any condition that fits the catalog, at most three groups deep. */
export function arbitraryCondition(inFlow: boolean): fc.Arbitrary<Condition> {
  const group = (member: fc.Arbitrary<Rule | Condition>): fc.Arbitrary<Condition> =>
    fc.record({
      combinator: fc.constantFrom('and' as const, 'or' as const),
      not: fc.boolean(),
      rules: fc.array(member, { minLength: 1, maxLength: 3 }),
    })
  const rule = arbitraryRule(inFlow)
  const inner = group(rule)
  const middle = group(fc.oneof(rule, inner))
  return group(fc.oneof({ arbitrary: rule, weight: 2 }, middle))
}

/** The texts of `TEXTS` fold into fewer: a guard that the arbitraries still exercise folding. */
export const foldsMeet = new Set(TEXTS.map(fold)).size < TEXTS.length
