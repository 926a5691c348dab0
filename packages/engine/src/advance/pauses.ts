import type { PlannedFlow } from '../plan.ts'
import type { Instant } from '../state/person.ts'

/** Milliseconds of the flow's pauses that lie between two instants. An open pause reaches to `to`. E-52. */
export function pausedBetween(pauses: PlannedFlow['pauses'], from: Instant, to: Instant): number {
  let sum = 0
  for (const pause of pauses) sum += Math.max(0, Math.min(to, pause.to ?? to) - Math.max(from, pause.from))
  return sum
}
