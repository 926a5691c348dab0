import {
  type AfterBreach,
  ALWAYS,
  addWorkingMinutes,
  businessCalendar,
  CIRCLE,
  goesInCircles,
  lapsed,
  levelStep,
  ROTATION_WINDOW,
  route,
  type WorkingCalendar,
} from '@baton/leads'
import type { ContactState } from '../../state/contact.ts'
import type { HandoffNews, InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect, TurnResult } from '../../state/result.ts'
import { count, counted, type Desk, deskOf, enter, freeRoom, isDue, leave, NOTHING, nextLook, takeIn, uncount } from './desk.ts'
import { breachNews, deadlineOf, type HeldLead, nobodyLeft, unanswered, type WaitingLead } from './held.ts'
import { Queue } from './queue.ts'
import { askedFirst, type SalesRep, type SalesTeam } from './team.ts'

/** What sales does by itself with a lead: somebody gets it, nobody can, or it was not worked in time. */
export interface RoutedLead {
  contact: string
  lead: HandoffEffect
  /** Who got it. */
  rep: SalesRep | null
  item: InboxItem
  /** It was given out, or could not be, for the first time; else it was taken back before. */
  first: boolean
  /** How often somebody had it before. */
  before: number
}

/** A lead that is with its rep again. */
export interface WokenLead {
  lead: HandoffEffect
  rep: SalesRep
  attempt: number
  before: number
}

/** The floor of sales: teams with their rotation, open leads, queues and levels; router and levels decide as in a real run. S-7, S-40. */
export interface SalesFloor {
  take(contact: string, lead: HandoffEffect): void
  /** Somebody has this lead since before it began: it counts already in the rotation. No level of it is known. */
  carry(contact: string, lead: HandoffEffect, rep: SalesRep): void
  /**
   * What a turn made of leads: whoever has one has room again, is heard in time, has it again after a voicemail.
   * @returns leads that slept and are awake again with their rep
   */
  told(result: Pick<TurnResult, 'events' | 'resumed'>, at: Instant): readonly WokenLead[]
  /** A lead was answered: whoever had it has room again. */
  closed(key: string, at: Instant): void
  /** Whoever has the lead writes a mail about it: it is not taken away in the middle of a sentence. @returns false where nobody has it */
  drafted(key: string, at: Instant): boolean
  /** Takes back what was not worked in time and gives out what waits, in order of arrival. */
  route(now: Instant): RoutedLead[]
  /** When something is to be looked at again though nothing happened; null: never. */
  next(): Instant | null
  /** How many wait in the queue of a team. */
  waiting(teamId: string): number
  /** A lead that somebody has, or had last. */
  held(key: string): HeldLead | undefined
  /** When a rep had as many open leads as they may, up to an instant; in order. */
  fullSpans(teamId: string, repId: string, until: Instant): readonly { from: Instant; to: Instant }[]
}

export interface FloorOptions {
  /** Somebody as they are now; undefined: nobody knows, and their leads are nobody's before the rotation. */
  person?: ((contact: string) => ContactState | undefined) | undefined
  /** How many leads each one stands for, in a sample; 1 where absent. */
  standsFor?: number | undefined
  /** When it begins: desks are as they stand then. Absent: empty. */
  from?: Instant | undefined
}

const ROUND_THE_CLOCK = businessCalendar({ zone: 'UTC', hours: ALWAYS, holidays: [] })('UTC')

/** @param teams a team that is asked for and not among them has nobody */
export function createSales(teams: readonly SalesTeam[], { person = () => undefined, standsFor = 1, from }: FloorOptions = {}): SalesFloor {
  const desks = new Map(teams.map((team) => [team.id, deskOf(team, standsFor, from)]))
  const has = new Map<string, HeldLead>()
  /** When levels are over: of a lead that was answered meanwhile nothing comes. */
  const looks = new Queue()
  const lookedAt: string[] = []
  /** When leads of somebody overflowed lately. */
  const overflowed = new Map<string, Instant[]>()

  function deskFor(id: string): Desk {
    const known = desks.get(id)
    if (known) return known
    const made = deskOf({ id, reps: [], hours: null, queueMinutes: null }, standsFor)
    desks.set(id, made)
    return made
  }

  function queueUp(lead: Omit<WaitingLead, 'until' | 'first'>, at: Instant): void {
    const desk = deskFor(lead.lead.teamId)
    const minutes = lead.lead.contract.queueMinutes ?? desk.team.queueMinutes
    const until = minutes === null ? undefined : deadline(at, minutes, desk.team.hours)
    desk.fresh.push({ ...lead, until, first: askedFirst(desk.team, person(lead.contact), at) })
    desk.stirred = desk.stirred === null ? at : Math.min(desk.stirred, at)
  }

  /** Begins the level of a lead that somebody has now. */
  function begin(held: HeldLead, at: Instant): void {
    const { team } = deskFor(held.lead.teamId)
    const hours = team.reps.find((it) => it.id === held.repId)?.hours ?? team.hours ?? ROUND_THE_CLOCK
    held.deadline = deadlineOf(held, at, hours)
    if (held.deadline !== null) lookAgain(held.lead.key, held.deadline)
  }

  function lookAgain(key: string, at: Instant): void {
    looks.push(at, lookedAt.length)
    lookedAt.push(key)
  }

  /** Somebody has it no longer: there is room again. `counts`: it stays among what was given, as an accepted lead does. */
  function release(key: string, at: Instant, counts = false): HeldLead | undefined {
    const held = has.get(key)
    if (!held) return undefined
    const desk = deskFor(held.lead.teamId)
    if (held.state === 'assigned') leave(desk, held, at)
    if (!counts) uncount(desk, held)
    has.delete(key)
    return held
  }

  function accept(key: string, at: Instant): void {
    const held = has.get(key)
    if (!held) return
    if (held.state === 'assigned') leave(deskFor(held.lead.teamId), held, at)
    held.state = 'accepted'
    held.deadline = null
  }

  function heard({ type, props }: TurnResult['events'][number], at: Instant): void {
    const key = typeof props.handoff === 'string' ? props.handoff : ''
    const held = has.get(key)
    if (!held) return
    switch (type) {
      case 'sales.accepted':
        accept(key, at)
        return
      case 'sales.opportunity':
        accept(key, at)
        held.opportunity = typeof props.opportunity === 'string' ? props.opportunity : null
        return
      case 'sales.contacted':
        held.deadline = null
        held.draftAt = null
        return
      case 'sales.attempted':
        if (props.how === 'voicemail' && held.lead.contract.voicemail) sleep(held, at)
        return
      case 'sales.converted':
      case 'sales.lost':
        release(key, at, held.state === 'accepted')
        return
      case 'sales.rejected':
      case 'sales.no-response':
      case 'sales.overflow':
        release(key, at)
        return
      case 'sales.given-back': {
        const { contact, lead, hadBy, repId, bounces, opportunity } = held
        release(key, at)
        queueUp({ contact, lead, hadBy: [...hadBy, repId], bounces, opportunity }, at)
      }
    }
  }

  function sleep(held: HeldLead, at: Instant): void {
    if (held.state === 'assigned') leave(deskFor(held.lead.teamId), held, at)
    held.state = 'sleeping'
    held.deadline = null
  }

  /** Takes back what was not worked in time; while its rep writes a little later, and told as breached at once. S-40, S-46. */
  function keepLevels(now: Instant): RoutedLead[] {
    const routed: RoutedLead[] = []
    while (looks.next <= now) {
      const look = looks.next
      const held = has.get(lookedAt[looks.pop() ?? 0] ?? '')
      if (held?.state !== 'assigned' || held.deadline === null) continue
      const { contact, lead, deadline, breachedAt, draftAt, bounces } = held
      const step = levelStep({ deadline, look, remindedAt: now, breachedAt, draftAt, bounces }, lead.contract, now)
      if (step.do === 'wait' || step.do === 'remind') continue
      const late = { ...breachNews(held, step.next, now), ...(step.do === 'defer' ? { stays: true as const } : {}) }
      if (step.first) routed.push({ contact, lead, rep: null, item: itemOf(lead, late, now), first: false, before: 0 })
      held.breachedAt = now
      if (step.do === 'defer') {
        lookAgain(lead.key, step.look)
        continue
      }
      const taken: HandoffNews = { outcome: 'taken-back', repId: held.repId, repName: held.repName }
      const back = clawedBack(held, step.next, now)
      // Whoever was let finish writing has had it until now.
      const news = back ?? (step.first ? null : taken)
      if (news) routed.push({ contact, lead, rep: null, item: itemOf(lead, news, now), first: false, before: 0 })
    }
    return routed
  }

  function clawedBack(held: HeldLead, next: AfterBreach, now: Instant): HandoffNews | null {
    const { contact, lead, repId, hadBy, bounces, opportunity, at } = held
    release(lead.key, now)
    const desk = deskFor(lead.teamId)
    desk.load = { ...desk.load, [repId]: { ...NOTHING, ...desk.load[repId], ...lapsed(desk.load[repId], at, now, ROTATION_WINDOW) } }
    if (next === 'again') queueUp({ contact, lead, hadBy: [...hadBy, repId], bounces: bounces + 1, opportunity }, now)
    return next === 'marketing' ? unanswered(lead, bounces + 1, { code: 'breached' }) : null
  }

  function routeDesk(desk: Desk, now: Instant): RoutedLead[] {
    takeIn(desk)
    const { team, queue } = desk
    const routed: RoutedLead[] = []
    const rules = { id: team.id, reps: desk.reps, maxAttempts: null, window: ROTATION_WINDOW }
    const left: WaitingLead[] = []
    // Who would go to the same people, and nobody had before, waits with the first of them that has to.
    const stuck = new Set<string>()
    desk.stirred = null
    freeRoom(desk, now)
    for (const waiting of queue) {
      const { contact, lead, hadBy, until, bounces, first } = waiting
      const same = hadBy.length === 0 && (until === undefined || now < until) ? sameAs(first) : undefined
      if (same !== undefined && stuck.has(same)) {
        left.push(waiting)
        continue
      }
      const result = route(rules, counted(desk, now), { hadBy, queueUntil: until, ...first }, now)
      if (result.kind === 'queue') {
        left.push(waiting)
        if (same !== undefined) stuck.add(same)
        continue
      }
      desk.load = result.load
      const reason = { ...result.reason }
      const rep = result.kind === 'rep' ? (team.reps.find((it) => it.id === result.repId) ?? null) : null
      const news = rep ? give(desk, waiting, rep, reason, now) : nobodyTakes(waiting, reason, now)
      if (news)
        routed.push({ contact, lead, rep, item: itemOf(lead, news, now), first: bounces === 0 && hadBy.length === 0, before: hadBy.length })
    }
    desk.queue = left
    desk.next = left.length === 0 ? null : nextLook(desk, now)
    return routed
  }

  /** What is said of a lead that nobody takes; null: the manager has it. LR-15. */
  function nobodyTakes(waiting: WaitingLead, reason: Readonly<Record<string, unknown>>, now: Instant): HandoffNews | null {
    const news = nobodyLeft(waiting, reason)
    if (news?.outcome !== 'overflow') return news
    const before = overflowed.get(waiting.contact) ?? []
    if (goesInCircles(before, now)) return null
    overflowed.set(waiting.contact, [...before.slice(1 - CIRCLE.overflows), now])
    return news
  }

  function give(desk: Desk, waiting: WaitingLead, rep: SalesRep, reason: Readonly<Record<string, unknown>>, now: Instant): HandoffNews {
    const { key } = waiting.lead
    const held = heldBy(waiting, rep, now)
    has.set(key, held)
    enter(desk, rep.id, now)
    count(desk, rep.id, now)
    begin(held, now)
    return { outcome: 'assigned', repId: rep.id, repName: rep.name, reason, deadline: held.deadline }
  }

  return {
    take(contact, lead) {
      if (lead.joins === undefined) queueUp({ contact, lead, hadBy: [], bounces: 0, opportunity: null }, lead.at)
    },
    carry(contact, lead, rep) {
      const waiting = { contact, lead, until: undefined, hadBy: [], bounces: 0, opportunity: null, first: { owners: [], territory: null } }
      has.set(lead.key, heldBy(waiting, rep, lead.at))
      enter(deskFor(lead.teamId), rep.id, lead.at)
    },
    told({ events, resumed }, at) {
      for (const event of events) if (event.type.startsWith('sales.')) heard(event, at)
      const woken: WokenLead[] = []
      for (const { key, attempt } of resumed) {
        const held = has.get(key)
        if (held?.state !== 'sleeping') continue
        const desk = deskFor(held.lead.teamId)
        const rep = desk.team.reps.find((it) => it.id === held.repId)
        held.woken++
        if (rep) woken.push({ lead: held.lead, rep, attempt, before: held.hadBy.length + held.woken })
        uncount(desk, held)
        held.state = 'assigned'
        held.at = at
        held.breachedAt = null
        held.draftAt = null
        enter(desk, held.repId, at)
        count(desk, held.repId, at)
        begin(held, at)
      }
      return woken
    },
    closed(key, at) {
      release(key, at, true)
    },
    drafted(key, at) {
      const held = has.get(key)
      if (held) held.draftAt = at
      return held !== undefined
    },
    route(now) {
      const late = keepLevels(now)
      return [...late, ...[...desks.values()].flatMap((desk) => (isDue(desk, now) ? routeDesk(desk, now) : []))]
    },
    next() {
      let next: Instant | null = Number.isFinite(looks.next) ? looks.next : null
      for (const { stirred, next: own, fresh, queue } of desks.values()) {
        if (fresh.length + queue.length === 0) continue
        const at = stirred ?? own
        if (at !== null && (next === null || at < next)) next = at
      }
      return next
    },
    waiting: (teamId) => (desks.get(teamId)?.queue.length ?? 0) + (desks.get(teamId)?.fresh.length ?? 0),
    held: (key) => has.get(key),
    fullSpans(teamId, repId, until) {
      const { spans = [], since = null } = desks.get(teamId)?.full.get(repId) ?? {}
      return since === null || since >= until ? spans : [...spans, { from: since, to: until }]
    },
  }
}

const heldBy = (waiting: WaitingLead, rep: SalesRep, at: Instant): HeldLead => ({
  ...{ ...waiting, repId: rep.id, repName: rep.name, at, state: 'assigned' },
  ...{ deadline: null, breachedAt: null, draftAt: null, woken: 0 },
})

const itemOf = ({ key }: HandoffEffect, news: HandoffNews, at: Instant): InboxItem => ({ kind: 'handoff', at, handoff: key, news })

/** Whose turn it is before the rotation, as one word. */
const sameAs = ({ owners, territory }: WaitingLead['first']): string => [territory?.id ?? '', ...owners.map((it) => it.repId)].join('\n')

const deadline = (at: Instant, minutes: number, hours: WorkingCalendar | null): Instant | undefined =>
  hours ? addWorkingMinutes(at, minutes, hours) : at + minutes * 60_000
