import type { Clock } from '@baton/api'
import type { Handle } from '@baton/db'
import { PgBoss } from 'pg-boss'
import type { Logger } from '../log.ts'
import { type Chore, chores } from './registry.ts'

/** How often a process asks whether a chore is due, in seconds. */
const ASK_EVERY = 30
const STOP_WITHIN = 10_000

export interface ChoreRunner {
  /** Puts one more chore on the schedule: one that only this kind of process can do, since it has the files. */
  add(chore: Chore): Promise<void>
  /** Does a chore now, whatever its schedule. */
  run(name: string): Promise<void>
  stop(): Promise<void>
}

/**
 * The database as the job library wants it. The embedded one has a single connection: a statement that failed inside its own
 * transaction would leave it aborted for everybody, so it is rolled back at once.
 */
function executor(db: Handle) {
  return {
    async executeSql(text: string, values?: unknown[]) {
      try {
        return await db.executeSql(text, values)
      } catch (error) {
        if (db.kind === 'pglite') await db.executeSql('rollback')
        throw error
      }
    },
  }
}

/**
 * Starts the schedule of chores: kept in the database by pg-boss, so that of many processes one does each. Their schedule follows the
 * wall clock; what they do, the given clock. A chore that fails is logged and comes again at its next time.
 */
export async function startChores({ db, clock, log }: { db: Handle; clock: Clock; log: Logger }): Promise<ChoreRunner> {
  const embedded = db.kind === 'pglite'
  const boss = new PgBoss({
    db: executor(db),
    ...(embedded ? { backend: 'pglite', monitorVacuum: false, reindex: false } : {}),
  })
  boss.on('error', (error) => log.warn({ err: error }, 'the schedule of chores met an error and goes on'))
  await boss.start()
  const perform = async (chore: Chore) => {
    try {
      await chore.run(db, clock.now())
    } catch (error) {
      log.error({ err: error, chore: chore.name }, 'a chore failed; it comes again at its next time')
    }
  }
  const known = new Map<string, Chore>()
  const add = async (chore: Chore) => {
    known.set(chore.name, chore)
    await boss.createQueue(chore.name, { policy: 'short', retryLimit: 0 })
    await boss.schedule(chore.name, chore.cron)
    await boss.work(chore.name, { pollingIntervalSeconds: ASK_EVERY }, () => perform(chore))
  }
  for (const chore of chores) await add(chore)
  return {
    add,
    async run(name) {
      const chore = known.get(name)
      if (!chore) throw new Error(`There is no chore ${name}.`)
      await chore.run(db, clock.now())
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_WITHIN, close: false }),
  }
}
