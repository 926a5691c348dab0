import { randomBytes } from 'node:crypto'
import type { Clock } from '@baton/api'
import type { Handle } from '@baton/db'
import { type ChoreRunner, startChores } from './chores/run.ts'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { type BatchReport, createPlans, createRunner, type Plans, type Runner } from './runner/index.ts'
import { undoing } from './undo.ts'

export interface WorkParts {
  config: Config
  db: Handle
  clock: Clock
  log: Logger
  metrics: Metrics
}

/** What goes on without anybody asking: turns of contacts, delivery, chores. In the server's process, and in each `baton worker`. */
export interface Work {
  plans: Plans
  runner: Runner
  chores: ChoreRunner
  /** Finishes the batch at hand. */
  stop(): Promise<void>
}

function count(metrics: Metrics, { turns, steps, failed, ms }: BatchReport): void {
  metrics.turns.inc(turns)
  metrics.parked.inc(failed)
  metrics.batch.observe(ms / 1000)
  for (const [flow, taken] of steps) metrics.steps.inc({ flow }, taken)
}

export async function startWork({ db, clock, log, metrics }: WorkParts): Promise<Work> {
  const undo = undoing()
  const owner = `${process.pid}-${randomBytes(4).toString('hex')}`
  const plans = createPlans({ handle: db, log })
  const runner = createRunner({ handle: db, clock, plans, log, owner, onBatch: (report) => count(metrics, report) })
  try {
    await runner.start()
    undo.add(() => runner.stop())
    const chores = await startChores({ db, clock, log })
    undo.add(() => chores.stop())
    return { plans, runner, chores, stop: undo.run }
  } catch (error) {
    await undo.run()
    throw error
  }
}
