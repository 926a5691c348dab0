import { z } from 'zod'
import { type FlowEdge, type FlowGraph, type FlowNode, flowEdge, flowGroup, flowNode } from '../graph/schema.ts'
import { tidyGroups } from './groups.ts'

/** What copy puts on the clipboard as text: steps with the ways between them and the groups they fill. */
export const fragment = z.object({
  baton: z.literal('steps'),
  nodes: z.array(flowNode).min(1).max(5000),
  edges: z.array(flowEdge).max(20_000),
  groups: z.array(flowGroup).max(1000).optional(),
})
export type Fragment = z.infer<typeof fragment>

/** Copies steps and the ways that both start and end among them. */
export function copy(graph: FlowGraph, ids: readonly string[]): Fragment {
  const wanted = new Set(ids)
  const nodes = graph.nodes.filter((n) => wanted.has(n.id))
  // A group comes along when all that lies in it does: a part of it is only steps.
  const left = new Set(graph.nodes.flatMap((n) => (wanted.has(n.id) ? [] : (n.parentId ?? []))))
  const filled = new Set(nodes.flatMap((n) => n.parentId ?? []))
  const groups = graph.groups?.filter((it) => filled.has(it.id) && !left.has(it.id)) ?? []
  return {
    baton: 'steps',
    nodes,
    edges: graph.edges.filter((e) => wanted.has(e.source) && wanted.has(e.target)),
    ...(groups.length === 0 ? {} : { groups }),
  }
}

/**
 * Puts a copy on the canvas, moved by `offset`, with new ids throughout: an id belongs to one step for ever (SEMANTICS 9).
 * `newId` gives one fresh id a call.
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
  const next: FlowGraph = { ...graph, nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges] }
  const framed = groups.size === 0 ? next : tidyGroups({ ...next, groups: [...(graph.groups ?? []), ...groups.values()] })
  return { graph: framed, added: nodes.map((n) => n.id) }
}
