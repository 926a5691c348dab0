import { renameSync, rmSync } from 'node:fs'
import { openEmbedded } from '../../open/embedded.ts'
import type { Handle } from '../../open/handle.ts'
import { openPostgres } from '../../open/postgres.ts'
import { knownMigrations, migrationsUpTo, revisionOf } from '../revision.ts'
import { tablesOf } from './catalog.ts'
import { whatIsThere } from './load.ts'
import { BackupError } from './manifest.ts'
import { isFilled, type Place, PlaceError, refuseRunning, withPlace } from './place.ts'

const open = (place: Place, folder: string): Promise<Handle> =>
  'url' in place ? openPostgres({ url: place.url, max: 1 }, folder) : openEmbedded({ dir: place.dir, keepCopy: false }, folder)

async function migrate(place: Place, folder: string): Promise<void> {
  const handle = await open(place, folder)
  try {
    await handle.migrate()
  } finally {
    await handle.close()
  }
}

/** @throws BackupError where this version never had tables of that form */
export function refuseUnknown(folder: string, revision: number, version?: string): void {
  const known = knownMigrations(folder)
  if (known.some((it) => it.at === revision)) return
  const by = version === undefined ? '' : ` ${version}`
  if (revision > (known.at(-1)?.at ?? 0))
    throw new BackupError(`It was made by a newer Baton${by}, with tables that this one does not know. Use that version, or a newer one.`)
  throw new BackupError(`It was made by a Baton${by} with tables that this one never had. Use the version that made it.`)
}

/** What is wrong with the place as a target, but for what lies in it: nothing where it is `fresh` or of the same revision. */
async function lookAt(place: Place, revision: number, now: number): Promise<'fresh' | 'same'> {
  return withPlace(place, 'read', async (tap) => {
    const tables = await tablesOf(tap)
    if (tables.length === 0) return 'fresh'
    const mine = await revisionOf(tap)
    if (mine === null || !tables.some((it) => it.name === 'workspace'))
      throw new PlaceError(`The target holds tables that are not Baton's (${tables[0]?.name}). Make an empty database: createdb NAME.`)
    await refuseRunning(tap, now, 'A Baton is running on the target: stop it first.')
    const there = await whatIsThere(tap)
    if (there !== null)
      throw new PlaceError(`The target is not empty: it holds ${there}. Only an empty database is filled; nothing was changed.`)
    if (mine !== revision && 'url' in place)
      throw new PlaceError('The target has tables of another version of Baton. Make a new empty database (createdb NAME) and use that.')
    return 'same'
  })
}

/** A place to fill, at the revision of what comes; afterwards `finish` brings it to this version's form. */
export interface Prepared {
  place: Place
  finish(): Promise<void>
  /** Takes back what was made, where nothing was filled. */
  abandon(): void
}

/**
 * Looks whether a place can be filled, and makes its tables.
 * @throws PlaceError where it holds anything
 */
export async function prepare(target: Place, folder: string, { revision, now }: { revision: number; now: number }): Promise<Prepared> {
  if ('url' in target) {
    const found = await lookAt(target, revision, now)
    if (found === 'fresh') await atRevision(target, folder, revision)
    return { place: target, finish: () => migrate(target, folder), abandon: () => {} }
  }
  if (isFilled(target.dir)) await lookAt(target, revision, now)
  // Filled beside it and then put in its place: whatever interrupts it, the directory is the old one or the new one.
  const beside = { dir: `${target.dir}.restoring` }
  const abandon = () => rmSync(beside.dir, { recursive: true, force: true })
  abandon()
  await atRevision(beside, folder, revision)
  const finish = async () => {
    await migrate(beside, folder)
    rmSync(target.dir, { recursive: true, force: true })
    renameSync(beside.dir, target.dir)
  }
  return { place: beside, finish, abandon }
}

async function atRevision(place: Place, folder: string, revision: number): Promise<void> {
  const then = migrationsUpTo(folder, revision)
  try {
    await migrate(place, then.folder)
  } finally {
    then.remove()
  }
}
