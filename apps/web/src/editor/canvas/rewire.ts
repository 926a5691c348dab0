import { type FlowEdge, type FlowGraph, kindOf } from '@baton/engine'
import { stepIn } from '../geometry.ts'

type Ends = Pick<FlowEdge, 'source' | 'sourceHandle' | 'target'>

/** Whether a way may be drawn so: from a step to another one, and never to a start. A folded group is neither. */
export function mayLead(graph: FlowGraph, { source, target }: Pick<Ends, 'source' | 'target'>): boolean {
  const to = stepIn(graph, target)
  return source !== target && stepIn(graph, source) !== undefined && to !== undefined && kindOf(to.type)?.category !== 'trigger'
}

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
