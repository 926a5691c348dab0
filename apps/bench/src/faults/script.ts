import { dice } from '../people.ts'
import { emailOf, HOUR, PEOPLE, START } from './world.ts'

/** Something that a person did, as a tracking client tells it. */
export interface Told {
  id: string
  person: number
  type: 'Started' | 'Pinged'
}

/** What happens at one instant of the clock: it stands still until all of it is done. */
export interface Phase {
  at: number
  /** Each a request of its own. A person is at most once in a phase, so that nobody's order depends on which request comes first. */
  batches: readonly (readonly Told[])[]
  /** The flow with the pass is published now. */
  publish: boolean
}

const BATCH = 6
/** An hour apart, as the timers of the flows are: what is due is due at one of them. */
const PHASES = 3

/** Cuts a list into pieces. */
const pieces = <T>(all: readonly T[], size: number) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))

/**
 * What happens in a round, from its seed: everybody starts, some ping now and then, a flow is published.
 */
export function scriptOf(seed: number): Phase[] {
  const random = dice(seed)
  const everybody = Array.from({ length: PEOPLE }, (_, i) => i)
  const pings = (phase: number) =>
    everybody.filter(() => random() < 0.4).map((person): Told => ({ id: `ping-${phase}-${person}`, person, type: 'Pinged' }))
  const starts = everybody.map((person): Told => ({ id: `start-${person}`, person, type: 'Started' }))
  const publishAt = Math.floor(random() * PHASES)
  return Array.from({ length: PHASES }, (_, phase) => ({
    at: START + phase * HOUR,
    batches: pieces(phase === 0 ? starts : pings(phase), BATCH),
    publish: phase === publishAt,
  }))
}

/** As the tracking API takes it. */
export const messageOf = ({ id, person, type }: Omit<Told, 'type'> & { type: string }, at: number): object => ({
  type: 'track',
  event: type,
  messageId: id,
  userId: emailOf(person),
  context: { traits: { email: emailOf(person) } },
  timestamp: new Date(at).toISOString(),
})
