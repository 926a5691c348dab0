import { failpoints } from '@baton/db'
import { database } from './database.ts'
import { kill } from './kill.ts'
import type { Soak } from './round.ts'

/** One file per soak: something random, repeated, each round reproducible from its seed. */
export const soaks: Readonly<Record<string, Soak>> = { database, kill: { round: kill, all: failpoints } }
