import type { Instant } from '../time/instant.ts'

/**
 * What is left of a lead, or of a credit, so long after it was given: it fades by the e-th part in each window. At a steady pace the sum
 * is what a window of that length would hold; but nothing leaves it all at once, and what two reps have over each other only ever
 * shrinks by time. A clock that was set back fades nothing. Rule LR-7.
 */
export const fading = (since: Instant, now: Instant, window: number): number => Math.exp(-Math.max(0, now - since) / window)

/** The rolling count of leads that were given at these times. Rule LR-7. */
export function rollingCount(given: readonly Instant[], now: Instant, window: number): number {
  let sum = 0
  for (const at of given) sum += fading(at, now, window)
  return sum
}

/** Beyond so many windows a lead counts less than a ten-thousandth, and need not be looked at. */
export const WINDOWS_THAT_COUNT = 10
