import { setImmediate } from 'node:timers/promises'
import type { FlowRow, Handle } from '@baton/db'
import {
  type Backtest,
  type Behaviour,
  backtest,
  type ContactState,
  digest,
  type FlowForecast,
  forecast,
  type Intake,
  type Pressure,
  type RecordedPerson,
  type TeamFacts,
  teamOf,
} from '@baton/engine'
import { basisOf } from './basis.ts'
import { openPast } from './past.ts'
import { openSample, type Portion, type Some } from './sample.ts'

const DAY = 86_400_000
const PORTION = 2000
/** So long others wait for their turn at most, in ms. */
const SLICE = 20

/** Who waits for something long: hears how far it is, 0 to 1, and may stop it. */
export interface Watch {
  progress(done: number): void
  stopped(): boolean
}

const nobodyWaits: Watch = { progress: () => {}, stopped: () => false }

/** Works through something long and lets others have their turn in between. @returns undefined when it was stopped */
async function inTurns<R>(steps: Generator<{ done: number }, R>, watch: Watch): Promise<R | undefined> {
  for (let until = performance.now() + SLICE; ; ) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() < until) continue
    watch.progress(step.value.done)
    await setImmediate()
    if (watch.stopped()) return undefined
    until = performance.now() + SLICE
  }
}

/** Everybody who is played, with a digest of what is known of them. */
interface People<T> {
  count: number
  at(place: number): T
  digest: string
}

/** Fetches people, a portion at a time. @returns undefined when it was stopped */
async function inPortions<T>(
  size: number,
  watch: Watch,
  portion: (of: Pick<Portion, 'skip' | 'at' | 'limit'>) => Promise<Some<T>>,
): Promise<People<T> | undefined> {
  const all: T[] = []
  const digests: string[] = []
  let at: Portion['at']
  for (let skip = 0; skip < size; skip += PORTION) {
    const { people, next } = await portion({ skip, at, limit: Math.min(PORTION, size - skip) })
    all.push(...people)
    digests.push(digest(JSON.stringify(people)))
    if (next === null) break
    at = next
    if (watch.stopped()) return undefined
  }
  const personAt = (place: number) => {
    const person = all[place]
    if (!person) throw new Error(`There is nobody at place ${place} of ${all.length}.`)
    return person
  }
  return { count: all.length, at: personAt, digest: digests.join(' ') }
}

/** What came of it, with a digest of all that went in: the same gives the same. */
export interface Made<T> {
  figures: T
  inputs: string
}

/** With what a forecast is made. */
export interface ForecastSetting {
  people: number
  from: number
  days: number
  draws: number
  seed: string
  /** So many people are played. */
  size: number
  behaviour: Behaviour
  intake: readonly Intake[]
  teams: readonly TeamFacts[]
  pressure: Pressure
}

/**
 * Forecasts the saved draft of a flow here, as a browser does beside its page.
 * @param until people as they were then, as far as history tells
 * @returns undefined when it was stopped
 * @throws PRECONDITION_FAILED when the draft does not hang together
 */
export async function playForecast(
  db: Handle,
  flow: FlowRow,
  { size, teams, ...setting }: ForecastSetting,
  until: number,
  watch: Watch = nobodyWaits,
): Promise<Made<FlowForecast> | undefined> {
  const { plan, catalog, portion, ground } = await openSample(db, flow, until)
  const sample = await inPortions<ContactState>(size, watch, (of) => portion({ ...of, seed: setting.seed, until }))
  if (!sample) return undefined
  const figures = await inTurns(
    forecast({ plan, flowId: flow.id, sample, teams: teams.map((it) => teamOf(it, catalog)), ...setting }),
    watch,
  )
  return figures && { figures, inputs: digest(`${ground} ${sample.digest}`) }
}

/** With what a back-test is made. */
export interface PastSetting {
  /** The window: so many days from this instant on. */
  from: number
  days: number
  seed: string
  /** So many people are played. */
  size: number
  /** Whether those who match on the first day come in then. */
  matching: boolean
  behaviour: Behaviour
  teams: readonly TeamFacts[]
  population: number
}

/** What a back-test is made with besides what somebody chooses: as this workspace knows it now. */
export async function knownOfPast(
  db: Handle,
  flow: FlowRow,
  now: number,
): Promise<Pick<PastSetting, 'behaviour' | 'teams' | 'population'>> {
  const { behaviour, teams, people } = await basisOf(db, flow.id, now)
  return { behaviour, population: people, teams }
}

/**
 * Back-tests the saved draft of a flow here, as a browser does beside its page.
 * @param until only who was there by then
 * @returns undefined when it was stopped
 * @throws PRECONDITION_FAILED when the draft does not hang together
 */
export async function playPast(
  db: Handle,
  flow: FlowRow,
  { size, teams, ...setting }: PastSetting,
  until: number,
  watch: Watch = nobodyWaits,
): Promise<Made<Backtest> | undefined> {
  const { ground, catalog, portion, text } = await openPast(db, flow, until)
  const { from, days, seed } = setting
  const window = { from, until: from + days * DAY }
  const people = await inPortions<RecordedPerson>(size, watch, (of) => portion({ ...of, seed, until }, window))
  if (!people) return undefined
  const { draft, live } = ground
  const figures = await inTurns(
    backtest({ flowId: flow.id, draft, live, people, teams: teams.map((it) => teamOf(it, catalog)), ...setting }),
    watch,
  )
  return figures && { figures, inputs: digest(`${text} ${people.digest}`) }
}
