import { Command } from 'commander'
import { describeVariables, readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { untilStopped } from '../shutdown.ts'
import { startWorker } from '../worker.ts'
import type { Io } from './io.ts'

/** `baton worker`: more hands on the same PostgreSQL, without pages. */
export function workerCommand(io: Io): Command {
  return new Command('worker')
    .description('start one more worker beside the server, on the same PostgreSQL')
    .addHelpText('after', `\n${describeVariables()}`)
    .action(async () => {
      const config = readConfig(io.env)
      const log = createLog(config.logLevel)
      const worker = await startWorker({ config, log })
      io.err('The worker is running.\n')
      await untilStopped(worker, log)
    })
}
