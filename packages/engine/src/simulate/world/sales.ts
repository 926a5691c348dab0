import { addWorkingMinutes, assign, type Rep, type RepLoad, ROTATION_WINDOW, type TeamLoad, type WorkingCalendar } from '@baton/leads'
import type { InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect } from '../../state/result.ts'

export interface SalesRep extends Rep {
  name: string
}

/** A team of sales as a simulation sees it. */
export interface SalesTeam {
  id: string
  reps: readonly SalesRep[]
  /** When it works; null: always. */
  hours: WorkingCalendar | null
  /** For how many working minutes a lead may wait for somebody; null: for ever. */
  queueMinutes: number | null
}

/** A lead on its way to somebody, or with somebody who has not answered. */
export interface WaitingLead {
  contact: string
  lead: HandoffEffect
}

/** What became of one: somebody got it, or nobody can. */
export interface RoutedLead extends WaitingLead {
  rep: SalesRep | null
  item: InboxItem
}

/** The floor of sales: teams with their rotation, their open leads and their queues; the router decides as in a real run. S-7. */
export interface SalesFloor {
  take(contact: string, lead: HandoffEffect): void
  /** A lead was answered: whoever had it has room again. */
  closed(key: string): void
  /** Gives out what waits, in order of arrival. Those behind one that has to wait wait too. */
  route(now: Instant): RoutedLead[]
  /** When a lead that waits is to be looked at again though nothing happened; null: never. */
  next(): Instant | null
  /** How many wait in the queue of a team. */
  waiting(teamId: string): number
}

interface Desk {
  team: SalesTeam
  queue: (WaitingLead & { until: Instant | undefined })[]
  load: TeamLoad
  open: Map<string, number>
  /** When each got leads within the rolling window, the oldest first. */
  given: Map<string, Instant[]>
  /** It has to be looked at, at the next instant. */
  stirred: Instant | null
  next: Instant | null
}

const NOTHING: RepLoad = { open: 0, count: 0, credit: 0, creditAt: null, present: false, lastAt: null }

/** @param teams a team that is asked for and not among them has nobody */
export function createSales(teams: readonly SalesTeam[]): SalesFloor {
  const desks = new Map(teams.map((team) => [team.id, deskOf(team)]))
  const has = new Map<string, { desk: Desk; repId: string }>()

  function deskFor(id: string): Desk {
    const known = desks.get(id)
    if (known) return known
    const made = deskOf({ id, reps: [], hours: null, queueMinutes: null })
    desks.set(id, made)
    return made
  }

  function routeDesk(desk: Desk, now: Instant): RoutedLead[] {
    const { team, queue } = desk
    const routed: RoutedLead[] = []
    const rules = { id: team.id, reps: team.reps, maxAttempts: null, window: ROTATION_WINDOW }
    desk.stirred = null
    for (let head = queue[0]; head; head = queue[0]) {
      const result = assign(rules, counted(desk, now), { hadBy: [], queueUntil: head.until }, now)
      if (result.kind === 'queue') break
      queue.shift()
      desk.load = result.load
      const { contact, lead } = head
      const reason = { ...result.reason }
      const rep = result.kind === 'rep' ? (team.reps.find((it) => it.id === result.repId) ?? null) : null
      if (rep) {
        desk.open.set(rep.id, (desk.open.get(rep.id) ?? 0) + 1)
        const given = desk.given.get(rep.id)
        if (given) given.push(now)
        else desk.given.set(rep.id, [now])
        has.set(lead.key, { desk, repId: rep.id })
      }
      const news = rep
        ? ({ outcome: 'assigned', repId: rep.id, repName: rep.name, reason } as const)
        : ({ outcome: 'overflow', reason } as const)
      routed.push({ contact, lead, rep, item: { kind: 'handoff', at: now, handoff: lead.key, news } })
    }
    desk.next = queue.length === 0 ? null : nextLook(desk, now)
    return routed
  }

  return {
    take(contact, lead) {
      const desk = deskFor(lead.teamId)
      const { hours, queueMinutes } = desk.team
      const until = queueMinutes === null ? undefined : deadline(lead.at, queueMinutes, hours)
      desk.queue.push({ contact, lead, until })
      desk.stirred = lead.at
    },
    closed(key) {
      const held = has.get(key)
      if (!held) return
      has.delete(key)
      const { desk, repId } = held
      desk.open.set(repId, Math.max(0, (desk.open.get(repId) ?? 0) - 1))
      if (desk.queue.length > 0) desk.stirred = Number.NEGATIVE_INFINITY
    },
    route: (now) => [...desks.values()].flatMap((desk) => (isDue(desk, now) ? routeDesk(desk, now) : [])),
    next() {
      let next: Instant | null = null
      for (const { stirred, next: own, queue } of desks.values()) {
        if (queue.length === 0) continue
        const at = stirred ?? own
        if (at !== null && (next === null || at < next)) next = at
      }
      return next
    },
    waiting: (teamId) => desks.get(teamId)?.queue.length ?? 0,
  }
}

const deskOf = (team: SalesTeam): Desk => ({ team, queue: [], load: {}, open: new Map(), given: new Map(), stirred: null, next: null })

const isDue = ({ queue, stirred, next }: Desk, now: Instant) =>
  queue.length > 0 && ((stirred !== null && stirred <= now) || (next !== null && next <= now))

const deadline = (at: Instant, minutes: number, hours: WorkingCalendar | null): Instant | undefined =>
  hours ? addWorkingMinutes(at, minutes, hours) : at + minutes * 60_000

/** What each carries now: open leads, and those given within the rolling window. */
function counted({ team, load, open, given }: Desk, now: Instant): TeamLoad {
  const counts: Record<string, RepLoad> = {}
  for (const { id } of team.reps) {
    const times = given.get(id) ?? []
    while ((times[0] ?? now) <= now - ROTATION_WINDOW) times.shift()
    counts[id] = { ...(load[id] ?? NOTHING), open: open.get(id) ?? 0, count: times.length }
  }
  return counts
}

/** Somebody comes back, goes (so that the rotation sees it), or the time in the queue is over. */
function nextLook({ team, queue }: Desk, now: Instant): Instant | null {
  const times = team.reps.flatMap(({ absences }) => absences.flatMap(({ from, to }) => [from, to]))
  const until = queue[0]?.until
  const ahead = [...times, ...(until === undefined ? [] : [until])].filter((it) => it > now)
  return ahead.length === 0 ? null : Math.min(...ahead)
}
