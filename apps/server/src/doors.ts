import type { Clock } from '@baton/api'
import type { Handle } from '@baton/db'
import { formDoors } from './forms/index.ts'
import type { Door } from './http/app.ts'
import { createKeyFinder, ingestDoor, keyLimits } from './ingest/door.ts'
import type { Logger } from './log.ts'
import { mailEventDoor } from './mail-events/door.ts'
import type { Metrics } from './metrics.ts'
import { recordDoor } from './related/door.ts'
import type { Runner } from './runner/index.ts'
import { trackingDoors } from './track/index.ts'
import { visitorDoor } from './visitor/index.ts'

export interface DoorParts {
  db: Handle
  clock: Clock
  log: Logger
  metrics: Metrics
  runner: Pick<Runner, 'nudge'>
  /** The public address. */
  baseUrl: string
}

/** The doors beside the API, one line each. */
export function doorsOf({ db, clock, log, metrics, runner, baseUrl }: DoorParts): Door[] {
  const nudge = () => runner.nudge()
  return [
    mailEventDoor({ db, clock, log, nudge }),
    recordDoor({ db, clock, log, nudge, findKey: createKeyFinder(db), limits: keyLimits() }),
    ingestDoor({ db, clock, log, metrics, nudge }),
    ...trackingDoors({ db, clock, log, nudge }),
    ...formDoors({ db, clock, log, baseUrl, nudge }),
    visitorDoor(),
  ]
}
