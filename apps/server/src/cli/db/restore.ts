import { createReadStream, existsSync } from 'node:fs'
import { restore } from '@baton/db'
import { Command } from 'commander'
import { readConfig } from '../../config.ts'
import { EXIT, ExitError } from '../../exit.ts'
import type { Io } from '../io.ts'
import { placeOf, untilInterrupted } from './place.ts'
import { counted, tellProgress, total } from './progress.ts'

async function run(io: Io, path: string): Promise<void> {
  const place = placeOf(readConfig(io.env))
  if (!existsSync(path)) throw new ExitError(`There is no file ${path}.`, EXIT.usage)
  const { manifest, rows } = await untilInterrupted('Stopped. Nothing was written.', (signal) =>
    restore(() => createReadStream(path), place, { now: Date.now(), progress: tellProgress(io), signal }),
  )
  io.out(`${counted(rows.get('contact') ?? 0)} people, ${total(rows)} rows, as of ${manifest.made} (Baton ${manifest.version})\n`)
  io.err(
    'What waited then goes on as soon as Baton starts: mails that were queued go out, people who waited go on. If the Baton it was made of has gone on since, what it did after that instant is done again.\n',
  )
}

/** `baton db restore FILE`: into an empty database, all of it or nothing. */
export function restoreCommand(io: Io): Command {
  return new Command('restore')
    .description('fill an empty database from a backup; checks the whole file first, then writes all of it or nothing')
    .argument('<file>', 'a file that baton db backup wrote, by this version or an older one')
    .action((path: string) => run(io, path))
}
