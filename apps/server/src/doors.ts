import { type Clock, hashKey } from '@baton/api'
import { createIds, type Handle, keyByHash, markKeyUsed, storeMessages } from '@baton/db'
import type { Door } from './http/app.ts'
import { ingestRouter } from './ingest/router.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Runner } from './runner/index.ts'

export interface DoorParts {
  db: Handle
  clock: Clock
  log: Logger
  metrics: Metrics
  runner: Runner
}

const MINUTE = 60_000

/** Finds a write key by its hash, and notes at most once a minute that it is used. */
function keyFinder(db: Handle, clock: Clock) {
  return async (key: string) => {
    const found = await keyByHash(db, hashKey(key))
    if (!found) return null
    const now = clock.now()
    if (now - (found.lastUsedAt ?? 0) >= MINUTE) await markKeyUsed(db, { keyId: found.id, now })
    return found
  }
}

/** The doors beside the API, one block each. */
export function doorsOf({ db, clock, log, metrics, runner }: DoorParts): Door[] {
  const ids = createIds(db)
  return [
    {
      path: '/v1',
      router: ingestRouter({
        findKey: keyFinder(db, clock),
        async store(messages, key) {
          const done = await storeMessages(db, ids, messages, key)
          metrics.events.inc({ result: 'stored' }, done.stored)
          metrics.events.inc({ result: 'repeated' }, done.repeated)
          if (done.stored > 0) runner.nudge()
          return done
        },
        now: clock.now,
        log,
      }),
    },
  ]
}
