import { DAY, HOUR } from '@baton/leads'
import fc from 'fast-check'
import { foldFields, foldProps } from '../src/condition/read.ts'
import type { ContactState } from '../src/state/contact.ts'
import type { Enrolment } from '../src/state/enrolment.ts'
import type { ContactEvent, FieldValue, LedgerLine, RelatedFact } from '../src/state/person.ts'
import { catalog, date, instant, isoInstant, NOW, number, tags, text } from './conditions.ts'

const fieldValues = fc.record<Record<string, FieldValue>>(
  {
    city: text(),
    plan: fc.constantFrom('Free', 'Pro', 'Ünï'),
    age: number(),
    vip: fc.boolean(),
    renewal: date(),
    seen: isoInstant(),
    tags: tags(),
  },
  { requiredKeys: [] },
)

const properties = fc.record<Record<string, unknown>>(
  {
    url: fc.oneof(text(), number(), date(), isoInstant(), fc.constantFrom(null, '', [1])),
    amount: fc.oneof(number(), fc.constantFrom('29', '49.90', 'n/a', '1e3', true, 1e300)),
    vip: fc.oneof(fc.boolean(), fc.constantFrom('true', 'yes')),
    'we.ird"': text(),
  },
  { requiredKeys: [] },
)

const event = fc
  .record({ type: fc.constantFrom(...catalog.eventTypes), props: properties, at: instant(), machine: fc.boolean() })
  .map((it) => ({ ...it, at: Math.min(it.at, NOW) }))

const record = fc.record({ kind: fc.constantFrom('company' as const, 'purchase' as const), data: properties, at: instant() })

const passage = fc
  .record({
    hours: fc.integer({ min: 0, max: 72 }),
    visits: fc.record<Record<string, number>>({ mail: fc.constantFrom(1, 2) }, { requiredKeys: [] }),
    took: fc.record<Record<string, number>>({ 'mail/sent': fc.constantFrom(1, 2) }, { requiredKeys: [] }),
    data: fc.record<Record<string, string | number | boolean>>(
      { city: fc.oneof(text(), fc.boolean()), amount: fc.oneof(number(), fc.constantFrom('29', 'n/a')), vip: fc.boolean() },
      { requiredKeys: [] },
    ),
  })
  .map(
    ({ hours, ...vars }): Enrolment => ({
      id: null,
      flowId: 'flw',
      key: '',
      entry: 1,
      version: 1,
      node: 'mail',
      nodeSince: NOW - hours * HOUR,
      enteredAt: NOW - 3 * DAY,
      dueAt: null,
      seq: 1,
      vars: { ...vars, here: {}, held: [], frozenMs: 0, enteredBy: 'e0' },
    }),
  )

/** A person with a history up to NOW: fields of every type, some missing, texts that fold alike, machine events, points that age. */
export const arbitraryState: fc.Arbitrary<ContactState> = fc
  .record({
    fields: fieldValues,
    events: fc.array(event, { maxLength: 6 }),
    points: fc.array(
      fc.record({
        dimension: fc.constantFrom('fit', 'engagement'),
        points: fc.constantFrom(2900, 29, 10, 1, -1, -100),
        hours: fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 150 })),
        held: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    related: fc.array(record, { maxLength: 3 }),
    passage: fc.option(passage),
    past: fc.boolean(),
    suppressed: fc.constantFrom(null, null, 'bounced'),
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
      folded: foldFields(it.fields, ['city', 'plan', 'tags']),
      consent: it.consent,
      suppressed: it.suppressed,
      createdAt: NOW - 30 * DAY,
    },
    enrolments: it.passage ? [it.passage] : [],
    past: it.past ? [{ flowId: 'flw_b', key: '', entry: 1, endedAt: NOW - DAY }] : [],
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
        at: NOW - line.hours * HOUR,
        rule: 'r',
        cause: { flowId: 'flw', node: 'n', visit: 1 },
        ...(line.held ? { held: true } : {}),
      }),
    ),
    sends: [],
    handoffs: [],
    related: it.related.map((r, i): RelatedFact => ({ ...r, id: `r${i}`, folded: foldProps(r.data) })),
    drawn: {},
  }))
