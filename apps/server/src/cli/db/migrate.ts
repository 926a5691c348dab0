import { machines } from '@baton/db'
import { Command } from 'commander'
import { readConfig } from '../../config.ts'
import { openConfigured } from '../../open.ts'
import type { Io } from '../io.ts'

async function run(io: Io): Promise<void> {
  const db = await openConfigured(readConfig(io.env))
  try {
    const nodes = db.spread ? (await machines(db)).nodes : []
    const where = db.spread ? `each where it belongs: over ${nodes.length} machines (${nodes.join(', ')})` : 'on one machine'
    io.out(`The tables are those of this version, ${where}\n`)
  } finally {
    await db.close()
  }
}

/** `baton db migrate`: what every start does, by itself: before the others start after an upgrade, or to see that all is in place. */
export function migrateCommand(io: Io): Command {
  return new Command('migrate')
    .description('bring the tables to the form of this version, and new ones to their machines where the database is spread')
    .action(() => run(io))
}
