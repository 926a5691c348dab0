import type { Pause } from '../plan.ts'
import type { Instant } from '../state/person.ts'

/**
 * Milliseconds of the flow's freezing pauses that lie between two instants: what elapsed and day waits are longer by. An open pause
 * reaches to `to`. Pauses during which time goes on (`hold`, `drop`) add nothing. E-52, E-144, E-145.
 */
export function pausedBetween(pauses: readonly Pause[], from: Instant, to: Instant): number {
  let sum = 0
  for (const { choice = 'freeze', ...pause } of pauses) {
    if (choice === 'freeze') sum += Math.max(0, Math.min(to, pause.to ?? to) - Math.max(from, pause.from))
  }
  return sum
}
