import {
  ALWAYS,
  addWorkingMinutes,
  assign,
  businessCalendar,
  fading,
  lapsed,
  type Rep,
  type RepLoad,
  ROTATION_WINDOW,
  type TeamLoad,
  type WorkingCalendar,
} from '@baton/leads'
import type { HandoffNews, InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect, TurnResult } from '../../state/result.ts'
import { breachOf, deadlineOf, type HeldLead, nobodyLeft, type WaitingLead } from './held.ts'
import { Queue } from './queue.ts'

export interface SalesRep extends Rep {
  name: string
  /** When this rep works; absent: when the team does. */
  hours?: WorkingCalendar | undefined
}

/** A team of sales as a simulation sees it. */
export interface SalesTeam {
  id: string
  reps: readonly SalesRep[]
  /** When it works; null: always. */
  hours: WorkingCalendar | null
  /** For how many working minutes a lead may wait for somebody where its contract does not say; null: for ever. */
  queueMinutes: number | null
}

/** What sales does by itself with a lead: somebody gets it, nobody can, or it was not worked in time. */
export interface RoutedLead {
  contact: string
  lead: HandoffEffect
  /** Who got it. */
  rep: SalesRep | null
  item: InboxItem
  /** It was given out, or could not be, for the first time; else it was taken back before. */
  first: boolean
}

/** The floor of sales: teams with their rotation, open leads, queues and levels; router and levels decide as in a real run. S-7, S-40. */
export interface SalesFloor {
  take(contact: string, lead: HandoffEffect): void
  /** What a turn made of leads: whoever has one has room again, is heard in time, has it again after a voicemail. */
  told(result: Pick<TurnResult, 'events' | 'resumed'>, at: Instant): void
  /** A lead was answered: whoever had it has room again. */
  closed(key: string): void
  /** Takes back what was not worked in time and gives out what waits, in order of arrival. */
  route(now: Instant): RoutedLead[]
  /** When something is to be looked at again though nothing happened; null: never. */
  next(): Instant | null
  /** How many wait in the queue of a team. */
  waiting(teamId: string): number
  /** A lead that somebody has, or had last. */
  held(key: string): HeldLead | undefined
}

interface Desk {
  team: SalesTeam
  queue: WaitingLead[]
  load: TeamLoad
  open: Map<string, number>
  /** The rolling count of each, as it stood then. */
  pace: Map<string, { count: number; at: Instant }>
  /** It has to be looked at, at the next instant. */
  stirred: Instant | null
  next: Instant | null
}

const NOTHING: RepLoad = { open: 0, count: 0, credit: 0, creditAt: null, present: false, lastAt: null }
const ROUND_THE_CLOCK = businessCalendar({ zone: 'UTC', hours: ALWAYS, holidays: [] })('UTC')

/** @param teams a team that is asked for and not among them has nobody */
export function createSales(teams: readonly SalesTeam[]): SalesFloor {
  const desks = new Map(teams.map((team) => [team.id, deskOf(team)]))
  const has = new Map<string, HeldLead>()
  /** When levels are over: of a lead that was answered meanwhile nothing comes. */
  const looks = new Queue()
  const lookedAt: string[] = []

  function deskFor(id: string): Desk {
    const known = desks.get(id)
    if (known) return known
    const made = deskOf({ id, reps: [], hours: null, queueMinutes: null })
    desks.set(id, made)
    return made
  }

  function queueUp(lead: Omit<WaitingLead, 'until'>, at: Instant): void {
    const desk = deskFor(lead.lead.teamId)
    const minutes = lead.lead.contract.queueMinutes ?? desk.team.queueMinutes
    const until = minutes === null ? undefined : deadline(at, minutes, desk.team.hours)
    desk.queue.push({ ...lead, until })
    desk.stirred = desk.stirred === null ? at : Math.min(desk.stirred, at)
  }

  /** Begins the level of a lead that somebody has now. */
  function begin(held: HeldLead, at: Instant): void {
    const { team } = deskFor(held.lead.teamId)
    const hours = team.reps.find((it) => it.id === held.repId)?.hours ?? team.hours ?? ROUND_THE_CLOCK
    held.deadline = deadlineOf(held, at, hours)
    if (held.deadline === null) return
    looks.push(held.deadline, lookedAt.length)
    lookedAt.push(held.lead.key)
  }

  /** Somebody has it no longer: there is room again. `counts`: it stays among what was given, as an accepted lead does. */
  function release(key: string, counts = false): HeldLead | undefined {
    const held = has.get(key)
    if (!held) return undefined
    const desk = deskFor(held.lead.teamId)
    if (held.state === 'assigned') leave(desk, held.repId)
    if (!counts) uncount(desk, held)
    has.delete(key)
    return held
  }

  function accept(key: string): void {
    const held = has.get(key)
    if (!held) return
    if (held.state === 'assigned') leave(deskFor(held.lead.teamId), held.repId)
    held.state = 'accepted'
    held.deadline = null
  }

  function heard({ type, props }: TurnResult['events'][number], at: Instant): void {
    const key = typeof props.handoff === 'string' ? props.handoff : ''
    const held = has.get(key)
    if (!held) return
    switch (type) {
      case 'sales.accepted':
        accept(key)
        return
      case 'sales.opportunity':
        accept(key)
        held.opportunity = typeof props.opportunity === 'string' ? props.opportunity : null
        return
      case 'sales.contacted':
        held.deadline = null
        return
      case 'sales.attempted':
        if (props.how === 'voicemail' && held.lead.contract.voicemail) sleep(held)
        return
      case 'sales.converted':
      case 'sales.lost':
        release(key, held.state === 'accepted')
        return
      case 'sales.rejected':
      case 'sales.no-response':
      case 'sales.overflow':
        release(key)
        return
      case 'sales.given-back': {
        const { contact, lead, hadBy, repId, bounces } = held
        release(key)
        queueUp({ contact, lead, hadBy: [...hadBy, repId], bounces }, at)
      }
    }
  }

  function sleep(held: HeldLead): void {
    if (held.state === 'assigned') leave(deskFor(held.lead.teamId), held.repId)
    held.state = 'sleeping'
    held.deadline = null
  }

  /** Takes back what was not worked in time. */
  function keepLevels(now: Instant): RoutedLead[] {
    const routed: RoutedLead[] = []
    while (looks.next <= now) {
      const held = has.get(lookedAt[looks.pop() ?? 0] ?? '')
      if (held?.state !== 'assigned' || held.deadline === null || held.deadline > now) continue
      const { contact, lead, repId, hadBy, bounces, at } = held
      const { next, news } = breachOf(held, now)
      release(lead.key)
      const desk = deskFor(lead.teamId)
      desk.load = { ...desk.load, [repId]: { ...NOTHING, ...desk.load[repId], ...lapsed(desk.load[repId], at, now, ROTATION_WINDOW) } }
      if (next === 'again') queueUp({ contact, lead, hadBy: [...hadBy, repId], bounces: bounces + 1 }, now)
      routed.push(...news.map((it) => ({ contact, lead, rep: null, item: itemOf(lead, it, now), first: false })))
    }
    return routed
  }

  function routeDesk(desk: Desk, now: Instant): RoutedLead[] {
    const { team, queue } = desk
    const routed: RoutedLead[] = []
    const rules = { id: team.id, reps: team.reps, maxAttempts: null, window: ROTATION_WINDOW }
    const left: WaitingLead[] = []
    // Whoever nobody had before waits with the first of them that has to.
    let full = false
    desk.stirred = null
    for (const waiting of queue) {
      const { contact, lead, hadBy, until, bounces } = waiting
      if (full && hadBy.length === 0 && (until === undefined || now < until)) {
        left.push(waiting)
        continue
      }
      const result = assign(rules, counted(desk, now), { hadBy, queueUntil: until }, now)
      if (result.kind === 'queue') {
        left.push(waiting)
        full ||= hadBy.length === 0
        continue
      }
      desk.load = result.load
      const reason = { ...result.reason }
      const rep = result.kind === 'rep' ? (team.reps.find((it) => it.id === result.repId) ?? null) : null
      const news = rep ? give(desk, waiting, rep, reason, now) : nobodyLeft(waiting, reason)
      if (news) routed.push({ contact, lead, rep, item: itemOf(lead, news, now), first: bounces === 0 && hadBy.length === 0 })
    }
    desk.queue = left
    desk.next = left.length === 0 ? null : nextLook(desk, now)
    return routed
  }

  function give(desk: Desk, waiting: WaitingLead, rep: SalesRep, reason: Readonly<Record<string, unknown>>, now: Instant): HandoffNews {
    const { key } = waiting.lead
    const held: HeldLead = { ...waiting, repId: rep.id, repName: rep.name, at: now, state: 'assigned', opportunity: null, deadline: null }
    has.set(key, held)
    enter(desk, rep.id)
    count(desk, rep.id, now)
    begin(held, now)
    return { outcome: 'assigned', repId: rep.id, repName: rep.name, reason, deadline: held.deadline }
  }

  return {
    take(contact, lead) {
      if (lead.joins === undefined) queueUp({ contact, lead, hadBy: [], bounces: 0 }, lead.at)
    },
    told({ events, resumed }, at) {
      for (const event of events) if (event.type.startsWith('sales.')) heard(event, at)
      for (const { key } of resumed) {
        const held = has.get(key)
        if (held?.state !== 'sleeping') continue
        const desk = deskFor(held.lead.teamId)
        uncount(desk, held)
        held.state = 'assigned'
        held.at = at
        enter(desk, held.repId)
        count(desk, held.repId, at)
        begin(held, at)
      }
    },
    closed(key) {
      release(key, true)
    },
    route(now) {
      const late = keepLevels(now)
      return [...late, ...[...desks.values()].flatMap((desk) => (isDue(desk, now) ? routeDesk(desk, now) : []))]
    },
    next() {
      let next: Instant | null = Number.isFinite(looks.next) ? looks.next : null
      for (const { stirred, next: own, queue } of desks.values()) {
        if (queue.length === 0) continue
        const at = stirred ?? own
        if (at !== null && (next === null || at < next)) next = at
      }
      return next
    },
    waiting: (teamId) => desks.get(teamId)?.queue.length ?? 0,
    held: (key) => has.get(key),
  }
}

const itemOf = ({ key }: HandoffEffect, news: HandoffNews, at: Instant): InboxItem => ({ kind: 'handoff', at, handoff: key, news })

const deskOf = (team: SalesTeam): Desk => ({ team, queue: [], load: {}, open: new Map(), pace: new Map(), stirred: null, next: null })

const enter = ({ open }: Desk, repId: string) => open.set(repId, (open.get(repId) ?? 0) + 1)

/** Room again: those who wait are looked at. */
function leave(desk: Desk, repId: string): void {
  desk.open.set(repId, Math.max(0, (desk.open.get(repId) ?? 0) - 1))
  if (desk.queue.length > 0) desk.stirred = Number.NEGATIVE_INFINITY
}

const isDue = ({ queue, stirred, next }: Desk, now: Instant) =>
  queue.length > 0 && ((stirred !== null && stirred <= now) || (next !== null && next <= now))

const deadline = (at: Instant, minutes: number, hours: WorkingCalendar | null): Instant | undefined =>
  hours ? addWorkingMinutes(at, minutes, hours) : at + minutes * 60_000

/** What each carries now: open leads, and those that count, fading. */
function counted({ team, load, open, pace }: Desk, now: Instant): TeamLoad {
  const counts: Record<string, RepLoad> = {}
  for (const { id } of team.reps) {
    counts[id] = { ...(load[id] ?? NOTHING), open: open.get(id) ?? 0, count: paceAt(pace.get(id), now) }
  }
  return counts
}

const paceAt = (pace: { count: number; at: Instant } | undefined, now: Instant): number =>
  pace ? pace.count * fading(pace.at, now, ROTATION_WINDOW) : 0

/** A lead more in the rolling count, which fades as a whole. */
function count({ pace }: Desk, repId: string, now: Instant): void {
  pace.set(repId, { count: paceAt(pace.get(repId), now) + 1, at: now })
}

/** A lead that counts no more: as much less as is left of it. */
function uncount({ pace }: Desk, { repId, at }: HeldLead): void {
  const was = pace.get(repId)
  if (was) pace.set(repId, { count: Math.max(0, was.count - fading(at, was.at, ROTATION_WINDOW)), at: was.at })
}

/** Somebody comes back, goes (so that the rotation sees it), or the time in the queue is over. */
function nextLook({ team, queue }: Desk, now: Instant): Instant | null {
  const times = team.reps.flatMap(({ absences }) => absences.flatMap(({ from, to }) => [from, to]))
  const ends = queue.flatMap(({ until }) => (until === undefined ? [] : [until]))
  const ahead = [...times, ...ends].filter((it) => it > now)
  return ahead.length === 0 ? null : ahead.reduce((a, b) => Math.min(a, b))
}
