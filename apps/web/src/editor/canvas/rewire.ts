import type { FlowEdge, FlowGraph } from '@baton/engine'

type Ends = Pick<FlowEdge, 'source' | 'sourceHandle' | 'target'>

/**
 * Where a way that was taken by one end leads then. The other end stays at its own step, which is not the one drawn where a folded group
 * stands for it.
 * @param drawn the way as it was drawn
 * @param to where it was let go, as drawn
 */
export function ledTo(graph: FlowGraph, drawn: { id: string; source: string; target: string }, to: Ends): Ends {
  const way = graph.edges.find((it) => it.id === drawn.id)
  if (!way) return to
  if (drawn.source !== way.source && drawn.source === to.source) return { ...way, target: to.target }
  if (drawn.target !== way.target && drawn.target === to.target) return { ...to, target: way.target }
  return to
}
