import { copyDatabase } from '@baton/db'
import { Command, InvalidArgumentError } from 'commander'
import { readConfig } from '../../config.ts'
import type { Io } from '../io.ts'
import { placeOf, untilInterrupted } from './place.ts'
import { counted, tellProgress, total } from './progress.ts'

function postgresUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text)) throw new InvalidArgumentError('Write it as postgres://user:password@host:5432/name.')
  return text
}

async function run(io: Io, to: string): Promise<void> {
  const place = placeOf(readConfig(io.env))
  const rows = await untilInterrupted('Stopped. Nothing was written.', (signal) =>
    copyDatabase(place, { url: to }, { now: Date.now(), progress: tellProgress(io), signal }),
  )
  io.out(`${counted(rows.get('contact') ?? 0)} people, ${total(rows)} rows\n`)
  io.err(
    'Set DATABASE_URL to the new database and start Baton: everything under way goes on there. Never start it on the old one again, or what waits is done twice.\n',
  )
}

/** `baton db copy --to URL`: from the configured database, which nobody works on, to an empty PostgreSQL. */
export function copyCommand(io: Io): Command {
  return new Command('copy')
    .description('move to PostgreSQL: copy everything from the configured database, stopped, to an empty one')
    .requiredOption('--to <url>', 'the empty PostgreSQL database', postgresUrl)
    .action((options: { to: string }) => run(io, options.to))
}
