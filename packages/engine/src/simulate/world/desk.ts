import { byArrival, fading, type RepLoad, ROTATION_WINDOW, type TeamLoad } from '@baton/leads'
import type { Instant } from '../../state/person.ts'
import type { HeldLead, WaitingLead } from './held.ts'
import type { SalesRep, SalesTeam } from './team.ts'

/** What a team of a simulation carries: its queue, its rotation, and who has how much room. */
export interface Desk {
  team: SalesTeam
  /** With the room that leads of a sample take. */
  reps: readonly SalesRep[]
  /** Came in, or were taken back, since it was last looked at: they are not in the queue yet. */
  fresh: WaitingLead[]
  queue: WaitingLead[]
  load: TeamLoad
  open: Map<string, number>
  /** The rolling count of each, as it stood then. */
  pace: Map<string, { count: number; at: Instant }>
  /** It has to be looked at, at the next instant. */
  stirred: Instant | null
  next: Instant | null
  /** Room that comes free later than the lead left: each of a sample stands for several. */
  freed: { repId: string; at: Instant }[]
  /** How many leads of the sample a rep may have at once, and how many times as long each takes their room. */
  room: ReadonlyMap<string, { cap: number | null; times: number }>
  /** When each had no room, and since when somebody has none now. */
  full: Map<string, { spans: { from: Instant; to: Instant }[]; since: Instant | null }>
}

/** What a rep carries who has nothing yet. */
export const NOTHING: RepLoad = { open: 0, count: 0, credit: 0, creditAt: null, present: false, lastAt: null }

/** So many of a sample as stand for so many. */
export const ofSample = (count: number, standsFor: number): number => Math.round(count / standsFor)

/**
 * @param standsFor how many leads each one of a sample stands for
 * @param from when it begins: the rotation goes on from where it stands. Absent: nobody has had anything
 */
export const deskOf = (team: SalesTeam, standsFor: number, from?: Instant): Desk => {
  const room = new Map(team.reps.map((it) => [it.id, roomOf(it.cap, standsFor)]))
  const reps = team.reps.map((it) => ({ ...it, cap: room.get(it.id)?.cap ?? null }))
  return {
    team,
    reps,
    fresh: [],
    queue: [],
    load: from === undefined ? {} : loadOf(team, standsFor),
    open: new Map(),
    pace: from === undefined ? new Map() : paceOf(team, standsFor, from),
    stirred: null,
    next: null,
    freed: [],
    room,
    full: new Map(),
  }
}

const loadOf = ({ reps }: SalesTeam, standsFor: number): TeamLoad =>
  Object.fromEntries(
    reps.map(({ id, carries }): [string, RepLoad] => [id, carries ? { ...carries, credit: carries.credit / standsFor } : NOTHING]),
  )

const paceOf = ({ reps }: SalesTeam, standsFor: number, at: Instant): Desk['pace'] =>
  new Map(reps.map(({ id, carries }) => [id, { count: (carries?.count ?? 0) / standsFor, at }]))

/**
 * The room of a rep for leads of a sample: so many times fewer; where that is less than one, one that takes its room so many times as long.
 * So as many are worked on at once, on average, as there really may be. S-22.
 */
function roomOf(cap: number | null, standsFor: number): { cap: number | null; times: number } {
  if (cap === null || cap <= 0) return { cap, times: 1 }
  const fewer = Math.max(1, Math.floor(cap / standsFor))
  return { cap: fewer, times: Math.max(1, (fewer * standsFor) / cap) }
}

/** One more open lead. */
export function enter({ open, room, full }: Desk, repId: string, at: Instant): void {
  const count = (open.get(repId) ?? 0) + 1
  open.set(repId, count)
  const cap = room.get(repId)?.cap ?? null
  if (cap !== null && count === cap) full.set(repId, { spans: full.get(repId)?.spans ?? [], since: at })
}

function exit({ open, room, full }: Desk, repId: string, at: Instant): void {
  const count = open.get(repId) ?? 0
  open.set(repId, Math.max(0, count - 1))
  const was = full.get(repId)
  if (was?.since == null || count !== room.get(repId)?.cap) return
  was.spans.push({ from: was.since, to: at })
  was.since = null
}

/** Room again, at once or a little later: those who wait are looked at. */
export function leave(desk: Desk, { repId, at: since }: HeldLead, now: Instant): void {
  const times = desk.room.get(repId)?.times ?? 1
  if (times > 1) desk.freed.push({ repId, at: Math.ceil(since + (now - since) * times) })
  else exit(desk, repId, now)
  if (desk.queue.length > 0) desk.stirred = Number.NEGATIVE_INFINITY
}

/** Gives back the room whose time has come. */
export function freeRoom(desk: Desk, now: Instant): void {
  if (desk.freed.length === 0) return
  for (const { repId, at } of desk.freed) if (at <= now) exit(desk, repId, at)
  desk.freed = desk.freed.filter((it) => it.at > now)
}

/** What came in of late goes into the queue: the first to be handed over first, of one instant by key. As in a real run. */
export function takeIn(desk: Desk): void {
  if (desk.fresh.length === 0) return
  desk.queue = [...desk.queue, ...desk.fresh.sort((a, b) => byArrival(a.lead, b.lead))]
  desk.fresh = []
}

/** Whether a queue is to be looked at now. */
export const isDue = ({ fresh, queue, stirred, next }: Desk, now: Instant) =>
  fresh.length + queue.length > 0 && ((stirred !== null && stirred <= now) || (next !== null && next <= now))

/** What each carries now: open leads, and those that count, fading. */
export function counted({ team, load, open, pace }: Desk, now: Instant): TeamLoad {
  const counts: Record<string, RepLoad> = {}
  for (const { id } of team.reps) {
    counts[id] = { ...(load[id] ?? NOTHING), open: open.get(id) ?? 0, count: paceAt(pace.get(id), now) }
  }
  return counts
}

const paceAt = (pace: { count: number; at: Instant } | undefined, now: Instant): number =>
  pace ? pace.count * fading(pace.at, now, ROTATION_WINDOW) : 0

/** A lead more in the rolling count, which fades as a whole. */
export function count({ pace }: Desk, repId: string, now: Instant): void {
  pace.set(repId, { count: paceAt(pace.get(repId), now) + 1, at: now })
}

/** A lead that counts no more: as much less as is left of it. */
export function uncount({ pace }: Desk, { repId, at }: HeldLead): void {
  const was = pace.get(repId)
  if (was) pace.set(repId, { count: Math.max(0, was.count - fading(at, was.at, ROTATION_WINDOW)), at: was.at })
}

/** Somebody comes back, goes (so that the rotation sees it), or the time in the queue is over. */
export function nextLook({ team, queue, freed }: Desk, now: Instant): Instant | null {
  const times = team.reps.flatMap(({ absences }) => absences.flatMap(({ from, to }) => [from, to]))
  const ends = queue.flatMap(({ until }) => (until === undefined ? [] : [until]))
  const ahead = [...times, ...ends, ...freed.map((it) => it.at)].filter((it) => it > now)
  return ahead.length === 0 ? null : ahead.reduce((a, b) => Math.min(a, b))
}
