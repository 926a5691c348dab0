import {
  type Chunk,
  type ClaimedItem,
  claimInbox,
  covers,
  dueChunks,
  dueRechecks,
  type Lane,
  latestChunks,
  type Recheck,
  type Sql,
  type Timer,
  timersOf,
  type Waking,
  WHEEL_GROUP,
} from '@baton/db'
import type { Plan } from '@baton/engine'
import type { Compiled, Plans } from './plans.ts'

/** A contact with something to do, in the order of the inbox. */
export interface Job {
  contactId: number
  items: ClaimedItem[]
  timers: Timer[]
}

/** What a batch has taken up. */
export interface Claim {
  lane: Lane
  jobs: Job[]
  chunks: Chunk[]
  /** Popped, and not for now: to be put on the wheel again. */
  back: Waking[]
  /** Rechecks of segments and of dates that nobody asks any more. */
  idle: Recheck[]
  horizon: number | null
  next: { bucket: number; seq: number }
  /** The plan as it was after the inbox was read: what the items rely on (a new segment, a new version) is in it. */
  compiled: Compiled
}

/** What becomes of a popped id: its contact gets a turn, it goes back, or nothing (paused, parked, over). */
function judge(timer: Timer, plan: Plan, now: number): 'turn' | 'back' | 'drop' {
  const state = plan.flows.get(timer.flowId)?.state
  if (state === undefined || state === 'paused') return 'drop'
  if (state === 'stopped') return 'turn'
  if (timer.parked) return 'drop'
  if (timer.held) return 'turn'
  if (timer.dueAt === null) return 'drop'
  return timer.dueAt <= now ? 'turn' : 'back'
}

/** The part of a lane whose inbox has been claimed to the last row, by whole groups of the wheel; what is popped too much goes back. */
function drainedLane(lane: Lane, drained: { from: number; to: number }): Lane {
  if (lane.kind === 'one') return lane
  return { kind: 'span', from: Math.floor(drained.from / WHEEL_GROUP) * WHEEL_GROUP, to: drained.to }
}

/** Whether the plan still knows what is to be looked at again: a segment, a rule of the score model, a trigger that fires by time. */
const isLookedAt = ({ segments, scoring, index }: Plan, id: string): boolean =>
  segments.has(id) || scoring?.attributes.has(id) === true || index.triggers.dated.has(id)

/**
 * Takes up what a lane has to do: its inbox in order, then, where the inbox is drained, the timers and rechecks due. A quarter is kept
 * for these, so that a flood of items does not hold them up.
 * @param size about how many contacts; exactly one for 1
 */
export async function claim(
  sql: Sql,
  lane: Lane,
  { after, size, now, plans }: { after: { bucket: number; seq: number }; size: number; now: number; plans: Plans },
): Promise<Claim> {
  const inbox = await claimInbox(sql, lane, after, size)
  const compiled = await plans.get()
  const { plan } = compiled
  const jobs = new Map<number, Job>()
  const jobOf = (contactId: number): Job => {
    const job = jobs.get(contactId) ?? { contactId, items: [], timers: [] }
    jobs.set(contactId, job)
    return job
  }
  for (const item of inbox.items) jobOf(item.contactId).items.push(item)
  const result: Claim = { lane, jobs: [], chunks: [], back: [], idle: [], horizon: inbox.horizon, next: inbox.next, compiled }

  if (inbox.drained) {
    const { from, to } = inbox.drained
    const ours = (id: number) => covers(lane, id % 1024) && id % 1024 >= from && id % 1024 <= to
    const part = drainedLane(lane, inbox.drained)
    const room = () => Math.max(size - jobs.size, size === 1 ? 0 : Math.ceil(size / 4))
    for (const recheck of await dueRechecks(sql, part, now, room())) {
      if (!ours(recheck.contactId)) continue
      if (isLookedAt(plan, recheck.segmentId)) jobOf(recheck.contactId)
      else result.idle.push(recheck)
    }
    const ids = new Set<number>()
    const most = room()
    const oldest = await dueChunks(sql, part, now, most)
    for (const chunk of [...(await latestChunks(sql, part, now, oldest, most)), ...oldest]) {
      result.chunks.push(chunk)
      // A row is taken whole: what was put back would be written anew. Unless so few are asked for that it is larger.
      const whole = chunk.ids.length <= size
      for (const id of chunk.ids) {
        if (ours(id) && (whole || ids.size < most || ids.has(id))) ids.add(id)
        else result.back.push({ id, dueAt: chunk.slot })
      }
    }
    for (const timer of await timersOf(sql, lane, [...ids])) {
      const verdict = judge(timer, plan, now)
      if (verdict === 'turn') jobOf(timer.contactId).timers.push(timer)
      else if (verdict === 'back') result.back.push({ id: timer.id, dueAt: timer.dueAt ?? now })
    }
  }
  result.jobs = [...jobs.values()]
  return result
}
