import type { Readable, Writable } from 'node:stream'
import { migrations } from '../../open/open.ts'
import { revisionOf } from '../revision.ts'
import { eventMonths, sequencesOf, tablesOf } from './catalog.ts'
import { type Cargo, load, recount } from './load.ts'
import { altered, BackupError, type Manifest } from './manifest.ts'
import { type Place, refuseRunning, withPlace } from './place.ts'
import { prepare, refuseUnknown } from './prepare.ts'
import { openBackup, type Part, verifyBackup } from './verify.ts'
import { type BackupOptions, type Progress, writeBackup } from './write.ts'

export { BackupError, type Manifest } from './manifest.ts'
export { type Place, PlaceError } from './place.ts'
export type { BackupOptions, Progress } from './write.ts'

/**
 * Writes a backup of the database there, as of one instant. On PostgreSQL everybody goes on meanwhile; a directory must not be in use.
 * @returns rows per table
 * @throws BackupError, PlaceError, DataDirectoryError; the signal's reason when cancelled
 */
export const backup = (from: Place, out: Writable, options: BackupOptions): Promise<ReadonlyMap<string, number>> =>
  withPlace(from, 'read', (tap) => writeBackup(tap, out, options))

export interface FillOptions {
  /** Milliseconds since 1970. */
  now: number
  progress: Progress
  signal: AbortSignal
}

/** The parts of a backup as tables, in the file's own order. */
function cargoOf({ tables, months }: Manifest, parts: AsyncGenerator<Part>): Cargo {
  let held: Part | undefined
  const take = async (): Promise<Part | undefined> => {
    const part = held ?? (await parts.next()).value
    held = undefined
    return part ?? undefined
  }
  return {
    tables,
    months,
    async *rows({ name }) {
      for (;;) {
        const part = await take()
        if (!part || 'sums' in part || part.table !== name) {
          held = part
          return
        }
        yield part.rows
      }
    },
    async sequences() {
      const part = await take()
      if (!part || !('sums' in part)) throw altered()
      // Behind the last part the sums are compared.
      if (!(await parts.next()).done) throw altered()
      return part.sums.sequences
    },
  }
}

/**
 * Fills an empty database from a backup: first reads it to its end and checks it, then writes all of it in one transaction.
 * @param file opens the backup at its beginning; called twice
 * @returns what the backup says of itself, and the rows per table
 * @throws BackupError for a file that cannot be used, PlaceError for a place that is not empty: nothing was changed then
 */
export async function restore(
  file: () => Readable,
  to: Place,
  options: FillOptions,
): Promise<{ manifest: Manifest; rows: ReadonlyMap<string, number> }> {
  const folder = migrations()
  const first = file()
  const { manifest } = await verifyBackup(first, options.signal).finally(() => first.destroy())
  refuseUnknown(folder, manifest.revision, manifest.version)
  const second = file()
  try {
    const rows = await fill(to, folder, manifest.revision, options, async (take) => {
      const { parts } = await openBackup(second)
      return take(cargoOf(manifest, parts))
    })
    return { manifest, rows }
  } finally {
    second.destroy()
  }
}

type Filled = ReadonlyMap<string, number>

async function fill(
  to: Place,
  folder: string,
  revision: number,
  options: FillOptions,
  from: (take: (cargo: Cargo) => Promise<Filled>) => Promise<Filled>,
): Promise<Filled> {
  const target = await prepare(to, folder, { revision, now: options.now })
  try {
    const rows = await withPlace(target.place, 'write', (tap) =>
      from(async (cargo) => {
        const taken = await load(tap, cargo, options)
        await recount(tap, taken)
        return taken
      }),
    )
    await target.finish()
    return rows
  } catch (error) {
    target.abandon()
    throw error
  }
}

const BOTH = 'A Baton is running on this database: stop every server and worker first, or what is under way would go on in both places.'

/**
 * Copies a database that nobody works on to an empty PostgreSQL. What is under way goes on there. The old one stays as it is.
 * @returns rows per table
 * @throws PlaceError when the source is at work or the target is not empty
 */
export function copyDatabase(from: Place, to: { url: string }, options: FillOptions): Promise<ReadonlyMap<string, number>> {
  const folder = migrations()
  return withPlace(from, 'read', async (source) => {
    const revision = await revisionOf(source)
    if (revision === null) throw new BackupError('There is nothing to copy: Baton has not been started on this database yet.')
    refuseUnknown(folder, revision)
    // A directory is held by us; what its last process left in the table is no sign of life.
    if ('url' in from) await refuseRunning(source, options.now, BOTH)
    const cargo: Cargo = {
      tables: await tablesOf(source),
      months: await eventMonths(source),
      rows: ({ name, columns }) => source.copyOut(name, columns),
      sequences: () => sequencesOf(source),
    }
    return fill(to, folder, revision, options, (take) => take(cargo))
  })
}
