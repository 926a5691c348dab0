import type { FlowGraph } from '../graph/schema.ts'
import { copy, paste } from './clipboard.ts'
import { following } from './follow.ts'

/**
 * A whole flow as another one: a step's id is its own for ever, so the copy has new ones throughout. Groups, notes, settings and tests come
 * along, and what names steps of the flow (conditions over the way, tests) names the copies. `newId` gives one fresh id a call.
 */
export function copyFlow(graph: FlowGraph, newId: () => string): FlowGraph {
  if (graph.nodes.length === 0) return graph
  const old = graph.nodes.map((it) => it.id)
  const { groups: _, tests, ...empty } = { ...graph, nodes: [], edges: [] }
  const { graph: made, added } = paste(empty, copy(graph, old), { x: 0, y: 0 }, newId)
  const ids = new Map(old.map((id, i) => [id, { id: added[i] ?? id }]))
  const nodes = made.nodes.map((node) => ({ ...node, data: following(node.data, ids) }))
  return { ...made, nodes, ...(tests ? { tests: following(tests, ids) } : {}) }
}
