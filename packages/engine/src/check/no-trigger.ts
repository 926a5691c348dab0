import type { Rule } from './subject.ts'

/** Nobody can come in. */
export const noTrigger: Rule = ({ nodes }) => {
  for (const { kind } of nodes.values()) if (kind.category === 'trigger') return []
  return [{ code: 'no-trigger', severity: 'error', nodes: [], say: 'Nobody can come in. Add a trigger that says who enters and when.' }]
}
