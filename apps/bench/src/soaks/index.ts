import { failpoints } from '@baton/db'
import { kill } from './kill.ts'

/** What one round found. */
export interface Round {
  /** What must not be, as sentences; none is good. */
  wrong: string[]
  /** Numbers to be summed over the rounds. */
  counts: Record<string, number>
  /** Which of the things that a soak goes through were met. */
  seen: readonly string[]
}

export interface Soak {
  round(seed: number): Promise<Round>
  /** Everything that the rounds together are meant to meet. */
  all: readonly string[]
}

/** One file per soak: something random, repeated, each round reproducible from its seed. */
export const soaks: Readonly<Record<string, Soak>> = { kill: { round: kill, all: failpoints } }
