import { type Instant, MINUTE } from './instant.ts'

/**
 * The first instant at or after `instant` that lies on a slot; slots are counted from the epoch. Up, never down: a wait never
 * ends early. Rule LT-12. Throws RangeError unless `slotMinutes` is a whole number from 1 on.
 */
export function ceilToSlot(instant: Instant, slotMinutes = 1): Instant {
  if (!Number.isInteger(slotMinutes) || slotMinutes < 1) throw new RangeError('a slot is a whole number of minutes, at least 1')
  const slot = slotMinutes * MINUTE
  // The sum turns the -0 that Math.ceil gives just before the epoch into 0.
  return Math.ceil(instant / slot) * slot + 0
}
