import { HOUR, type Instant } from '../time/instant.ts'

/** So often leads of one person overflow within so long (ms); the next one is put before a manager. LR-15. */
export const CIRCLE = { overflows: 10, within: HOUR } as const

/**
 * Whether somebody is handed over in a circle: flows that begin by what sales does hand over whom nobody takes, at once and again. The step
 * itself rests, so no check of a single flow sees it, and nothing else would end it. Rule LR-15.
 * @param overflowed when leads of the person overflowed, whichever team's they were; older ones than matter do no harm
 */
export const goesInCircles = (overflowed: readonly Instant[], now: Instant): boolean =>
  overflowed.filter((at) => at > now - CIRCLE.within).length >= CIRCLE.overflows
