import { compareText } from '../text/compare.ts'
import type { Instant } from '../time/instant.ts'
import { fading } from './rolling.ts'
import type { LeadHistory, Rep, RepLoad, Team, TeamLoad } from './team.ts'

/** Why a rep was passed over. */
export type SkipCode = 'inactive' | 'no-weight' | 'absent' | 'had-it' | 'at-cap'

export interface Skip {
  readonly repId: string
  readonly code: SkipCode
}

/** How the rotation stood for a rep who could be chosen. `ratio` = (count + credit) / weight: the smallest is next. */
export interface Turn {
  readonly repId: string
  readonly count: number
  readonly credit: number
  readonly weight: number
  readonly ratio: number
}

/** Everything from which the decision can be recomputed. `turns` in the order in which they would be served. */
export interface RoutingReason {
  readonly code:
    | 'rotation'
    | 'owner'
    | 'territory'
    | 'waiting-for-a-rep'
    | 'waiting-for-owner'
    | 'waiting-for-territory'
    | 'queue-time-over'
    | 'attempts-used'
    | 'everyone-had-it'
    | 'nobody-in-team'
  readonly teamId: string
  readonly turns: readonly Turn[]
  readonly skipped: readonly Skip[]
  /** What was asked before the rotation, in order; left out where there was nothing to ask. */
  readonly asked?: readonly Asked[] | undefined
  /** How many leads of the person overflowed within an hour, where they were so many that this one waits for the manager. LR-15. */
  readonly overflowed?: number | undefined
}

/** An owner, or the reps of a territory, whom a lead would go to; `code` says why not, and is left out where it did. */
export type Asked =
  | {
      readonly route: 'owner'
      readonly of: 'opportunity' | 'account'
      readonly id: string
      readonly repId: string
      readonly code?: AskCode
    }
  | { readonly route: 'territory'; readonly id: string; readonly name: string; readonly repIds: readonly string[]; readonly code?: AskCode }

/** `full`: whoever could take it has as many open leads as they may. `no-member`: not in this team. */
export type AskCode = Exclude<SkipCode, 'at-cap'> | 'full' | 'full-too-long' | 'no-member' | 'nobody-there'

/** `load` is what to keep: of an assignment with the lead counted in. */
export type Assignment =
  | { readonly kind: 'rep'; readonly repId: string; readonly reason: RoutingReason; readonly load: TeamLoad }
  | { readonly kind: 'queue'; readonly reason: RoutingReason; readonly load: TeamLoad }
  | { readonly kind: 'overflow'; readonly reason: RoutingReason; readonly load: TeamLoad }

const NOTHING: RepLoad = { open: 0, count: 0, credit: 0, creditAt: null, present: false, lastAt: null }

/**
 * Who in the team gets a lead: rotation by rolling count over weight among those who are there, have room and have not had it;
 * else the queue; else overflow. Pure: the caller keeps `load`, and lowers `open` and `count` as leads close or leave the rolling
 * window. The order of the members does not matter. Rules LR-1 to LR-6.
 */
export function assign(team: Team, load: TeamLoad, lead: LeadHistory, now: Instant): Assignment {
  const { caughtUp, turns, skipped } = standing(team, load, lead, now)
  const reason = (code: RoutingReason['code']): RoutingReason => ({ code, teamId: team.id, turns, skipped })
  if (team.maxAttempts !== null && lead.hadBy.length >= team.maxAttempts) {
    return { kind: 'overflow', reason: reason('attempts-used'), load }
  }
  const first = turns[0]
  if (first !== undefined) {
    return { kind: 'rep', repId: first.repId, reason: reason('rotation'), load: count(caughtUp, first.repId, now) }
  }
  const hopeless = nobodyToWaitFor(skipped)
  if (hopeless !== undefined) return { kind: 'overflow', reason: reason(hopeless), load }
  if (lead.queueUntil !== undefined && now >= lead.queueUntil) return { kind: 'overflow', reason: reason('queue-time-over'), load }
  return { kind: 'queue', reason: reason('waiting-for-a-rep'), load }
}

/** How everybody in the team stands to a lead: who could be given it, in the order of their turns, and why the others not. */
export interface Standing {
  readonly caughtUp: TeamLoad
  readonly turns: readonly Turn[]
  readonly skipped: readonly Skip[]
}

export function standing(team: Team, load: TeamLoad, lead: LeadHistory, now: Instant): Standing {
  const caughtUp = welcome(team, load, now)
  const skipped: Skip[] = []
  const turns: Turn[] = []
  for (const rep of [...team.reps].sort((left, right) => compareText(left.id, right.id))) {
    const carried = caughtUp[rep.id] ?? NOTHING
    const code = skipOf(rep, carried, lead, now)
    if (code === undefined) turns.push(turnOf(rep, carried, team, now))
    else skipped.push({ repId: rep.id, code })
  }
  const lastAt = (turn: Turn) => caughtUp[turn.repId]?.lastAt ?? Number.NEGATIVE_INFINITY
  turns.sort((left, right) => left.ratio - right.ratio || before(lastAt(left), lastAt(right)) || compareText(left.repId, right.repId))
  return { caughtUp, turns, skipped }
}

/** Lasting reasons first: who has had the lead is not waited for, absent or not. */
function skipOf(rep: Rep, { open }: RepLoad, lead: LeadHistory, now: Instant): SkipCode | undefined {
  if (!rep.active) return 'inactive'
  if (!(rep.weight > 0)) return 'no-weight'
  if (lead.hadBy.includes(rep.id)) return 'had-it'
  if (away(rep, now)) return 'absent'
  return rep.cap !== null && open >= rep.cap ? 'at-cap' : undefined
}

function away(rep: Rep, now: Instant): boolean {
  return rep.absences.some(({ from, to }) => from <= now && now < to)
}

function turnOf(rep: Rep, { count, credit, creditAt }: RepLoad, team: Team, now: Instant): Turn {
  // Sums of fading leads differ in their last digits by the order of summing: those decide nothing.
  const kept = creditAt === null ? 0 : digits(credit * fading(creditAt, now, team.window))
  const counted = digits(count)
  return { repId: rep.id, count: counted, credit: kept, weight: rep.weight, ratio: (counted + kept) / rep.weight }
}

const digits = (value: number): number => Math.round(value * 1e6) / 1e6

/**
 * Marks who is there, and lifts who just came (back) to the least of those who stayed: max(own, min of the present); where nobody
 * stayed, to the most that anybody in the team has, so that whoever comes back later finds nobody behind. Only then: lifting at every lead
 * would level out the weights.
 */
function welcome(team: Team, load: TeamLoad, now: Instant): TeamLoad {
  const present = team.reps.filter((rep) => rep.active && rep.weight > 0 && !away(rep, now))
  const turn = (rep: Rep) => turnOf(rep, load[rep.id] ?? NOTHING, team, now)
  const stayed = present.filter((rep) => load[rep.id]?.present === true)
  const floor =
    stayed.length > 0
      ? Math.min(...stayed.map((rep) => turn(rep).ratio))
      : Math.max(0, ...team.reps.filter((rep) => rep.weight > 0).map((rep) => turn(rep).ratio))
  const next: Record<string, RepLoad> = { ...load }
  for (const rep of team.reps) {
    const carried = load[rep.id] ?? NOTHING
    const here = present.includes(rep)
    const missing = here && !carried.present ? floor - turn(rep).ratio : 0
    const lifted = missing > 0 ? { credit: digits(floor * rep.weight - carried.count), creditAt: now } : {}
    next[rep.id] = { ...carried, present: here, ...lifted }
  }
  return next
}

/** Counts a lead in: of whoever got it. */
export function count(load: TeamLoad, repId: string, now: Instant): TeamLoad {
  const carried = load[repId] ?? NOTHING
  return { ...load, [repId]: { ...carried, open: carried.open + 1, count: carried.count + 1, lastAt: now } }
}

function nobodyToWaitFor(skipped: readonly Skip[]): 'everyone-had-it' | 'nobody-in-team' | undefined {
  if (skipped.every(({ code }) => code === 'inactive' || code === 'no-weight')) return 'nobody-in-team'
  const waitable = skipped.some(({ code }) => code === 'absent' || code === 'at-cap')
  return waitable ? undefined : 'everyone-had-it'
}

function before(left: number, right: number): number {
  return left < right ? -1 : left > right ? 1 : 0
}
