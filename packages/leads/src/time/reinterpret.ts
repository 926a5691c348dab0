import type { Instant } from './instant.ts'
import { fromWall, toWall } from './wall-clock.ts'

/**
 * A local target fixed in one zone, read in another: the same time on the wall there. What is past then is due now, which is the
 * caller's to see. Rule LT-28.
 */
export const reinterpret = (at: Instant, from: string, to: string): Instant => (from === to ? at : fromWall(toWall(at, from), to))
