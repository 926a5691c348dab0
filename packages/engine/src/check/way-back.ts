import { arrows, reach } from '../graph/walk.ts'
import type { Issue } from './issue.ts'
import type { Rule } from './subject.ts'

/** Ways by which people are to be back at their step after a time: that they come back, and that time passes. E-409, E-410. */
export const wayBack: Rule = ({ nodes, edges, next, nameOf }) => {
  const restless = new Set([...nodes.values()].filter(({ kind, config }) => !(kind.restsAs?.(config) ?? kind.rests)).map((it) => it.id))
  // From a step at which nobody rests people go on within the moment.
  const atOnce = arrows(edges.filter((it) => restless.has(it.source)).map((it) => [it.source, it.target] as const))
  return [...nodes.values()].flatMap(({ id, ports }) =>
    ports.flatMap((port): Issue[] => {
      const to = port.back && edges.find((it) => it.source === id && it.sourceHandle === port.id)?.target
      if (to === undefined) return []
      const at = { nodes: [id], path: `port.${port.id}` }
      if (!reach([to], next).has(id)) {
        const say = `${port.label} of ${nameOf(id)} does not lead back to it: sales would have to try again without a word from you. Lead it back, behind a mail and a wait.`
        return [{ code: 'no-way-back', severity: 'warning', ...at, say }]
      }
      if (!reach([to], atOnce).has(id)) return []
      const say = `${port.label} of ${nameOf(id)} leads back to it without a pause. Put a wait into the way back.`
      return [{ code: 'back-at-once', severity: 'error', ...at, say }]
    }),
  )
}
