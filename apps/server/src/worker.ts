import type { Clock, MachineWatch } from '@baton/api'
import { countTrouble, type Handle, leadCounts, openSends } from '@baton/db'
import type { Config } from './config.ts'
import { EXIT, ExitError } from './exit.ts'
import type { Logger } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { openConfigured } from './open.ts'
import type { Stoppable } from './shutdown.ts'
import { undoing } from './undo.ts'
import { startWork } from './work.ts'

export const wallClock: Clock = { now: () => Date.now() }

/** Metrics that read their gauges from this database. */
export const metricsOf = (db: Handle, machine: MachineWatch): Metrics =>
  createMetrics({
    machine: machine.now,
    sends: () => openSends(db),
    trouble: () => countTrouble(db),
    leads: async () => ({ ...(await leadCounts(db, (await machine.now()).now)) }),
  })

/**
 * Starts a process that works and serves nobody, beside a server on the same PostgreSQL.
 * @throws ExitError when there is no such database
 */
export async function startWorker({ config, log }: { config: Config; log: Logger }): Promise<Stoppable> {
  if (config.database.kind !== 'postgres') {
    const say =
      'A worker shares a PostgreSQL with the server: set DATABASE_URL. The embedded database belongs to the one process that opened it.'
    throw new ExitError(say, EXIT.usage)
  }
  const undo = undoing()
  try {
    const db = await openConfigured(config)
    undo.add(() => db.close())
    const baseUrl = config.baseUrl ?? `http://localhost:${config.port}`
    const work = await startWork({ config, db, clock: wallClock, log, metrics: createMetrics(null), baseUrl })
    undo.add(() => work.stop())
    return { stop: undo.run, interrupt: () => db.interrupt() }
  } catch (error) {
    await undo.run()
    throw error
  }
}
