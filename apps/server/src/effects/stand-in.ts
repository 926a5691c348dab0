import { beginEffect, type ClaimedEffect, claimEffects, type EffectSettlement, type Handle, type Lane, settleEffect } from '@baton/db'
import type { EffectNews } from '@baton/engine'
import { createLines } from './throttle.ts'

const ALL: Lane = { kind: 'span', from: 0, to: 1023 }
const LOT = 500
/** A claim is about processes; there is only this one. */
const HELD_FOR = 60_000

interface Told {
  at: number
  news: EffectNews
}

export interface StandInPorts {
  handle: Handle
  owner: string
  /** What is answered to a call, at `at` or as soon as it is asked; undefined: nothing. */
  answer?: ((effect: ClaimedEffect) => Told | undefined) | undefined
}

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
export function createStandIn({ handle, owner, answer = () => undefined }: StandInPorts): StandIn {
  const wall = Date.now
  const lines = createLines({ handle, owner, wall, ttl: HELD_FOR })
  /** When calls are answered that wait for it. */
  let due: number[] = []
  return {
    async settle(now) {
      due = due.filter((at) => at > now)
      const released = await lines.release(now)
      const claimed = await claimEffects(handle, ALL, { owner, wall: wall(), ttl: HELD_FOR, now, limit: LOT, busy: [] })
      for (const effect of claimed) {
        // A note to a user is not answered: it must not use up what is meant for a call.
        const told = effect.kind === 'webhook' ? answer(effect) : undefined
        if (told && told.at > now) due.push(told.at)
        if (await beginEffect(handle, owner, effect)) await settleEffect(handle, { owner, now }, standIn(effect, told, now))
      }
      return released + claimed.length
    },
    next: () => [lines.next(), ...due].reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null),
  }
}

function standIn({ bucket, id, contactId, key, kind }: ClaimedEffect, told: Told | undefined, now: number): EffectSettlement {
  const of = { bucket, id, contactId, key, nextAttemptAt: null, answer: null }
  if (kind === 'notify') return { ...of, status: 'done', error: null, news: null }
  if (told && told.at > now) return { ...of, status: 'queued', nextAttemptAt: told.at, error: null, news: null }
  if (told) return { ...of, status: told.news.outcome === 'answered' ? 'done' : 'failed', error: null, news: told.news }
  const why = 'Nothing is called in a run.'
  return { ...of, status: 'failed', error: why, news: { outcome: 'failed', status: null, why } }
}
