import type { AgreementEntry } from '../../catalog.ts'
import type { Condition } from '../../condition/schema.ts'
import { conditionReferences, referencesOf } from '../../graph/references.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import type { Reference } from '../../kind.ts'
import type { PublishedModel } from '../../scoring/schema.ts'
import type { TeamFacts } from '../world/team.ts'

/** What lies around a flow, and of which only a part concerns it. */
export interface AroundSource<T extends { id: string; condition: Condition } = { id: string; condition: Condition }> {
  graph: FlowGraph
  segments: readonly T[]
  catalog: { agreements: readonly AgreementEntry[] }
  scoring?: PublishedModel | null | undefined
  teams?: readonly TeamFacts[] | undefined
}

const keyOf = ({ kind, id }: Pick<Reference, 'kind' | 'id'>) => `${kind} ${id}`

/** The teams that a flow hands over to. */
export const teamsFor = (graph: FlowGraph, teams: readonly TeamFacts[] | undefined): TeamFacts[] | undefined => {
  const named = new Set(referencesOf(graph).flatMap((it) => (it.kind === 'team' ? [it.id] : [])))
  return teams?.filter((it) => named.has(it.id))
}

/** Everything that a flow names, with what segments, agreements, territories and score rules name in turn. */
function namedBy({ graph, segments, catalog: { agreements }, scoring, teams }: AroundSource): ReadonlySet<string> {
  const asked = new Map<string, Condition[]>()
  const add = (kind: Reference['kind'], id: string, condition: Condition) => {
    const key = keyOf({ kind, id })
    asked.set(key, [...(asked.get(key) ?? []), condition])
  }
  for (const it of segments) add('segment', it.id, it.condition)
  for (const it of agreements) add('agreement', it.id, it.qualifies)
  for (const it of scoring?.rules ?? []) if (it.kind === 'attribute') add('dimension', it.dimension, it.when)
  const territories = (teamsFor(graph, teams) ?? []).flatMap((it) => it.territories)
  const open = new Set([...referencesOf(graph), ...territories.flatMap((it) => conditionReferences(it.condition))].map(keyOf))
  for (const one of open) for (const it of (asked.get(one) ?? []).flatMap(conditionReferences)) open.add(keyOf(it))
  return open
}

/** The segments that a flow names, and those that they, its agreements, its teams' territories or the rules of its scores name in turn. */
export function segmentsFor<T extends { id: string; condition: Condition }>(of: AroundSource<T>): T[] {
  const named = namedBy(of)
  return of.segments.filter((it) => named.has(keyOf({ kind: 'segment', id: it.id })))
}

/** The part of the score model by which scores change that a flow asks for; null: none does. */
export function scoringFor(of: AroundSource): PublishedModel | null {
  if (!of.scoring) return null
  const named = namedBy(of)
  const rules = of.scoring.rules.filter((it) => named.has(keyOf({ kind: 'dimension', id: it.dimension })))
  return rules.length === 0 ? null : { ...of.scoring, rules }
}
