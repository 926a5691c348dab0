import { Command, CommanderError } from 'commander'
import { ConfigError } from '../config.ts'
import { EXIT, ExitError } from '../exit.ts'
import { version } from '../version.ts'
import { contactsCommand } from './contacts-import.ts'
import { dbCommand } from './db/index.ts'
import { flowCommand } from './flow.ts'
import type { Io } from './io.ts'
import { serveCommand } from './serve.ts'
import { userCommand } from './user-link.ts'
import { workerCommand } from './worker.ts'

const EXIT_HELP = `
Exit codes:
  ${EXIT.ok}   done
  ${EXIT.problems}   done, and something is wrong: problems in a flow, rows rejected, nobody found
  ${EXIT.usage}   called wrongly: an option, a file or a setting
  ${EXIT.database}   the data directory is in use or damaged, or the database does not answer
  ${EXIT.network}   the port cannot be had
  ${EXIT.bug}  a mistake in Baton itself

Results go to standard output, messages to standard error.`

/** All commands. */
function program(io: Io): Command {
  const baton = new Command('baton')
    .description('Baton carries people through campaigns and hands them to sales.')
    .version(version)
    .addHelpText('after', EXIT_HELP)
  for (const command of [serveCommand(io), workerCommand(io), contactsCommand(io), flowCommand(io), dbCommand(io), userCommand(io)])
    baton.addCommand(command)
  return baton
}

/** Errors as exceptions, and the same streams, for a command and all below it. */
function harness(command: Command, io: Io): Command {
  command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err })
  for (const sub of command.commands) harness(sub, io)
  return command
}

/**
 * Runs one command line.
 * @param args what stands after the program's name; nothing means `serve`
 * @returns the exit code; the message is on standard error already
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    await harness(program(io), io).parseAsync(args.length === 0 ? ['serve'] : [...args], { from: 'user' })
    return EXIT.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (error instanceof ConfigError) {
      io.err(`${error.message}\n`)
      return EXIT.usage
    }
    if (error instanceof ExitError) {
      io.err(`${error.message}\n`)
      return error.exitCode
    }
    io.err(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nThis is a mistake in Baton itself. Report it with the lines above.\n`,
    )
    return EXIT.bug
  }
}
