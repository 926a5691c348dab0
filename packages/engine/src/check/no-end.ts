import { arrows, reach } from '../graph/walk.ts'
import { startsOf } from './starts.ts'
import type { Rule } from './subject.ts'

/** Steps from which no way leads out of the flow. Open ports are told by their own rule. */
export const noEnd: Rule = ({ nodes, edges, next, nameOf }) => {
  const all = [...nodes.values()]
  const exits = all.filter((it) => it.ports.length === 0).map((it) => it.id)
  const taken = new Set(edges.map((it) => `${it.source} ${it.sourceHandle}`))
  const open = all.filter((it) => it.ports.some((port) => !taken.has(`${it.id} ${port.id}`))).map((it) => it.id)
  const ending = reach([...exits, ...open], arrows(edges.map((it) => [it.target, it.source] as const)))
  const reached = reach(startsOf({ nodes, edges }), next)
  const stuck = all.filter((it) => reached.has(it.id) && !ending.has(it.id)).map((it) => it.id)
  if (stuck.length === 0) return []
  return [
    {
      code: 'no-end',
      severity: 'error',
      nodes: stuck,
      say: `Whoever comes to ${stuck.map(nameOf).join(', ')} never leaves the flow. Lead a way from there to an exit.`,
    },
  ]
}
