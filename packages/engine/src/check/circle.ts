import { circles } from '../graph/walk.ts'
import type { Rule } from './subject.ts'

/** Circles of steps in which nobody ever rests: people would go round for ever within one moment. */
export const circle: Rule = ({ nodes, next, nameOf }) => {
  const restless = [...nodes.values()].filter(({ kind, config }) => !(kind.restsAs?.(config) ?? kind.rests)).map((it) => it.id)
  return circles(restless, next).map((members) => ({
    code: 'circle',
    severity: 'error',
    nodes: members,
    say: `People would go round without a pause, through ${members.map(nameOf).join(', ')}. Put a wait into the circle.`,
  }))
}
