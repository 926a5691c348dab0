import type { FlowGraph } from '@baton/engine'
import { toast } from '../../ui/toast.ts'

/** Steps of a flow at most: what the server takes. */
export const MAX_STEPS = 5000
const number = new Intl.NumberFormat('en-GB')

/** Why so many steps are not taken, and what to do. */
export const tooManyWords = (steps: number): string =>
  `That would be ${number.format(steps)} steps; a flow holds at most ${number.format(MAX_STEPS)}. Make two flows, and let one start the other.`

/** Whether an edit makes a flow too large to be saved; says so. Making it smaller is always allowed. */
export function refusedAsTooLarge(before: FlowGraph, after: FlowGraph): boolean {
  const steps = after.nodes.length
  if (steps <= MAX_STEPS || steps <= before.nodes.length) return false
  toast({ words: tooManyWords(steps), bad: true })
  return true
}
