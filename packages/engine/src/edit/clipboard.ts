import { z } from 'zod'
import { type FlowEdge, type FlowGraph, type FlowNode, flowEdge, flowNode } from '../graph/schema.ts'

/** What copy puts on the clipboard as text: steps with the ways between them. */
export const fragment = z.object({
  baton: z.literal('steps'),
  nodes: z.array(flowNode).min(1).max(5000),
  edges: z.array(flowEdge).max(20_000),
})
export type Fragment = z.infer<typeof fragment>

/** Copies steps and the ways that both start and end among them. */
export function copy(graph: FlowGraph, ids: readonly string[]): Fragment {
  const wanted = new Set(ids)
  return {
    baton: 'steps',
    nodes: graph.nodes.filter((n) => wanted.has(n.id)),
    edges: graph.edges.filter((e) => wanted.has(e.source) && wanted.has(e.target)),
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
  const nodes = what.nodes.map((n): FlowNode => {
    const { parentId, ...rest } = n
    const parent = parentId === undefined ? undefined : ids.get(parentId)
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
  return { graph: { ...graph, nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges] }, added: nodes.map((n) => n.id) }
}
