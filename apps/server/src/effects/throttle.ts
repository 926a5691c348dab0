import { failpoint, type Handle, type Line, type LinePlace, type LineTurn, serveLine, takeDuty, waitingLines } from '@baton/db'
import { type ThrottleRate, throttlePayload } from '@baton/engine'

/** What the keeper of a line remembers: how many it let through in which slot. */
export interface LineState {
  slot: number
  length: number
  passed: number
}

const LENGTH: Readonly<Record<ThrottleRate['per'], number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** Where a payload cannot be read nobody is kept waiting for ever: one a minute passes. */
const SLOWEST: ThrottleRate = { count: 1, per: 'minute' }

/** How many may pass now, and when the next may. Slots are those of the clock (UTC); what a slot did not use is not carried on. */
export function turnOf({ state, payload }: Line<LineState>, now: number): LineTurn<LineState> {
  const parsed = throttlePayload.safeParse(payload)
  const rate = parsed.success ? parsed.data.rate : SLOWEST
  const length = LENGTH[rate.per]
  const slot = Math.floor(now / length) * length
  const passed = state?.slot === slot && state.length === length ? state.passed : 0
  const pass = Math.max(0, rate.count - passed)
  return { pass, after: (n) => ({ slot, length, passed: passed + n }), next: slot + length }
}

export interface Lines {
  /** Lets through whoever may pass by now. @returns how many */
  release(now: number): Promise<number>
  /** When the next of those that wait may pass; null where nobody waits. As of the last release. */
  next(): number | null
}

/** Everybody who waits is looked for now and then; in between only where somebody came of late. */
const LOOK_ALL = 60_000

/** Keeps the lines of throttles: one process at a time for each. What was let through is written down, so a restart begins no slot anew. */
export function createLines(ports: { handle: Handle; owner: string; wall: () => number; ttl: number }): Lines {
  const { handle, owner, wall, ttl } = ports
  const places = new Map<string, LinePlace & { next: number }>()
  let lookedAt: { now: number; wall: number } | undefined

  async function look(now: number): Promise<void> {
    const all = !lookedAt || wall() - lookedAt.wall > LOOK_ALL || now < lookedAt.now
    for (const place of await waitingLines(handle, all || !lookedAt ? null : lookedAt.now - LOOK_ALL)) {
      const id = `${place.flowId}/${place.node}`
      if (!places.has(id)) places.set(id, { ...place, next: now })
    }
    lookedAt = { now, wall: all ? wall() : (lookedAt?.wall ?? wall()) }
  }

  return {
    async release(now) {
      await look(now)
      let released = 0
      for (const [id, place] of places) {
        if (place.next > now) continue
        const duty = `throttle:${id}`
        if (!(await takeDuty(handle, duty, { owner, now: wall(), ttl }))) continue
        failpoint('throttle.before-release')
        const { passed, next } = await serveLine<LineState>(handle, { ...place, duty, owner, now }, (line) => turnOf(line, now))
        failpoint('throttle.after-release')
        released += passed
        if (next === null) places.delete(id)
        else place.next = next
      }
      return released
    },
    next: () => (places.size === 0 ? null : Math.min(...[...places.values()].map((it) => it.next))),
  }
}
