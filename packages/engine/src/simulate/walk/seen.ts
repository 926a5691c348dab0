import { ownerOf } from '@baton/leads'
import { referencesOf } from '../../graph/references.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import type { ContactState } from '../../state/contact.ts'
import type { RelatedFact } from '../../state/person.ts'
import type { SalesRep } from '../world/team.ts'
import type { WalkGround } from './walk.ts'

/** Needed whatever a flow reads: they say in which zone somebody lives. */
const PLACE = ['zone', 'country']

/** In place of an address that no step reads: the gate asks only whether there is one. */
const SOME_ADDRESS = 'someone@example.com'

/**
 * What of a contact a walk through this ground may see, and nothing else: fields that steps and conditions name, properties that they
 * compare, points, segments and passages that they ask for. As if they had never been in this flow; what they are in elsewhere stands
 * still. SECURITY: a simulation sends the browser only what the plan reads.
 */
export function seenByWalk(
  { plan, flowId, teams }: WalkGround,
  graph: FlowGraph,
  sources: readonly unknown[],
  state: ContactState,
): ContactState {
  const reps = teams.flatMap((it) => it.reps)
  const { person } = state
  const named = referencesOf(graph).flatMap((it) => (it.kind === 'field' ? [it.id] : []))
  const fields = new Set([
    ...PLACE,
    ...named,
    ...plan.reads.fields,
    ...plan.index.triggers.fields.keys(),
    ...plan.index.triggers.dates.keys(),
  ])
  const props = namedProps(sources)
  const only = <T>(record: Readonly<Record<string, T>>, has: (key: string) => boolean) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => has(key)))
  const dimensions = new Set([...plan.reads.dimensions, ...plan.index.triggers.dimensions.keys(), ...referencesTo(graph, 'dimension')])
  const lists = new Set([...plan.segments.keys(), ...referencesTo(graph, 'segment')])
  const address = person.fields.email === undefined || fields.has('email') ? {} : { email: SOME_ADDRESS }
  const prefix = `${flowId}/`
  return {
    person: {
      ...person,
      id: 0,
      ownerId: null,
      fields: { ...only(person.fields, (it) => fields.has(it)), ...address },
      folded: only(person.folded, (it) => fields.has(it)),
    },
    enrolments: state.enrolments
      .filter((it) => it.flowId !== flowId && plan.reads.flows.has(it.flowId))
      .map((it) => ({ ...it, id: null, dueAt: null, vars: { visits: {}, here: {}, held: [], frozenMs: 0 } })),
    past: state.past.filter((it) => it.flowId !== flowId && plan.reads.flows.has(it.flowId)),
    members: only(state.members, (it) => lists.has(it)),
    rechecks: only(state.rechecks, (it) => plan.segments.has(it) || plan.scoring?.attributes.has(it) === true),
    events: state.events
      .filter((it) => plan.reads.events.has(it.type) || plan.scoring?.behaviours.has(it.type) === true)
      .map((it) => ({ ...it, props: only(it.props, (key) => props.has(key)) })),
    ledger: state.ledger.filter((it) => dimensions.has(it.dimension)),
    sends: state.sends,
    handoffs: state.handoffs.filter((it) => it.enrolment.flowId !== flowId).map((it) => ({ ...it, repId: null })),
    related: state.related.map((it) => ({
      ...it,
      data: { ...only(it.data, (key) => props.has(key) || PLACE.includes(key)), ...ownedBy(it, reps) },
      folded: it.folded && only(it.folded, (key) => props.has(key) || PLACE.includes(key)),
    })),
    drawn: only(state.drawn, (it) => it.startsWith(prefix)),
  }
}

/** Of whose a record is no more than which of the reps: not the address by which it says so. */
function ownedBy(record: RelatedFact, reps: readonly SalesRep[]): { owner_id?: string } {
  const owner = ownerOf(record, reps)
  return owner ? { owner_id: owner.id } : {}
}

const referencesTo = (graph: FlowGraph, kind: 'dimension' | 'segment') =>
  referencesOf(graph).flatMap((it) => (it.kind === kind ? [it.id] : []))

/** Properties that are compared, added up, kept or tell one object from another, in anything that is made of JSON. */
export function namedProps(source: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(source)) for (const it of source) namedProps(it, found)
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return found
  for (const [name, value] of Object.entries(source)) {
    const names: readonly unknown[] = name === 'keep' && Array.isArray(value) ? value : ['key', 'sum'].includes(name) ? [value] : []
    for (const it of names) if (typeof it === 'string') found.add(it)
    namedProps(value, found)
  }
  return found
}
