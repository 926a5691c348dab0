import { z } from 'zod'
import { type FlowEdge, type FlowGraph, type FlowNode, type FlowNote, flowEdge, flowGroup, flowNode, flowNote } from '../graph/schema.ts'
import { tidyGroups } from './groups.ts'

/** What copy puts on the clipboard as text: steps with the ways between them and the groups they fill, and notes. */
export const fragment = z
  .object({
    baton: z.literal('steps'),
    nodes: z.array(flowNode).max(5000),
    edges: z.array(flowEdge).max(20_000),
    groups: z.array(flowGroup).max(1000).optional(),
    notes: z.array(flowNote).max(1000).optional(),
  })
  .refine(({ nodes, notes = [] }) => nodes.length + notes.length > 0, 'Neither a step nor a note')
export type Fragment = z.infer<typeof fragment>

/** Copies steps and the ways that both start and end among them, and notes. */
export function copy(graph: FlowGraph, ids: readonly string[]): Fragment {
  const wanted = new Set(ids)
  const nodes = graph.nodes.filter((n) => wanted.has(n.id))
  // A group comes along when all that lies in it does: a part of it is only steps.
  const left = new Set(graph.nodes.flatMap((n) => (wanted.has(n.id) ? [] : (n.parentId ?? []))))
  const filled = new Set(nodes.flatMap((n) => n.parentId ?? []))
  const groups = graph.groups?.filter((it) => filled.has(it.id) && !left.has(it.id)) ?? []
  const notes = graph.notes?.filter((it) => wanted.has(it.id)) ?? []
  return {
    baton: 'steps',
    nodes,
    edges: graph.edges.filter((e) => wanted.has(e.source) && wanted.has(e.target)),
    ...(groups.length === 0 ? {} : { groups }),
    ...(notes.length === 0 ? {} : { notes }),
  }
}

/**
 * Puts a copy on the canvas, moved by `offset`, with new ids throughout: an id belongs to one step for ever (SEMANTICS 9).
 * `newId` gives one fresh id a call.
 * @returns the flow, and the ids of what was added: steps in their order, then notes
 */
export function paste(
  graph: FlowGraph,
  what: Fragment,
  offset: { x: number; y: number },
  newId: () => string,
): { graph: FlowGraph; added: string[] } {
  const ids = new Map<string, string>(what.nodes.map((n) => [n.id, newId()]))
  const groups = new Map((what.groups ?? []).map((it) => [it.id, { ...it, id: newId() }]))
  const nodes = what.nodes.map((n): FlowNode => {
    const { parentId, ...rest } = n
    const parent = parentId === undefined ? undefined : groups.get(parentId)?.id
    return {
      ...rest,
      id: ids.get(n.id) ?? n.id,
      position: { x: n.position.x + offset.x, y: n.position.y + offset.y },
      ...(parent === undefined ? {} : { parentId: parent }),
    }
  })
  const edges = what.edges.flatMap((e): FlowEdge[] => {
    const source = ids.get(e.source)
    const target = ids.get(e.target)
    return source !== undefined && target !== undefined ? [{ ...e, id: newId(), source, target }] : []
  })
  const notes = (what.notes ?? []).map((it): FlowNote => {
    return { ...it, id: newId(), position: { x: it.position.x + offset.x, y: it.position.y + offset.y } }
  })
  const next: FlowGraph = {
    ...graph,
    nodes: [...graph.nodes, ...nodes],
    edges: [...graph.edges, ...edges],
    ...(notes.length === 0 ? {} : { notes: [...(graph.notes ?? []), ...notes] }),
  }
  const framed = groups.size === 0 ? next : tidyGroups({ ...next, groups: [...(graph.groups ?? []), ...groups.values()] })
  return { graph: framed, added: [...nodes, ...notes].map((it) => it.id) }
}
