import { companions } from './meets.ts'
import { isHandOff } from './one-click.ts'
import type { Rule } from './subject.ts'
import { listed } from './words.ts'

/** Two flows that hand the same people to sales: the second joins the lead that is open, or makes another. E-332. */
export const sharedHandOff: Rule = (subject) => {
  const at = [...subject.nodes.values()].filter(isHandOff).map((it) => it.id)
  if (at.length === 0) return []
  const others = companions(subject).filter((it) => it.runs.handsOver)
  if (others.length === 0) return []
  const names = listed(others.map((it) => `“${it.name}”`))
  return [
    {
      code: 'shared-hand-off',
      severity: 'warning',
      nodes: at,
      say: `${names} ${others.length === 1 ? 'takes' : 'take'} in the same people and ${others.length === 1 ? 'hands' : 'hand'} them to sales too. Hand over in one flow, or ask before whether they are in the other.`,
    },
  ]
}
