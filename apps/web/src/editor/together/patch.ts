import { type FlowGraph, flowEdge, flowGraph, flowNode, flowSettings } from '@baton/engine'
import { z } from 'zod'

const partOf = <T extends z.ZodType<{ id: string }>>(item: T) =>
  z.object({ put: z.array(item), gone: z.array(z.string()), order: z.array(z.string()).optional(), absent: z.boolean().optional() })

/**
 * What leads from one graph to another, without what both have: of each part the things that are new or other, the ids of those that are
 * gone, and the order where it is not that of before with the new ones at the end. `absent`: the part itself is not there any more.
 */
export const patchShape = z.object({
  nodes: partOf(flowNode).optional(),
  edges: partOf(flowEdge).optional(),
  notes: partOf(flowGraph.shape.notes.unwrap().element).optional(),
  groups: partOf(flowGraph.shape.groups.unwrap().element).optional(),
  /** Small parts, whole. */
  settings: flowSettings.optional(),
  tests: z.object({ now: flowGraph.shape.tests }).optional(),
})
export type Patch = z.infer<typeof patchShape>

/** What is other in a list of things with ids. */
export interface PartPatch<T> {
  put: T[]
  gone: string[]
  order?: string[] | undefined
  absent?: boolean | undefined
}

function applyPart<T extends { id: string }>(from: readonly T[] | undefined, patch: PartPatch<T>): T[] | undefined {
  if (patch.absent) return undefined
  const put = new Map(patch.put.map((it) => [it.id, it]))
  const gone = new Set(patch.gone)
  const known = new Set(from?.map((it) => it.id))
  const kept = (from ?? []).filter((it) => !gone.has(it.id)).map((it) => put.get(it.id) ?? it)
  const all = [...kept, ...patch.put.filter((it) => !known.has(it.id))]
  if (!patch.order) return all
  const byId = new Map(all.map((it) => [it.id, it]))
  return patch.order.flatMap((id) => byId.get(id) ?? [])
}

/** The other graph of a patch; it shares with `from` what both have. */
export function applyPatch(from: FlowGraph, patch: Patch): FlowGraph {
  const next: FlowGraph = {
    ...from,
    nodes: patch.nodes ? (applyPart(from.nodes, patch.nodes) ?? []) : from.nodes,
    edges: patch.edges ? (applyPart(from.edges, patch.edges) ?? []) : from.edges,
    settings: patch.settings ?? from.settings,
  }
  if (patch.notes) next.notes = applyPart(from.notes, patch.notes)
  if (patch.groups) next.groups = applyPart(from.groups, patch.groups)
  if (patch.tests) next.tests = patch.tests.now
  return next
}
