import type { Plan } from '../../plan.ts'
import { PLAIN_CONTRACT } from '../../state/contract.ts'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect } from '../../state/result.ts'
import { eachOf, type ForecastProgress } from '../forecast/forecast.ts'
import { type ForecastTeam, LeadBook } from '../forecast/lead-book.ts'
import { drawParameters } from '../forecast/parameters.ts'
import { type Behaviour, type Rate, shareOf } from '../forecast/rates.ts'
import type { EdgeForecast, NodeForecast, TotalName } from '../forecast/result.ts'
import { shapeOf } from '../forecast/shape.ts'
import { sharedIn } from '../forecast/sharing.ts'
import { summed } from '../forecast/summary.ts'
import { Tally } from '../forecast/tally.ts'
import type { Ahead } from '../play/agenda.ts'
import { type Player, type PlayOptions, play, playAlone } from '../play/play.ts'
import { scheduledTimes } from '../play/schedules.ts'
import { createWorld } from '../world/world.ts'
import { byTime, type RecordedPerson } from './recorded.ts'
import { type Caused, replayedAnswers } from './replayed.ts'
import { DIFFERENCES, type DifferenceKind, differenceOf, type PersonDifference, Ways } from './ways.ts'

export interface BacktestInput {
  flowId: string
  /** The draft as its flow's entry, and the live version; null: nothing is live. */
  draft: Plan
  live: Plan | null
  people: { count: number; at(place: number): RecordedPerson }
  /** How many people there really are. */
  population: number
  from: Instant
  days: number
  seed: string
  /** How people are assumed to behave where nothing was recorded. */
  behaviour: Behaviour
  /** Whether those who match at the beginning come in then, as at a publish. */
  matching: boolean
  teams: readonly ForecastTeam[]
}

/** Counts of one version: of everybody for whom the sample stands. */
export interface BacktestSide {
  totals: Readonly<Record<BacktestTotal, number>>
  nodes: readonly NodeForecast[]
  edges: readonly EdgeForecast[]
  caused: Omit<Caused, 'freshAt'> & { freshAt: readonly { node: string; times: number }[] }
}

/** What is counted: what was recorded tells nothing of deals, so none is. */
export const BACKTEST_TOTALS = [
  'entered',
  'finished',
  'leftEarly',
  'inside',
  'stuck',
  'mails',
  'mostMailsInAWeek',
  'leads',
  'accepted',
  'rejected',
  'overflow',
] as const satisfies readonly TotalName[]
export type BacktestTotal = (typeof BACKTEST_TOTALS)[number]

export interface Backtest {
  flowId: string
  from: Instant
  days: number
  seed: string
  people: number
  sample: number
  stretch: number
  stretches: number
  draft: BacktestSide
  live: BacktestSide | null
  /** What really happened in the window: by whichever versions were live then. */
  recorded: { entered: number; mails: number; leads: number }
  /** People of the sample who fare otherwise in the draft, by what matters most of it; and the first of them. */
  differ: Readonly<Record<DifferenceKind, number>>
  different: readonly PersonDifference[]
}

/** After so many contacts that were played one by one the caller is asked whether to go on. */
const BREATH = 25
/** So many people who fare otherwise are told one by one. */
const TOLD = 300

/**
 * Plays what was recorded of people through the draft and through the live version. What follows from a mail or a lead is played where the
 * version makes the same; what it makes beside is answered by rates, and counted as assumed. The same input gives the same result, to
 * the byte. Yields how far it is; whoever does not ask again has cancelled it. B-1 to B-10.
 */
export function* backtest(input: BacktestInput): Generator<ForecastProgress, Backtest> {
  const { flowId, people, population, from, days, seed } = input
  const standsFor = people.count === 0 ? 1 : population / people.count
  const parts = input.live ? 2 : 1
  const draft = yield* playSide(input, input.draft, standsFor, (done) => done / parts)
  const live = input.live ? yield* playSide(input, input.live, standsFor, (done) => 0.5 + done / 2) : null
  const differ: Record<DifferenceKind, number> = { 'comes-in': 0, 'stays-out': 0, leads: 0, mails: 0, way: 0 }
  const told = new Map<DifferenceKind, PersonDifference[]>(DIFFERENCES.map((kind) => [kind, []]))
  const recorded = { entered: 0, mails: 0, leads: 0 }
  for (let place = 0; place < people.count; place++) {
    const { was } = people.at(place)
    recorded.entered += was.entered * standsFor
    recorded.mails += was.mails * standsFor
    recorded.leads += was.leads * standsFor
    const it = live && differenceOf(place, live.ways, draft.ways)
    if (!it) continue
    differ[it.kind]++
    const same = told.get(it.kind)
    if (same && same.length < TOLD / DIFFERENCES.length) same.push(it)
  }
  const { stretch, stretches } = draft.shape
  return {
    ...{ flowId, from, days, seed, people: people.count === 0 ? 0 : population, sample: people.count, stretch, stretches },
    draft: draft.side,
    live: live?.side ?? null,
    recorded,
    differ,
    different: [...told.values()].flat(),
  }
}

const known = (rate: Rate): Rate => ({ from: 'set', share: shareOf(rate) })

/** Everything as it is best known: a back-test draws no parameters. */
function settled({ mail, lead, call, mailAt, leadAt, callAt, ...rest }: Behaviour): Behaviour {
  const shares = <T extends object>(of: T): T => {
    const entries = Object.entries(of).map(([name, value]): [string, unknown] => [name, isRate(value) ? known(value) : value])
    return { ...of, ...Object.fromEntries(entries) }
  }
  const each = <T extends object>(of: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(of).map(([node, it]) => [node, shares(it)]))
  return {
    ...rest,
    mail: shares(mail),
    lead: shares(lead),
    call: shares(call),
    mailAt: each(mailAt),
    leadAt: each(leadAt),
    callAt: each(callAt),
  }
}

const isRate = (value: unknown): value is Rate => typeof value === 'object' && value !== null && 'from' in value

interface Played {
  side: BacktestSide
  ways: Ways
  shape: ReturnType<typeof shapeOf>
}

function* playSide(
  input: BacktestInput,
  plan: Plan,
  standsFor: number,
  part: (done: number) => number,
): Generator<ForecastProgress, Played> {
  const { flowId, people, from, days, seed, teams } = input
  const version = plan.flows.get(flowId)?.entry
  if (!version) throw new Error('There is no version of this flow to play. Pass the one that is tried as its entry.')
  const shape = shapeOf(version, from, days)
  const parameters = drawParameters(settled(input.behaviour), seed, 0)
  const leads = new LeadBook(shape, teams, parameters, seed)
  const tally = new Tally(shape, leads)
  const ways = new Ways(flowId, people.count)
  const hours = new Map(teams.map((it) => [it.id, it.hours]))
  const places = new Map<string, number>()
  for (let place = 0; place < people.count; place++) places.set(people.at(place).state.person.key, place)
  const others = leadsOfOthers(people)
  const replayed = replayedAnswers({
    recordOf: (contact) => {
      const place = places.get(contact)
      return place === undefined ? undefined : people.at(place)
    },
    heldFor: (key) => others.held.get(key),
    likely: parameters,
    seed,
    hours: (id) => hours.get(id) ?? null,
  })
  const world = createWorld({
    teams,
    zone: plan.workspaceZone,
    standsFor,
    otherLeads: others.leads,
    answers: replayed.answers,
    onRouted: (routed) => leads.routed(routed),
  })
  const options: PlayOptions = {
    ...{ plan, world, seed, until: shape.until, unreadAside: true, times: scheduledTimes(plan, from, shape.until) },
    onTurn(played) {
      tally.turn(played)
      ways.turn(played.place, played.result)
    },
  }
  const player = (place: number): Player => {
    const of = people.at(place)
    return { state: of.state, coming: [...doorsOf(of, plan, input), ...of.happened] }
  }
  const { leads: handing, places: lining } = sharedIn(plan)
  if (handing.length + lining.length > 0) {
    const run = play(eachOf(people.count, player), options)
    for (let step = run.next(); ; step = run.next()) {
      if (step.done) {
        for (const state of step.value) tally.ends(state)
        break
      }
      yield { done: part(Math.max(0, (step.value - from) / (shape.until - from))) }
    }
  } else {
    for (let place = 0; place < people.count; place++) {
      tally.ends(playAlone(player(place), place, options))
      if (place % BREATH === BREATH - 1) yield { done: part(place / people.count) }
    }
  }
  leads.ends(world.sales)
  const { totals, nodes, edges } = summed(shape, [{ tally, leads }], standsFor)
  const { freshAt, ...sums } = replayed.caused()
  const side: BacktestSide = {
    totals: totalsOf((name) => totals[name].mid),
    nodes,
    edges,
    caused: { ...sums, freshAt: [...freshAt].sort(([a], [b]) => (a < b ? -1 : 1)).map(([node, times]) => ({ node, times })) },
  }
  return { side, ways, shape }
}

const totalsOf = (of: (name: BacktestTotal) => number): Record<BacktestTotal, number> => ({
  entered: of('entered'),
  finished: of('finished'),
  leftEarly: of('leftEarly'),
  inside: of('inside'),
  stuck: of('stuck'),
  mails: of('mails'),
  mostMailsInAWeek: of('mostMailsInAWeek'),
  leads: of('leads'),
  accepted: of('accepted'),
  rejected: of('rejected'),
  overflow: of('overflow'),
})

/** Who is there at the beginning: dates are planned by a look, and who matches may come in as at a publish. */
function doorsOf({ born }: RecordedPerson, plan: Plan, { flowId, from, matching }: BacktestInput): Ahead[] {
  if (born !== null) return []
  const looks = [...plan.index.triggers.dated.keys()].map((id): Ahead => ({ kind: 'recheck', at: from, segmentId: id }))
  const starts = matching ? (plan.flows.get(flowId)?.entry?.triggers ?? []) : []
  const source = { kind: 'system', id: 'publish' } as const
  return [
    ...looks,
    ...starts.flatMap(({ node, trigger }): Ahead[] =>
      trigger.on.kind === 'segment-joined' ? [{ kind: 'enrol', at: from, flowId, node, key: '', source }] : [],
    ),
  ]
}

/** Leads of other flows take room and turns as they did. */
function leadsOfOthers(people: BacktestInput['people']): { leads: { lead: HandoffEffect }[]; held: Map<string, number | null> } {
  const held = new Map<string, number | null>()
  const leads: HandoffEffect[] = []
  for (let place = 0; place < people.count; place++) {
    for (const [i, { teamId, at, heldMs }] of people.at(place).otherLeads.entries()) {
      const key = `other-lead/${place}/${i}`
      held.set(key, heldMs)
      const packet = { why: '', fields: {}, scores: {}, note: null }
      leads.push({ key, teamId, at, enrolment: { flowId: '', key: '', entry: 1 }, version: 0, node: '', packet, contract: PLAIN_CONTRACT })
    }
  }
  return { leads: byTime(leads).map((lead) => ({ lead })), held }
}
