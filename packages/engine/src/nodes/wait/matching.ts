import { DAY } from '@baton/leads'
import type { ContactEvent, Instant } from '../../state/person.ts'
import type { Counts } from './schema.ts'

/** From when on events count. */
export interface Since {
  counts: Counts
  arrived: Instant
  enteredAt: Instant
  /** Which visit of the step this is: from the second on only what comes after arriving counts. */
  visit: number
  /** The passage began by restarting another: what came before is not offered again. */
  restarted: boolean
}

/**
 * Whether an event counts by when it occurred. "After arriving" leaves out the event that let them in, "since entering" includes it;
 * a later visit or a restart does not offer old events again. `passed`: it was known when they arrived. E-131, E-132, E-138.
 */
export function countsIn(event: { occurredAt: Instant; triggering: boolean; passed: boolean }, since: Since): boolean {
  const { counts, arrived, enteredAt, restarted } = since
  if (counts.kind === 'after-arriving' || since.visit > 1) return event.occurredAt >= arrived && !event.triggering && !event.passed
  if (counts.kind === 'since-entering') return event.occurredAt >= enteredAt || event.triggering
  const from = arrived - (counts.days ?? 1) * DAY
  return event.occurredAt > from && (!restarted || event.occurredAt >= enteredAt || event.triggering)
}

/** Which of several came first: by when they were received, then in the order given. E-134. */
export function earliest<T extends { event: ContactEvent }>(found: readonly T[]): T | undefined {
  return found.reduce<T | undefined>(
    (best, it) => (best === undefined || it.event.receivedAt < best.event.receivedAt ? it : best),
    undefined,
  )
}
