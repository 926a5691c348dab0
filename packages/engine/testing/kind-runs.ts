import { z } from 'zod'
import { sampleCatalog } from '../fixtures/index.ts'
import { kindFixtures } from '../fixtures/kinds/index.ts'
import type { Catalog } from '../src/catalog.ts'
import { buildPlan } from '../src/compile/build-plan.ts'
import { foldFields, foldProps } from '../src/condition/read.ts'
import { type Condition, condition } from '../src/condition/schema.ts'
import { type FlowGraph, flowGraph } from '../src/graph/schema.ts'
import type { Plan, PlannedFlow } from '../src/plan.ts'
import type { ContactState } from '../src/state/contact.ts'
import { emptyState } from '../src/state/empty.ts'
import type { EffectNews, HandoffNews, InboxItem } from '../src/state/input.ts'
import type { ContactEvent, Instant, Person } from '../src/state/person.ts'
import { compiled } from './build.ts'
import { type MemoryContact, type MemoryRun, type React, runInMemory } from './run-in-memory.ts'

/**
 * A recorded run for one kind of node: a small bundle, people, what happens to them and what the world answers. It takes every
 * port of the kind; `<kind>.journal.jsonl` beside it is what the engine wrote, and what the runner must write over a database.
 */
export interface KindRun {
  kind: string
  catalog: Catalog
  segments: readonly { id: string; condition: Condition }[]
  flows: readonly { id: string; graph: FlowGraph; share?: number | undefined }[]
  contacts: readonly MemoryContact[]
  /** The run's first instant and its last. */
  from: Instant
  until: Instant
  seed: string
  plan: Plan
  /** Asks the world about one thing that went out: what it answers, and when. */
  answer(made: Made, at: Instant): readonly InboxItem[]
}

/** Something that went out of a step: a hand-off, or an effect of a kind. */
export interface Made {
  to: 'handoff' | 'webhook' | 'throttle' | 'notify'
  key: string
  node: string
  contact: string
}

const instant = z.union([z.number(), z.iso.datetime().transform((it) => Date.parse(it))])
const item = z.custom<Record<string, unknown>>((it) => z.object({ kind: z.string(), at: instant }).safeParse(it).success)
const news = z.custom<HandoffNews & EffectNews>((it) => z.object({ outcome: z.string() }).safeParse(it).success)
const answer = z.strictObject({
  to: z.enum(['handoff', 'webhook', 'throttle', 'notify']),
  node: z.string().optional(),
  contact: z.string().optional(),
  /** How many times it answers so; then the next answer that fits counts. Absent: always. */
  times: z.number().int().optional(),
  afterMinutes: z.number().default(0),
  news,
  /** What follows of the same, counted from the same moment. */
  also: z.array(z.strictObject({ afterMinutes: z.number(), news })).default([]),
})
const contact = z.strictObject({
  key: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).default({}),
  zone: z.string().nullable().default(null),
  consent: z.record(z.string(), z.boolean()).default({}),
  suppressed: z.string().nullable().default(null),
  stage: z.custom<Person['stage']>((it) => typeof it === 'string').default('name'),
  ownerSide: z.enum(['marketing', 'sales']).default('marketing'),
  /** Static lists (and segments) they are in from the start. */
  members: z.record(z.string(), instant).default({}),
  related: z
    .array(
      z.strictObject({
        kind: z.enum(['company', 'opportunity', 'purchase']),
        id: z.string(),
        data: z.record(z.string(), z.unknown()),
        at: instant,
      }),
    )
    .default([]),
  items: z.array(item),
})
const fixture = z.strictObject({
  from: instant,
  days: z.number().positive(),
  seed: z.string().default('x'),
  /** Parts of the catalog, over the sample's. */
  catalog: z.custom<Partial<Catalog>>((it) => typeof it === 'object' && it !== null).default({}),
  segments: z.array(z.strictObject({ id: z.string(), condition })).default([]),
  flows: z.array(z.strictObject({ id: z.string(), share: z.number().optional(), graph: flowGraph })),
  contacts: z.array(contact),
  answers: z.array(answer).default([]),
})

const DAY = 86_400_000
const MINUTE = 60_000

/** Instants are written as text (`2026-03-02T09:00:00Z`) where people write them; items and events carry numbers. */
function instants(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(instants)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [
      key,
      typeof it === 'string' && ['at', 'occurredAt', 'receivedAt'].includes(key) ? Date.parse(it) : instants(it),
    ]),
  )
}

/** An item as a fixture writes it; an event that says no more than its type happened and arrived at the item's instant. */
function readItem(raw: Record<string, unknown>, at: number): InboxItem {
  const given = instants(raw) as InboxItem
  if (given.kind !== 'event') return given
  const event: Partial<ContactEvent> & Pick<ContactEvent, 'type'> = given.event
  return { ...given, event: { id: `e${at}`, props: {}, occurredAt: given.at, receivedAt: given.at, ...event } }
}

function readContact(raw: z.infer<typeof contact>, index: number, catalog: Catalog, from: Instant): MemoryContact {
  const { key, fields, zone, consent, suppressed, stage, ownerSide, members } = raw
  const texts = catalog.fields.filter((it) => it.type !== 'number' && it.type !== 'boolean' && it.type !== 'date' && it.type !== 'datetime')
  const folded = foldFields(
    fields,
    texts.map((it) => it.key),
  )
  const person: Person = { id: index + 1, key, zone, ownerSide, ownerId: null, stage, fields, folded, consent, suppressed, createdAt: from }
  const related = raw.related.map((it) => ({ ...it, folded: foldProps(it.data) }))
  const state: ContactState = { ...emptyState(person), members, related }
  return { state, items: raw.items.map((it, i) => readItem(it, index * 1000 + i)) }
}

/** Reads one fixture. Throws where it does not compile: fixtures do. */
export function kindRun(kind: string, raw: unknown): KindRun {
  const read = fixture.parse(raw)
  const catalog: Catalog = {
    ...sampleCatalog,
    ...read.catalog,
    segments: [...(read.catalog.segments ?? sampleCatalog.segments), ...read.segments.map(({ id }) => ({ id, name: id }))],
  }
  const flows = read.flows.map(({ id, share, graph }): PlannedFlow => {
    const entry = compiled(id, graph, catalog)
    return { flowId: id, state: 'live', entry, versions: new Map([[1, entry]]), pauses: [], share }
  })
  const contacts = read.contacts.map((it, i) => readContact(it, i, catalog, read.from))
  const left = new Map(read.answers.map((it) => [it, it.times ?? Number.POSITIVE_INFINITY]))
  return {
    kind,
    catalog,
    segments: read.segments,
    flows: read.flows,
    contacts,
    from: read.from,
    until: read.from + read.days * DAY,
    seed: read.seed,
    plan: buildPlan({ flows, segments: read.segments, catalog }),
    answer(made, at) {
      const fits = read.answers.find(
        (it) =>
          it.to === made.to &&
          (it.node === undefined || it.node === made.node) &&
          (it.contact === undefined || it.contact === made.contact) &&
          (left.get(it) ?? 0) > 0,
      )
      if (!fits) return []
      left.set(fits, (left.get(fits) ?? 0) - 1)
      return [fits, ...fits.also].map(({ afterMinutes, news }): InboxItem => {
        const when = at + afterMinutes * MINUTE
        if (made.to === 'handoff') return { kind: 'handoff', at: when, handoff: made.key, news }
        return { kind: 'effect', at: when, effect: made.key, news }
      })
    },
  }
}

/** Every recorded run. Read anew at each call: what the world answers is used up by a run. */
export const kindRuns = (): readonly KindRun[] => Object.entries(kindFixtures).map(([kind, raw]) => kindRun(kind, raw))

/** What the world of a run answers to whatever goes out. */
export const worldOf =
  (run: KindRun): React =>
  ({ state, handoffs, effects }, at) => {
    const contactKey = state.person.key
    return [
      ...handoffs.flatMap(({ key, node }) => run.answer({ to: 'handoff', key, node, contact: contactKey }, at)),
      ...effects.flatMap(({ kind, key, node }) => run.answer({ to: kind, key, node, contact: contactKey }, at)),
    ]
  }

/** Plays a run with the engine alone. */
export const playKindRun = (run: KindRun): MemoryRun =>
  runInMemory(run.plan, run.contacts, run.until, { seed: run.seed, react: worldOf(run) })
