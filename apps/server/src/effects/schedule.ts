const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** After the n-th attempt that failed: when to try again. */
const BACK_OFF = [10_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]

/**
 * When a call is tried again: with growing distance, the last time just when it is given up; never before the other side asked for.
 * @param at when the step asked for it
 * @param attempts made so far, from 1
 * @param giveUpAfter minutes from the step on
 * @param after what the other side asked us to wait, ms
 * @returns null: it is given up
 */
export function nextTry(facts: { at: number; attempts: number; giveUpAfter: number; now: number; after: number | null }): number | null {
  const { at, attempts, giveUpAfter, now, after } = facts
  const end = at + giveUpAfter * MINUTE
  const asked = now + (after ?? 0)
  if (now >= end || asked > end) return null
  const step = BACK_OFF[Math.min(attempts, BACK_OFF.length) - 1] ?? MINUTE
  return Math.min(end, Math.max(asked, now + step))
}
