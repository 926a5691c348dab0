import { reach } from '../graph/walk.ts'
import { startsOf } from './starts.ts'
import type { Rule } from './subject.ts'

/** Steps nobody can get to. Without any trigger that is said once, not at every step. */
export const unreachable: Rule = ({ graph, nodes, edges, next, nameOf }) => {
  const all = [...nodes.values()]
  if (!all.some((it) => it.kind.category === 'trigger')) return []
  const reached = reach(startsOf({ nodes, edges }), next)
  const free = new Set(all.filter((it) => it.kind.free).map((it) => it.id))
  return graph.nodes
    .filter((it) => !reached.has(it.id) && !free.has(it.id) && nodes.has(it.id))
    .map(({ id }) => ({
      code: 'unreachable',
      severity: 'error',
      nodes: [id],
      say: `No way leads to ${nameOf(id)}. Connect it, or take it away.`,
    }))
}
