import { DAY } from '@baton/leads'
import type { Plan } from '../../plan.ts'
import type { ContactState } from '../../state/contact.ts'
import type { Enrolment } from '../../state/enrolment.ts'
import type { Instant } from '../../state/person.ts'
import { type PlayOptions, play, playAlone } from '../play/play.ts'
import { scheduledTimes } from '../play/schedules.ts'
import { drawnAnswers, thrown } from '../world/drawn.ts'
import { type Answers, createWorld } from '../world/world.ts'
import { aheadOf, carriedLeads, type Intake, type OwnDeed, otherLeads, ownDeeds, type Pressure, readied } from './ahead.ts'
import { type ForecastTeam, LeadBook } from './lead-book.ts'
import { drawParameters, type Parameters } from './parameters.ts'
import type { Behaviour } from './rates.ts'
import type { FlowForecast, ForecastNote } from './result.ts'
import { shapeOf } from './shape.ts'
import { sharedIn } from './sharing.ts'
import { type Drawn, summed } from './summary.ts'
import { Tally } from './tally.ts'

/** People who are played, made when they are asked for: a million of them need not be there at once. */
export interface Sample {
  count: number
  at(place: number): ContactState
}

export interface ForecastInput {
  /** With the version that is tried as the flow's entry, live; other flows are pressure and not in it. */
  plan: Plan
  flowId: string
  sample: Sample
  /** How many people there really are. */
  people: number
  from: Instant
  days: number
  seed: string
  behaviour: Behaviour
  intake: readonly Intake[]
  teams: readonly ForecastTeam[]
  pressure?: Pressure | undefined
  /** How often the parameters are drawn; 19 where absent: then the second and the eighteenth are P10 and P90. */
  draws?: number | undefined
}

/** The longest time a forecast looks ahead, and how many draws it takes unless somebody says so. */
export const FORECAST = { days: 366, draws: 19 } as const

/** How far it is, 0 to 1. */
export interface ForecastProgress {
  done: number
}

/** After so many contacts that were played one by one the caller is asked whether to go on. */
const BREATH = 25

/**
 * Plays a sample of contacts through the flow, once for every draw of what is not known for sure, and counts. Everything that happens inside is
 * `advance`. The same input gives the same forecast, to the byte. Yields how far it is; whoever does not ask again has cancelled it. S-20 to S-27.
 */
export function* forecast(input: ForecastInput): Generator<ForecastProgress, FlowForecast> {
  const { plan, flowId, sample, people, from, days, seed, draws = FORECAST.draws } = input
  const version = plan.flows.get(flowId)?.entry
  if (!version) throw new Error('There is no version of this flow to play. Pass the one that is tried as its entry.')
  const shape = shapeOf(version, from, days)
  const shared = sharedIn(plan)
  const atOnce = shared.leads.length > 0 || shared.places.length > 0
  const standsFor = sample.count === 0 ? 1 : people / sample.count
  const drawn: Drawn[] = []
  const deeds = ownDeeds(plan, input.behaviour.happens, sample)
  for (let draw = 0; draw < draws; draw++) {
    for (const done of playDraw(input, { draw, shape, atOnce, standsFor, drawn, deeds })) yield { done: (draw + done) / draws }
  }
  return {
    flowId,
    from,
    days,
    seed,
    draws,
    people: sample.count === 0 ? 0 : people,
    sample: sample.count,
    order: atOnce ? 'all-at-once' : 'one-by-one',
    stretch: shape.stretch,
    stretches: shape.stretches,
    ...summed(shape, drawn, standsFor),
    notes: notesOf(input, shared, standsFor, drawn),
  }
}

interface DrawOptions {
  draw: number
  shape: ReturnType<typeof shapeOf>
  atOnce: boolean
  standsFor: number
  drawn: Drawn[]
  deeds: readonly OwnDeed[]
}

function* playDraw(input: ForecastInput, { draw, shape, atOnce, standsFor, drawn, deeds }: DrawOptions): Generator<number> {
  const { plan, flowId, sample, from, behaviour, teams, intake, pressure } = input
  const { until } = shape
  const seed = `${input.seed}/${draw}`
  const parameters = drawParameters(behaviour, input.seed, draw, reasonsIn(plan, flowId))
  const leads = new LeadBook(shape, teams, parameters, seed)
  const tally = new Tally(shape, leads)
  const hours = new Map(teams.map((it) => [it.id, it.hours]))
  const world = createWorld({
    teams,
    zone: plan.workspaceZone,
    standsFor,
    otherLeads: otherLeads(pressure, teams, { from, until, seed, standsFor }),
    begins: { at: from, with: carriedLeads(teams, from, standsFor) },
    answers: { ...drawnAnswers(parameters, seed, (id) => hours.get(id) ?? null), ...ownDeedsAt(plan, parameters, behaviour, seed) },
    onRouted: (routed) => leads.routed(routed),
  })
  const times = scheduledTimes(plan, from, until)
  const options: PlayOptions = { plan, world, until, seed, unreadAside: true, times, onTurn: (played) => tally.turn(played) }
  const player = (place: number) => {
    const state = readied(sample.at(place), plan, flowId)
    tally.starts(state)
    return { state, coming: aheadOf(state, { plan, flowId, intake, pressure, from, until, seed, deeds }) }
  }
  if (atOnce) {
    const run = play(eachOf(sample.count, player), options)
    for (let step = run.next(); ; step = run.next()) {
      if (step.done) {
        for (const state of step.value) tally.ends(state)
        break
      }
      yield Math.max(0, (step.value - from) / (until - from))
    }
  } else {
    for (let place = 0; place < sample.count; place++) {
      tally.ends(playAlone(player(place), place, options))
      if (place % BREATH === BREATH - 1) yield place / sample.count
    }
  }
  leads.ends(world.sales)
  drawn.push({ tally, leads })
}

/** One after the other, each made when it is its turn: whoever waits for all of them may do something else in between. */
export function* eachOf<T>(count: number, made: (place: number) => T): Generator<T> {
  for (let place = 0; place < count; place++) yield made(place)
}

/** What people do of their own accord at steps that wait for it; what answers mail and leads is drawn there. S-27. */
function ownDeedsAt(plan: Plan, parameters: Parameters, { does, happens }: Behaviour, seed: string): Pick<Answers, 'rests'> {
  return {
    rests(contact, { flowId, key, entry, version, node, vars }: Enrolment, at) {
      const flow = plan.flows.get(flowId)
      const asks = (flow?.versions.get(version) ?? flow?.entry)?.nodes.get(node)?.asks
      if (asks?.of !== 'deeds') return []
      const visit = `${contact}/${flowId}/${key}/${entry}/${node}/${vars.visits[node] ?? 1}`
      return asks.deeds.flatMap(({ port, type, props, within }) => {
        // Where it was counted how often people do it, that says enough, unless somebody says more of this step.
        if (isAnswer(type) || (happens[type] && !does[node]?.[port])) return []
        if (thrown(visit, `does/${port}`, seed) >= parameters.does(node, port)) return []
        const when = Math.ceil(at + thrown(visit, `when/${port}`, seed) * (within ?? OPEN_END))
        return [{ kind: 'event', at: when, event: { id: `${visit}/${port}`, type, props, occurredAt: when, receivedAt: when } } as const]
      })
    },
  }
}

/** For which reasons of a rejection steps of the flow have ways of their own. */
function reasonsIn(plan: Plan, flowId: string): (node: string) => readonly string[] {
  const nodes = plan.flows.get(flowId)?.entry?.nodes
  return (node) => {
    const asks = nodes?.get(node)?.asks
    return asks?.of === 'lead' ? asks.reasons : []
  }
}

/** Where nobody said how long people have: within four weeks. */
const OPEN_END = 28 * DAY

/** Types of events that follow from a mail or a lead. */
export const isAnswer = (type: string): boolean => type.startsWith('mail.') || type.startsWith('sales.')

function notesOf(
  { plan, sample, people, pressure }: ForecastInput,
  shared: ReturnType<typeof sharedIn>,
  standsFor: number,
  drawn: readonly Drawn[],
) {
  const notes: ForecastNote[] = []
  if (standsFor !== 1) notes.push({ code: 'sampled', sample: sample.count, people })
  if (shared.leads.length > 0 || shared.places.length > 0) notes.push({ code: 'shared', ...shared })
  if (pressure && pressure.flows.length > 0) {
    const leadsPerWeek = Object.values(pressure.leadsPerWeek).reduce((a, b) => a + b, 0)
    notes.push({ code: 'pressure', flows: pressure.flows, mailsPerWeek: pressure.mailsPerWeek, leadsPerWeek })
  }
  const waiting = [...plan.flows.values()].flatMap((flow) =>
    [...(flow.entry?.nodes ?? [])].flatMap(([node, { asks }]) =>
      asks?.of === 'deeds' && asks.deeds.some((it) => !isAnswer(it.type)) ? [node] : [],
    ),
  )
  if (waiting.length > 0) notes.push({ code: 'deeds-drawn', nodes: waiting })
  if (drawn.some((it) => it.leads.revenue === null)) notes.push({ code: 'no-value' })
  return notes
}
