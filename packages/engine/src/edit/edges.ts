import type { FlowEdge, FlowGraph, FlowNode } from '../graph/schema.ts'
import { kindOf } from '../nodes/registry.ts'

/** Draws a way. A port leads to one place only, so a way that is there already is replaced. A step never leads to itself. */
export function connect(graph: FlowGraph, edge: FlowEdge): FlowGraph {
  const ends = new Set(graph.nodes.map((n) => n.id))
  if (edge.source === edge.target || !ends.has(edge.source) || !ends.has(edge.target)) return graph
  const rest = graph.edges.filter((e) => e.id !== edge.id && !(e.source === edge.source && e.sourceHandle === edge.sourceHandle))
  return { ...graph, edges: [...rest, edge] }
}

/** Removes ways by id. */
export function disconnect(graph: FlowGraph, ids: readonly string[]): FlowGraph {
  const gone = new Set(ids)
  const edges = graph.edges.filter((e) => !gone.has(e.id))
  return edges.length === graph.edges.length ? graph : { ...graph, edges }
}

/**
 * Puts a step into the middle of a way: what led to the old target now leads to the new step, and the new step's `port`, if it has
 * one, leads to the old target. `edgeId` names the second way.
 */
export function insertOnEdge(graph: FlowGraph, id: string, node: FlowNode, port: string | null, edgeId: string): FlowGraph {
  const way = graph.edges.find((e) => e.id === id)
  if (!way || graph.nodes.some((n) => n.id === node.id)) return graph
  const edges = graph.edges.map((e) => (e.id === id ? { ...e, target: node.id } : e))
  if (port !== null) edges.push({ id: edgeId, source: node.id, sourceHandle: port, target: way.target })
  return { ...graph, nodes: [...graph.nodes, node], edges }
}

/**
 * Puts a step that nothing leads to yet into the middle of a way. Its `port` leads on to the old target, unless that port leads somewhere
 * already; `edgeId` names that second way. A step that something leads to, or one that the way itself begins or ends at, changes nothing.
 */
export function placeOnEdge(graph: FlowGraph, id: string, node: string, port: string | null, edgeId: string): FlowGraph {
  const way = graph.edges.find((e) => e.id === id)
  const there = graph.nodes.some((n) => n.id === node)
  if (!way || !there || way.source === node || graph.edges.some((e) => e.target === node)) return graph
  const edges = graph.edges.map((e) => (e.id === id ? { ...e, target: node } : e))
  const open = port !== null && !graph.edges.some((e) => e.source === node && e.sourceHandle === port)
  if (open && way.target !== node) edges.push({ id: edgeId, source: node, sourceHandle: port, target: way.target })
  return { ...graph, edges }
}

/** Leads a way from or to another place. A port leads to one place only: a way that began there already goes. */
export function reconnect(graph: FlowGraph, id: string, to: Pick<FlowEdge, 'source' | 'sourceHandle' | 'target'>): FlowGraph {
  const way = graph.edges.find((e) => e.id === id)
  if (!way || (way.source === to.source && way.sourceHandle === to.sourceHandle && way.target === to.target)) return graph
  return connect(graph, { id, source: to.source, sourceHandle: to.sourceHandle, target: to.target })
}

/** Whether one step comes after another along ways. */
function leadsTo(edges: readonly FlowEdge[], from: string, to: string): boolean {
  const seen = new Set([from])
  for (const id of seen) for (const edge of edges) if (edge.source === id) seen.add(edge.target)
  return seen.has(to)
}

/**
 * Takes a step out of its place and puts it behind a port of another one. What led to it leads on to where its `port` led; behind the new
 * place its `port` leads to what came there before. Its other ways stay. `edgeId` names a way that may be needed. Nothing changes where the
 * step stands there already, would come behind itself, or, for want of a `port`, would cut off what follows; nor for a start.
 */
export function moveStep(
  graph: FlowGraph,
  id: string,
  to: Pick<FlowEdge, 'source' | 'sourceHandle'>,
  port: string | null,
  edgeId: string,
): FlowGraph {
  const node = graph.nodes.find((n) => n.id === id)
  const starts = node !== undefined && kindOf(node.type)?.category === 'trigger'
  if (!node || starts || to.source === id || !graph.nodes.some((n) => n.id === to.source)) return graph
  const behind = (e: FlowEdge) => e.source === to.source && e.sourceHandle === to.sourceHandle
  const on = port === null ? undefined : graph.edges.find((e) => e.source === id && e.sourceHandle === port)
  const taken = graph.edges.flatMap((e): FlowEdge[] => {
    if (e === on) return []
    if (e.target !== id) return [e]
    return on && on.target !== e.source ? [{ ...e, target: on.target }] : []
  })
  const way = taken.find(behind)
  if (graph.edges.find(behind)?.target === id || (way && port === null) || leadsTo(taken, id, to.source)) return graph
  const fresh = on?.id ?? edgeId
  if (!way || port === null) return { ...graph, edges: [...taken, { id: fresh, ...to, target: id }] }
  const edges = taken.map((e) => (e === way ? { ...e, target: id } : e))
  return { ...graph, edges: [...edges, { id: fresh, source: id, sourceHandle: port, target: way.target }] }
}
