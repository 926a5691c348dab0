import { reach } from '../graph/walk.ts'
import type { Rule } from './subject.ts'

/** Steps nobody can get to. Without any trigger that is said once, not at every step. */
export const unreachable: Rule = ({ graph, nodes, next, nameOf }) => {
  const starts = [...nodes.values()].filter((it) => it.kind.category === 'trigger').map((it) => it.id)
  if (starts.length === 0) return []
  const reached = reach(starts, next)
  return graph.nodes
    .filter((it) => !reached.has(it.id) && nodes.has(it.id))
    .map(({ id }) => ({
      code: 'unreachable',
      severity: 'error',
      nodes: [id],
      say: `No way leads to ${nameOf(id)}. Connect it, or take it away.`,
    }))
}
