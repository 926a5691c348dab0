import { calibration } from './calibration.ts'
import { clock } from './clock.ts'
import { database } from './database.ts'
import { delivery } from './delivery.ts'
import { disk } from './disk.ts'
import { fidelity } from './fidelity.ts'
import { freeze } from './freeze.ts'
import { kill } from './kill.ts'
import { network } from './network.ts'
import { poison } from './poison.ts'
import { publish } from './publish.ts'
import type { Soak } from './round.ts'
import { routing } from './routing.ts'

/** One file per soak: something random, repeated, each round reproducible from its seed. */
export const soaks: Readonly<Record<string, Soak>> = {
  calibration,
  clock,
  database,
  delivery,
  disk,
  fidelity,
  freeze,
  kill,
  network,
  poison,
  publish,
  routing,
}
