import type { Clock } from '@baton/api'
import type { Handle } from '@baton/db'
import { type ChoreRunner, startChores } from './chores/run.ts'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'

export interface WorkParts {
  config: Config
  db: Handle
  clock: Clock
  log: Logger
  metrics: Metrics
}

/** What goes on without anybody asking: turns of contacts, delivery, chores. In the server's process, and in each `baton worker`. */
export interface Work {
  chores: ChoreRunner
  /** Looks for work now instead of at the next look. */
  nudge(): void
  /** Finishes the batch at hand. */
  stop(): Promise<void>
}

export async function startWork({ db, clock, log }: WorkParts): Promise<Work> {
  const chores = await startChores({ db, clock, log })
  return {
    chores,
    nudge: () => {},
    stop: () => chores.stop(),
  }
}
