import {
  failpoint,
  type Handle,
  type Line,
  type LinePlace,
  type LineTurn,
  serveLine,
  takeDuty,
  waitingLines,
  workspaceSettings,
} from '@baton/db'
import { type ThrottleRate, throttlePayload } from '@baton/engine'
import { passing, type ReleaseLine } from '@baton/leads'

/** Where a payload cannot be read nobody is kept waiting for ever: one a minute passes. */
const SLOWEST: ThrottleRate = { count: 1, per: 'minute' }
/** Let through in one go; the others at the next look. */
const AT_ONCE = 500

/** How many may pass now, and when the next may: each as if they came now. Who left the line, or stood in it during a pause, takes no place. */
export function turnOf({ state, payload }: Line<ReleaseLine>, now: number, zone: string): LineTurn<ReleaseLine> {
  const parsed = throttlePayload.safeParse(payload)
  const rate = parsed.success ? parsed.data.rate : SLOWEST
  return passing(state, now, rate, zone, AT_ONCE)
}

export interface Lines {
  /** Lets through whoever may pass by now. @returns how many */
  release(now: number): Promise<number>
  /** When the next of those that wait may pass; null where nobody waits. As of the last release. */
  next(): number | null
}

/** Everybody who waits is looked for now and then; in between only where somebody came of late, by the clock of the flows. */
const LOOK_ALL = 15_000
const OF_LATE = 60_000
/** After a jump of that clock turns may still be stored that were taken before it: for so long of the real time everybody is looked for. */
const SETTLING = 5_000

/** Keeps the lines of throttles: one process at a time for each. What was let through is written down, so a restart begins no slot anew. */
export function createLines(ports: { handle: Handle; owner: string; wall: () => number; ttl: number }): Lines {
  const { handle, owner, wall, ttl } = ports
  const places = new Map<string, LinePlace & { next: number }>()
  let lookedAt: { now: number; wall: number } | undefined
  let jumpedAt = Number.NEGATIVE_INFINITY

  async function look(now: number): Promise<void> {
    if (lookedAt && (now < lookedAt.now || now - lookedAt.now > OF_LATE)) {
      jumpedAt = wall()
      // What was worked out under another time says nothing now.
      for (const place of places.values()) place.next = now
    }
    const all = !lookedAt || wall() - lookedAt.wall > LOOK_ALL || wall() - jumpedAt < SETTLING
    for (const place of await waitingLines(handle, all || !lookedAt ? null : lookedAt.now - OF_LATE)) {
      const id = `${place.flowId}/${place.node}`
      if (!places.has(id)) places.set(id, { ...place, next: now })
    }
    lookedAt = { now, wall: all ? wall() : (lookedAt?.wall ?? wall()) }
  }

  return {
    async release(now) {
      await look(now)
      const due = [...places].filter(([, place]) => place.next <= now)
      if (due.length === 0) return 0
      const { zone } = await workspaceSettings(handle)
      let released = 0
      for (const [id, place] of due) {
        const duty = `throttle:${id}`
        if (!(await takeDuty(handle, duty, { owner, now: wall(), ttl }))) continue
        failpoint('throttle.before-release')
        const { passed, next } = await serveLine<ReleaseLine>(handle, { ...place, duty, owner, now }, (line) => turnOf(line, now, zone))
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
