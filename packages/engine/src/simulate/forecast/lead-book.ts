import { addWorkingMinutes, compareText, DAY, type WorkingCalendar } from '@baton/leads'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect, TurnResult } from '../../state/result.ts'
import { thrown } from '../world/drawn.ts'
import type { SalesFloor } from '../world/sales.ts'
import type { SalesRep, SalesTeam } from '../world/team.ts'
import type { WorldOptions } from '../world/world.ts'
import type { Parameters as Drawn } from './parameters.ts'
import { daysOf, partsOfDays } from './rep-days.ts'
import { type Shape, stretchOf } from './shape.ts'

/** A team as a forecast asks for it: with the level it promises. */
export interface ForecastTeam extends SalesTeam {
  name: string
  /** Within how many working minutes a lead is to be answered; null: nothing is promised. */
  levelMinutes: number | null
}

/** After these nobody is waited for any more. */
const ANSWERS: ReadonlySet<string> = new Set(['sales.accepted', 'sales.rejected', 'sales.no-response'])

/** What became of the leads of one team. */
export interface TeamCount {
  made: number
  taken: number
  overflow: number
}

interface OpenLead {
  lead: HandoffEffect
  /** Until when it was to be answered; null: nothing was promised, or nobody works. */
  due: Instant | null
}

/** What became of leads in one draw: who got them when, how long they waited, what was promised and kept, what they are worth. S-26. */
export class LeadBook {
  made = 0
  accepted = 0
  rejected = 0
  overflow = 0
  breaches = 0
  voicemails = 0
  noResponse = 0
  opportunities = 0
  won = 0
  /** Null where a won deal's worth is unknown. */
  revenue: number | null = 0
  /** By stretch: leads made, and leads that somebody got or nobody could take. */
  readonly came: Int32Array
  readonly went: Int32Array
  /** `team` and rep → leads by day, and when their team works. */
  readonly perDay = new Map<string, { teamId: string; rep: SalesRep; hours: WorkingCalendar | null; days: Int32Array }>()
  /** By team: leads made, those that somebody got, and those that nobody could take. */
  readonly perTeam = new Map<string, TeamCount>()
  /** `team` and rep → for how long they had no room for another lead, in ms by day. */
  readonly fullMs = new Map<string, Float64Array>()
  longestWaitMs = 0
  readonly #open = new Map<string, OpenLead>()
  /** Handed over, and nobody has them yet: since when. */
  readonly #unrouted = new Map<string, Instant>()
  /** Accepted, and their step waits for the outcome; whether they were counted as an opportunity. */
  readonly #taken = new Map<string, { lead: HandoffEffect; isOpportunity: boolean }>()
  readonly #shape: Shape
  readonly #days: number
  readonly #teams: ReadonlyMap<string, ForecastTeam>
  readonly #parameters: Drawn
  readonly #seed: string

  constructor(shape: Shape, teams: readonly ForecastTeam[], parameters: Drawn, seed: string) {
    this.#shape = shape
    this.#days = daysOf(shape)
    this.#teams = new Map(teams.map((it) => [it.id, it]))
    this.#parameters = parameters
    this.#seed = seed
    this.came = new Int32Array(shape.stretches)
    this.went = new Int32Array(shape.stretches)
    for (const { id: teamId, reps, hours } of teams)
      for (const rep of reps) this.perDay.set(`${teamId}\n${rep.id}`, { teamId, rep, hours, days: new Int32Array(this.#days) })
  }

  /** The router gave a lead out. */
  routed({ lead, rep, at, waitedMs, first }: Parameters<NonNullable<WorldOptions['onRouted']>>[0]): void {
    const stretch = stretchOf(this.#shape, at)
    if (first) this.went[stretch] = (this.went[stretch] ?? 0) + 1
    this.#unrouted.delete(lead.key)
    this.longestWaitMs = Math.max(this.longestWaitMs, waitedMs)
    const of = this.#teamCount(lead.teamId)
    if (!rep) {
      this.overflow++
      of.overflow++
      return
    }
    const days = this.perDay.get(`${lead.teamId}\n${rep.id}`)?.days
    const day = Math.min(this.#days - 1, Math.floor((at - this.#shape.from) / DAY))
    if (days) days[day] = (days[day] ?? 0) + 1
    if (first) of.taken++
    const team = this.#teams.get(lead.teamId)
    // What the lead's own contract promises is watched on the floor of sales, and told as it is broken.
    const promised = lead.contract.level ? null : (team?.levelMinutes ?? null)
    this.#open.set(lead.key, { lead, due: promised === null ? null : deadline(at, promised, rep.hours ?? team?.hours ?? null) })
  }

  turn({ handoffs, events }: TurnResult, at: Instant): void {
    if (handoffs.length > 0) {
      const stretch = stretchOf(this.#shape, at)
      this.came[stretch] = (this.came[stretch] ?? 0) + handoffs.length
      this.made += handoffs.length
      for (const it of handoffs) {
        if (it.joins !== undefined) continue
        this.#teamCount(it.teamId).made++
        this.#unrouted.set(it.key, at)
      }
    }
    for (const { type, props } of events) {
      if (type === 'sales.breached') this.breaches++
      if (type === 'sales.attempted' && props.how === 'voicemail') this.voicemails++
      if (type === 'sales.no-response') this.noResponse++
      if (type === 'sales.converted') this.#close(String(props.handoff))
      if (!ANSWERS.has(type)) continue
      const open = typeof props.handoff === 'string' ? this.#open.get(props.handoff) : undefined
      if (!open) continue
      this.#open.delete(open.lead.key)
      if (open.due !== null && at > open.due) this.breaches++
      if (type === 'sales.accepted') this.#accept(open.lead)
      else if (type === 'sales.rejected') this.rejected++
    }
  }

  #accept(lead: HandoffEffect): void {
    this.accepted++
    const { won, lostOpportunity } = this.#parameters.deal(lead.node)
    const isOpportunity = thrown(lead.key, 'opportunity', this.#seed) < lostOpportunity
    // A step that waits for the outcome is told of it; of others chance decides here.
    if (lead.contract.leaveAt === 'final-outcome') {
      this.#taken.set(lead.key, { lead, isOpportunity })
      if (isOpportunity) this.opportunities++
    } else if (thrown(lead.key, 'won', this.#seed) < won) this.#win(lead)
    else if (isOpportunity) this.opportunities++
  }

  #close(key: string): void {
    const taken = this.#taken.get(key)
    if (!taken) return
    this.#taken.delete(key)
    if (taken.isOpportunity) this.opportunities--
    this.#win(taken.lead)
  }

  #win(lead: HandoffEffect): void {
    const { value } = this.#parameters.deal(lead.node)
    this.opportunities++
    this.won++
    if (value === null) this.revenue = null
    else if (this.revenue !== null) this.revenue += value
  }

  #teamCount(teamId: string): TeamCount {
    const known = this.perTeam.get(teamId)
    if (known) return known
    const made = { made: 0, taken: 0, overflow: 0 }
    this.perTeam.set(teamId, made)
    return made
  }

  /** What was to be answered within the time and is not, and how long reps had no room. */
  ends(floor: Pick<SalesFloor, 'fullSpans'>): void {
    for (const [key, { teamId, rep }] of this.perDay) {
      const byDay = new Float64Array(this.#days)
      for (const span of floor.fullSpans(teamId, rep.id, this.#shape.until))
        for (const { day, ms } of partsOfDays(this.#shape, span)) byDay[day] = (byDay[day] ?? 0) + ms
      this.fullMs.set(key, byDay)
    }
    for (const since of this.#unrouted.values()) this.longestWaitMs = Math.max(this.longestWaitMs, this.#shape.until - since)
    for (const { due } of this.#open.values()) if (due !== null && due <= this.#shape.until) this.breaches++
    this.#open.clear()
  }

  /** How many wait for somebody at the end of each stretch. */
  queue(): number[] {
    let waiting = 0
    return Array.from(this.came, (came, i) => {
      waiting += came - (this.went[i] ?? 0)
      return waiting
    })
  }

  /** Reps in the order of teams and ids. */
  reps() {
    return [...this.perDay.values()].sort((a, b) => compareText(a.teamId, b.teamId) || compareText(a.rep.id, b.rep.id))
  }
}

const deadline = (at: Instant, minutes: number, hours: WorkingCalendar | null): Instant | null =>
  hours ? (addWorkingMinutes(at, minutes, hours) ?? null) : at + minutes * 60_000
