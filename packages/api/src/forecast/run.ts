import { setImmediate } from 'node:timers/promises'
import type { FlowRow, Handle } from '@baton/db'
import { type Backtest, backtest, type RecordedPerson } from '@baton/engine'
import { basisOf } from './basis.ts'
import { openPast } from './past.ts'

const DAY = 86_400_000
const PORTION = 500
/** So long others wait for their turn at most, in ms. */
const SLICE = 20

/** Who waits for something long: hears how far it is, 0 to 1, and may stop it. */
export interface Watch {
  progress(done: number): void
  stopped(): boolean
}

export const nobodyWaits: Watch = { progress: () => {}, stopped: () => false }

/** Works through something long and lets others have their turn in between. @returns undefined when it was stopped */
export async function inTurns<R>(steps: Generator<{ done: number }, R>, watch: Watch): Promise<R | undefined> {
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

/** Fetches people, a portion at a time. @returns undefined when it was stopped */
export async function inPortions<T>(
  size: number,
  watch: Watch,
  portion: (of: { skip: number; limit: number }) => Promise<T[]>,
): Promise<T[] | undefined> {
  const all: T[] = []
  for (let skip = 0; skip < size; skip += PORTION) {
    const some = await portion({ skip, limit: Math.min(PORTION, size - skip) })
    all.push(...some)
    if (some.length === 0) break
    if (watch.stopped()) return undefined
  }
  return all
}

export interface PastSetting {
  /** The window: so many days from this instant on. */
  from: number
  days: number
  seed: string
  /** So many people are played. */
  size: number
  /** Whether those who match on the first day come in then. */
  matching: boolean
}

/**
 * Back-tests the saved draft of a flow here, as a browser does beside its page.
 * @returns undefined when it was stopped
 * @throws PRECONDITION_FAILED when the draft does not hang together
 */
export async function playPast(
  db: Handle,
  flow: FlowRow,
  { from, days, seed, size, matching }: PastSetting,
  now: number,
  watch: Watch = nobodyWaits,
): Promise<Backtest | undefined> {
  const { ground, portion } = await openPast(db, flow)
  const basis = await basisOf(db, flow.id, now)
  const window = { seed, from, until: from + days * DAY }
  const people = await inPortions<RecordedPerson>(size, watch, (of) => portion({ ...window, ...of }))
  if (!people) return undefined
  const at = (place: number) => {
    const one = people[place]
    if (!one) throw new Error(`There is nobody at place ${place} of ${people.length}.`)
    return one
  }
  const teams = basis.teams.map((it) => ({ ...it, hours: null, queueMinutes: null, levelMinutes: null }))
  const { draft, live } = ground
  const steps = backtest({
    ...{ flowId: flow.id, draft, live, people: { count: people.length, at }, population: basis.people },
    ...{ from, days, seed, matching, teams, behaviour: basis.behaviour },
  })
  return inTurns(steps, watch)
}
