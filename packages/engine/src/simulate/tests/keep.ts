import { sumScore } from '@baton/leads'
import type { Catalog } from '../../catalog.ts'
import { dimensionRules } from '../../condition/read.ts'
import type { FieldValue } from '../../state/person.ts'
import type { Walk, WalkDecision, WalkGround, WalkStart } from '../walk/index.ts'
import { type Constants, constantsOf } from './constants.ts'
import { madeUpProp, madeUpValues, wholeHour } from './made-up.ts'
import { endOf, eventOf, runFlowTest, type TestOutcome, wayOf } from './run.ts'
import { type FlowTest, type Persona, persona as personaSchema, type TestEvent } from './schema.ts'

/** A walk that is to be kept. */
export interface WalkToKeep {
  ground: WalkGround
  start: WalkStart
  decisions: readonly WalkDecision[]
  walk: Walk
  /** They are made up already: they stay as they are. */
  persona: Persona | null
  catalog: Pick<Catalog, 'fields'>
  /** Whatever holds what authors compare with: the graph, the segments. */
  sources: readonly unknown[]
}

/** A walk as a test, and whether the person made up for it goes the same way. */
export interface KeptWalk {
  test: FlowTest
  /** What comes of it now. `ok`: somebody made up goes the way that was walked. */
  outcome: TestOutcome
  /** Labels of fields whose values nobody could be given who does not exist. */
  leftOut: readonly string[]
}

/** Tries at most: each is a walk. */
const TRIES = 60

/**
 * Makes a test of a walk: its events, the way and the end; the person is replaced by somebody made up, of whom only is known what steers
 * the way, in values that authors compare with. Where the made-up one goes another way, other made-up values are tried. SEMANTICS 11.
 */
export function keepWalk(kept: WalkToKeep, { id, name }: { id: string; name: string }): KeptWalk {
  const { ground, start, walk } = kept
  const constants = constantsOf(kept.sources)
  const facts = fieldsOf(kept, constants)
  const events = eventsOf(kept)
  const make = (fields: Record<string, FieldValue>, more: readonly TestEvent[]): FlowTest => ({
    id,
    name,
    persona: kept.persona ?? { ...personaOf(kept, constants), fields },
    from: new Date(start.at).toISOString(),
    until: new Date(walk.now).toISOString(),
    events: [...more, ...events],
    expect: wayOf(walk).map(({ node, port, visit }) => ({ node, port, ...(visit > 1 ? { visit } : {}) })),
    end: endOf(walk),
  })
  const chosen = Object.fromEntries([
    ...nameOf(kept),
    ...facts.flatMap(({ key, values: [first] }) => (first === undefined ? [] : [[key, first] as const])),
  ])
  const attempts = [make(chosen, []), ...byHand(walk).map((it) => make(chosen, [it])), ...variants(facts, chosen).map((it) => make(it, []))]
  const leftOut = kept.persona ? [] : facts.filter((it) => it.values.length === 0).map((it) => it.label)
  const [first, ...others] = attempts.slice(0, TRIES)
  if (!first) throw new Error('A walk is tried at least once.')
  const tried = { test: first, outcome: runFlowTest(ground, first), leftOut }
  for (const test of tried.outcome.ok ? [] : others) {
    const outcome = runFlowTest(ground, test)
    if (outcome.ok) return { test, outcome, leftOut }
  }
  return tried
}

/** What to call somebody of whom the flow asks no name. */
function nameOf({ ground, catalog }: WalkToKeep): (readonly [string, FieldValue])[] {
  const { fields } = ground.plan.reads
  return catalog.fields.flatMap(({ key, type }) => {
    const [name] = type === 'text' && NAMES.includes(key) && !fields.has(key) ? madeUpValues({ key, type }, '', []) : []
    return name === undefined ? [] : [[key, name] as const]
  })
}

const NAMES = ['first_name', 'last_name']

interface Fact {
  key: string
  label: string
  /** The best first; none: nothing may stand in for it. */
  values: readonly FieldValue[]
}

function fieldsOf({ start, catalog }: WalkToKeep, constants: Constants): Fact[] {
  return catalog.fields.flatMap((field): Fact[] => {
    const { fields } = start.state.person
    const value = Object.hasOwn(fields, field.key) ? fields[field.key] : undefined
    if (value === undefined) return []
    return [{ key: field.key, label: field.label, values: madeUpValues(field, value, constants.fields.get(field.key) ?? []) }]
  })
}

/** The same with one value changed for another that may stand in, one after the other. */
function variants(facts: readonly Fact[], chosen: Readonly<Record<string, FieldValue>>): Record<string, FieldValue>[] {
  return facts.flatMap(({ key, values }) => values.slice(1).map((value) => ({ ...chosen, [key]: value })))
}

/** What brought them in and what was decided, at the times it had. Whoever fits a segment joins it when they are made. */
function eventsOf({ start, decisions }: WalkToKeep): TestEvent[] {
  const matched = start.entrance?.do === 'enrol' && start.entrance.by === 'match'
  const entrance = start.entrance && !matched ? [eventOf(start.entrance, start.at)] : []
  let now = start.at
  const later = decisions.flatMap((it): TestEvent[] => {
    if (it.do === 'on') return []
    now = Math.max(now, it.at)
    return it.do === 'happen' ? [eventOf(it.what, now)] : []
  })
  return [...entrance, ...later]
}

/** For whom the made-up one would not be let in: by hand, at the same start. */
function byHand({ moments }: Walk): TestEvent[] {
  const first = moments.find((it) => it.steps.length > 0)
  const [step] = first?.steps ?? []
  return first && step ? [{ time: new Date(first.at).toISOString(), enrol: { node: step.node } }] : []
}

/** Somebody of whom what is not a field is known as of the real one: points, lists, what they did and got, in made-up values. */
function personaOf({ ground, start, walk }: WalkToKeep, { props }: Constants): Persona {
  const { plan, flowId } = ground
  const { person, members, ledger, events, sends, related } = start.state
  const seen = (data: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(data).flatMap(([key, value]) => {
        const made = madeUpProp(value, props.get(key))
        return made === undefined ? [] : [[key, made] as const]
      }),
    )
  const points = (id: string) => sumScore(ledger, id, start.at, dimensionRules(plan.dimensions, id)) / 100
  const prefix = `${flowId}/`
  const drawn = Object.entries(walk.state.drawn).flatMap(([place, way]) =>
    place.startsWith(prefix) ? [[place.slice(prefix.length), way] as const] : [],
  )
  const before = events.filter((it) => it.occurredAt <= start.at && plan.reads.events.has(it.type))
  return personaSchema.parse({
    consent: person.consent,
    ...(person.suppressed === null ? {} : { suppressed: 'by-hand' }),
    stage: person.stage,
    owner: person.ownerSide,
    lists: Object.keys(members).filter((id) => !plan.segments.has(id) && !id.startsWith('@')),
    scores: Object.fromEntries(plan.dimensions.map(({ id }) => [id, points(id)] as const).filter(([, it]) => it !== 0)),
    history: before.slice(-1000).map((it) => ({ time: wholeHour(it.occurredAt), type: it.type, props: seen(it.props) })),
    mails: sends
      .filter((it) => it.at <= start.at)
      .slice(-1000)
      .map((it) => ({ time: wholeHour(it.at), template: it.templateId, purpose: it.purpose })),
    related: related
      .slice(0, 200)
      .map(({ kind, data, at }, i) => ({ of: kind, id: `${kind}-${i + 1}`, data: seen(data), time: wholeHour(at) })),
    drawn: Object.fromEntries(drawn),
  })
}
