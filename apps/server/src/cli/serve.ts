import { Command } from 'commander'
import { describeVariables, readConfig } from '../config.ts'
import { startServer } from '../index.ts'
import { createLog } from '../log.ts'
import { untilStopped } from '../shutdown.ts'
import { banner } from './banner.ts'
import type { Io } from './io.ts'

/** `baton serve`: the server with its worker, until it is told to stop. */
export function serveCommand(io: Io): Command {
  return new Command('serve')
    .description('start the server: pages, API, ingestion, and the worker that moves people through flows')
    .addHelpText('after', `\n${describeVariables()}`)
    .action(async () => {
      const config = readConfig(io.env)
      const log = createLog(config.logLevel)
      const server = await startServer({ config, log })
      io.out(banner(server, config))
      await untilStopped({ stop: server.stop, interrupt: () => server.db.interrupt() }, log)
    })
}
