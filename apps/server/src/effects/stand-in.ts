import { beginEffect, type ClaimedEffect, claimEffects, type EffectSettlement, type Handle, type Lane, settleEffect } from '@baton/db'
import { createLines } from './throttle.ts'

const ALL: Lane = { kind: 'span', from: 0, to: 1023 }
const LOT = 500
/** A claim is about processes; there is only this one. */
const HELD_FOR = 60_000

/** The outside world of a run in which nothing leaves the house. */
export interface StandIn {
  /** Settles what is due at `now`. @returns how many, people let through by throttles among them */
  settle(now: number): Promise<number>
  /** When a throttle lets the next through; null where nobody waits. As of the last `settle`. */
  next(): number | null
}

/**
 * Stands in for web addresses and users where nothing may go out (`flow run`): a call fails at once, a note is taken as told, and
 * throttles keep the very schedule they keep in a real run. SEMANTICS 11.
 */
export function createStandIn({ handle, owner }: { handle: Handle; owner: string }): StandIn {
  const wall = Date.now
  const lines = createLines({ handle, owner, wall, ttl: HELD_FOR })
  return {
    async settle(now) {
      const released = await lines.release(now)
      const claimed = await claimEffects(handle, ALL, { owner, wall: wall(), ttl: HELD_FOR, now, limit: LOT, busy: [] })
      for (const effect of claimed) {
        if (await beginEffect(handle, owner, effect)) await settleEffect(handle, { owner, now }, standIn(effect))
      }
      return released + claimed.length
    },
    next: () => lines.next(),
  }
}

function standIn({ bucket, id, contactId, key, kind }: ClaimedEffect): EffectSettlement {
  const told = { bucket, id, contactId, key, nextAttemptAt: null, answer: null }
  if (kind === 'notify') return { ...told, status: 'done', error: null, news: null }
  const why = 'Nothing is called in a run.'
  return { ...told, status: 'failed', error: why, news: { outcome: 'failed', status: null, why } }
}
