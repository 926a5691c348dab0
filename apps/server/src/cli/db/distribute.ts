import { distribute, outageOf, SHARDS, SpreadError } from '@baton/db'
import { Command, InvalidArgumentError } from 'commander'
import { readConfig } from '../../config.ts'
import { EXIT, ExitError } from '../../exit.ts'
import { openConfigured } from '../../open.ts'
import type { Io } from '../io.ts'
import { counted } from './progress.ts'

const MOST = 1024

function shardsOf(text: string): number {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1 || n > MOST) throw new InvalidArgumentError(`Write a number from 1 to ${MOST}.`)
  return n
}

async function run(io: Io, shards: number): Promise<void> {
  const config = readConfig(io.env)
  if (config.database.kind !== 'postgres') {
    const say =
      'Only PostgreSQL can be spread over machines, and this is the embedded database. Move it first: baton db copy --to postgres://user:password@host:5432/name, then set DATABASE_URL to that.'
    throw new ExitError(say, EXIT.usage)
  }
  // What is spread is the form of this version.
  await (await openConfigured(config)).close()
  const onTable = (name: string) => io.err(`${name}\n`)
  try {
    const { version, nodes, tables, rows } = await distribute(config.database.url, { shards, onTable })
    io.out(`${counted(tables)} tables with ${counted(rows)} rows over ${nodes.length} machines: ${nodes.join(', ')} (Citus ${version})\n`)
    io.err('Start Baton again as before. After an upgrade run "baton db migrate" once before the others start.\n')
  } catch (error) {
    if (error instanceof SpreadError) throw new ExitError(error.message, EXIT.problems, { cause: error })
    const why = error instanceof Error ? error.message : String(error)
    const rest =
      outageOf(error) === undefined
        ? 'Nothing was changed.'
        : 'Unless it was at its very end, nothing was changed: look with "baton db migrate".'
    throw new ExitError(`The database could not be spread: ${why}. ${rest}`, EXIT.database, { cause: error })
  }
}

/** `baton db distribute`: spreads the configured PostgreSQL over the machines of Citus, once. */
export function distributeCommand(io: Io): Command {
  return new Command('distribute')
    .description('spread the database over the machines of Citus: once, with every "baton serve" and "baton worker" stopped')
    .option(
      '--shards <n>',
      'into how many parts the tables of people are cut, several for each machine there will ever be',
      shardsOf,
      SHARDS,
    )
    .action((options: { shards: number }) => run(io, options.shards))
}
