import { Command } from 'commander'
import type { Io } from '../io.ts'
import { backupCommand } from './backup.ts'
import { copyCommand } from './copy.ts'
import { distributeCommand } from './distribute.ts'
import { migrateCommand } from './migrate.ts'
import { personCommand } from './person.ts'
import { restoreCommand } from './restore.ts'

/** `baton db …`: one file a command, one line here. */
const commands: readonly ((io: Io) => Command)[] = [
  backupCommand,
  restoreCommand,
  copyCommand,
  personCommand,
  distributeCommand,
  migrateCommand,
]

/** `baton db …` */
export function dbCommand(io: Io): Command {
  const db = new Command('db').description('keep, move and tidy the database')
  for (const make of commands) db.addCommand(make(io))
  return db
}
