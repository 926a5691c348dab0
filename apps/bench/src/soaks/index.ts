import { clock } from './clock.ts'
import { database } from './database.ts'
import { freeze } from './freeze.ts'
import { kill } from './kill.ts'
import { network } from './network.ts'
import type { Soak } from './round.ts'

/** One file per soak: something random, repeated, each round reproducible from its seed. */
export const soaks: Readonly<Record<string, Soak>> = { clock, database, freeze, kill, network }
