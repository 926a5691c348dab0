import { failpoints } from '@baton/db'
import { kill } from './kill.ts'
import type { Round } from './round.ts'

export interface Soak {
  round(seed: number): Promise<Round>
  /** Everything that the rounds together are meant to meet. */
  all: readonly string[]
}

/** One file per soak: something random, repeated, each round reproducible from its seed. */
export const soaks: Readonly<Record<string, Soak>> = { kill: { round: kill, all: failpoints } }
