import { existsSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { backup, type Place } from '@baton/db'
import { Command } from 'commander'
import { readConfig } from '../../config.ts'
import { EXIT, ExitError } from '../../exit.ts'
import { askForImage } from '../../operate/ask-door.ts'
import { version } from '../../version.ts'
import type { Io } from '../io.ts'
import { placeOf, untilInterrupted } from './place.ts'
import { counted, tellProgress, total } from './progress.ts'

/** Opens `path` for its owner only. */
async function create(path: string) {
  try {
    return await open(path, 'wx', 0o600)
  } catch (error) {
    throw new ExitError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage, {
      cause: error,
    })
  }
}

/** Writes under another name first: whatever stops it, there is no half file under the name that was asked for. */
async function whole<T>(path: string, write: (part: string) => Promise<T>): Promise<T> {
  const part = `${path}.part-${process.pid}`
  try {
    const result = await write(part)
    await rename(part, path)
    return result
  } finally {
    await rm(part, { force: true })
  }
}

async function toFile(io: Io, place: Place, path: string, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  return whole(path, async (part) => {
    const file = await create(part)
    try {
      const out = file.createWriteStream({ flush: true })
      return await backup(place, out, { version, at: Date.now(), progress: tellProgress(io), signal })
    } finally {
      await file.close()
    }
  })
}

async function run(io: Io, path: string): Promise<void> {
  const config = readConfig(io.env)
  const place = placeOf(config)
  if (existsSync(path)) throw new ExitError(`${path} is there already. Name a new file, or move that one away.`, EXIT.usage)
  const rows = await untilInterrupted('Stopped. No file was written.', async (signal) => {
    const image = 'dir' in place ? await askForImage(config.dataDir, signal) : undefined
    try {
      return await toFile(io, image ?? place, path, signal)
    } finally {
      image?.giveBack()
    }
  })
  const { size } = await stat(path)
  io.out(`${path}: ${counted(rows.get('contact') ?? 0)} people, ${total(rows)} rows, ${(size / 1e6).toFixed(1)} MB\n`)
  io.err('It holds everything, also the keys, secrets and passwords (as hashes): keep it as safe as the database.\n')
}

/** `baton db backup FILE`: everything as of one instant, while the server goes on. */
export function backupCommand(io: Io): Command {
  return new Command('backup')
    .description('write everything the database holds to one file; the server may run meanwhile')
    .argument('<file>', 'the file to write; readable for you only')
    .addHelpText('after', '\nFiles beside the database (uploads of imports under way, exports) are not in it.')
    .action((path: string) => run(io, path))
}
