import type { FlowEdge, FlowGraph, FlowNode } from '../graph/schema.ts'
import { tidyGroups } from './groups.ts'

/** Puts a step on the canvas. An id that is taken already changes nothing: ids are for life. */
export function addNode(graph: FlowGraph, node: FlowNode): FlowGraph {
  if (graph.nodes.some((n) => n.id === node.id)) return graph
  return { ...graph, nodes: [...graph.nodes, node] }
}

/** Moves steps to new places, by id. Steps that stay where they are keep their identity, so that a canvas does not redraw them. */
export function moveNodes(graph: FlowGraph, to: Readonly<Record<string, { x: number; y: number }>>): FlowGraph {
  let moved = false
  const nodes = graph.nodes.map((n) => {
    const at = to[n.id]
    if (!at || (at.x === n.position.x && at.y === n.position.y)) return n
    moved = true
    return { ...n, position: { x: at.x, y: at.y } }
  })
  return moved ? { ...graph, nodes } : graph
}

/**
 * Replaces a step's config. `ports` are the ways out that the new config has: ways that start at a port which is gone go too,
 * since a way from nowhere cannot be drawn, checked or run.
 */
export function setData(graph: FlowGraph, id: string, data: Record<string, unknown>, ports: readonly string[]): FlowGraph {
  if (!graph.nodes.some((n) => n.id === id)) return graph
  const kept = new Set(ports)
  const edges = graph.edges.filter((e) => e.source !== id || kept.has(e.sourceHandle))
  return {
    ...graph,
    nodes: graph.nodes.map((n) => (n.id === id ? { ...n, data } : n)),
    edges: edges.length === graph.edges.length ? graph.edges : edges,
  }
}

/**
 * Takes steps off the canvas with their ways. Where the removed steps formed a plain line (one way in or more, and one way out),
 * the gap is healed: what led in now leads to what came after. Tests stay as they are: one that expects a removed step fails, and says so.
 */
export function removeNodes(graph: FlowGraph, ids: readonly string[]): FlowGraph {
  const gone = new Set(ids.filter((id) => graph.nodes.some((n) => n.id === id)))
  if (gone.size === 0) return graph
  const after = exitOf(graph, gone)
  const edges: FlowEdge[] = []
  for (const edge of graph.edges) {
    if (gone.has(edge.source)) continue
    if (!gone.has(edge.target)) edges.push(edge)
    else {
      const target = after(edge.target)
      if (target !== undefined && target !== edge.source) edges.push({ ...edge, target })
    }
  }
  return tidyGroups({ ...graph, nodes: graph.nodes.filter((n) => !gone.has(n.id)), edges })
}

/** Where somebody who entered a removed step would have come out, if there is exactly one such place. */
function exitOf(graph: FlowGraph, gone: ReadonlySet<string>) {
  const out = new Map<string, FlowEdge[]>()
  for (const edge of graph.edges) out.set(edge.source, [...(out.get(edge.source) ?? []), edge])
  return (start: string): string | undefined => {
    const seen = new Set<string>()
    let at = start
    while (gone.has(at)) {
      const ways = out.get(at) ?? []
      const way = ways[0]
      if (ways.length !== 1 || !way || seen.has(at)) return undefined
      seen.add(at)
      at = way.target
    }
    return at
  }
}
