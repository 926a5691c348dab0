import type { FlowLock, Tab } from '@baton/db'

/**
 * A page that says nothing for so long is gone. Longer than a minute: browsers let the timers of a hidden page run once a minute only.
 */
export const LEASE = 90_000
/** From a take-over until it happens whether the other answers or not: time to save what is unsaved. */
export const GRACE = 6_000
/** A wish counts as long as its page keeps saying it. */
export const WISH = 15_000

/** What a page may do about who draws. */
export type LockDeed =
  /** It opens: it draws where nobody else does. `instead`: the page it was before it was loaded anew. */
  | { do: 'enter'; instead?: string | undefined }
  /** It is still there. */
  | { do: 'beat' }
  /** It asks whoever draws. */
  | { do: 'ask' }
  /** It takes the place: after a moment for the other to save. */
  | { do: 'take' }
  /** Whoever draws answers: gives the place away, or goes on. */
  | { do: 'answer'; yes: boolean }
  /** It closes, or no longer wants to. */
  | { do: 'leave' }

/** What comes of a deed. `takenFrom`: whose place was taken without their leave. */
export interface LockStep {
  lock: FlowLock | null
  takenFrom: Tab | null
}

const alive = (lock: FlowLock, now: number) => lock.expiresAt > now
const same = (a: Tab, b: Tab) => a.tab === b.tab && a.userId === b.userId

/** Whether this page is the one that draws. One that was silent for too long still is, as long as nobody else came. */
export const draws = (lock: FlowLock | null, who: Tab): boolean => lock !== null && same(lock, who)

/** Somebody else who draws now; null: the place is free, or this page's own. */
export const otherThan = (lock: FlowLock | null, who: Tab, now: number): FlowLock | null =>
  lock !== null && !same(lock, who) && alive(lock, now) ? lock : null

/** Who wants the place, as long as their page is there. */
export const wishOf = (lock: FlowLock | null, now: number): FlowLock['next'] =>
  lock?.next && lock.next.seenAt + WISH > now ? lock.next : null

const given = ({ tab, userId, name }: Tab, now: number): FlowLock => ({
  tab,
  userId,
  name,
  since: now,
  activeAt: now,
  expiresAt: now + LEASE,
  next: null,
})

/** One page draws a flow at a time: what a deed of a page makes of it. Pure. */
export function lockStep(lock: FlowLock | null, who: Tab, deed: LockDeed, now: number): LockStep {
  const still = { lock, takenFrom: null }
  const next = wishOf(lock, now)
  const other = otherThan(lock, who, now)
  const mine = draws(lock, who)
  const wish = next && same(next, who) ? next : null
  switch (deed.do) {
    case 'enter': {
      if (mine && lock) return { lock: { ...lock, next, expiresAt: now + LEASE }, takenFrom: null }
      if (!other) return { lock: given(who, now), takenFrom: null }
      const reloaded = deed.instead !== undefined && same(other, { ...who, tab: deed.instead })
      return reloaded ? { lock: { ...other, tab: who.tab, next, expiresAt: now + LEASE }, takenFrom: null } : still
    }
    case 'beat':
      if (mine && lock) return { lock: { ...lock, next, expiresAt: now + LEASE }, takenFrom: null }
      if (!lock || !wish) return still
      if (!other) return { lock: given(who, now), takenFrom: null }
      if (wish.dueAt !== null && wish.dueAt <= now) return { lock: given(who, now), takenFrom: other }
      return { lock: { ...lock, next: { ...wish, seenAt: now } }, takenFrom: null }
    case 'ask':
    case 'take': {
      if (mine) return still
      if (!lock || !other) return { lock: given(who, now), takenFrom: null }
      // Somebody takes it already: the second one sees who, and may take it from them.
      if (next && !wish && next.dueAt !== null) return still
      const dueAt = deed.do === 'take' ? (wish?.dueAt ?? now + GRACE) : (wish?.dueAt ?? null)
      return { lock: { ...lock, next: { tab: who.tab, userId: who.userId, name: who.name, seenAt: now, dueAt } }, takenFrom: null }
    }
    case 'answer':
      if (!mine || !lock || !next) return still
      if (deed.yes) return { lock: given(next, now), takenFrom: next.dueAt === null ? null : lock }
      return next.dueAt === null ? { lock: { ...lock, next: null }, takenFrom: null } : still
    case 'leave':
      if (mine) return { lock: next && given(next, now), takenFrom: null }
      return lock && wish ? { lock: { ...lock, next: null }, takenFrom: null } : still
  }
}
