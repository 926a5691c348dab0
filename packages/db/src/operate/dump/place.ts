import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createEmbedded } from '../../open/embedded.ts'
import { lockDirectory } from '../../open/lock.ts'
import type { Tap, TapMode } from './tap.ts'
import { withEmbedded } from './tap-embedded.ts'
import { withPostgres } from './tap-postgres.ts'

/** A database by where it is. */
export type Place = { url: string } | { dir: string }

/** The place of a command cannot be used: full where it must be empty, or at work. The message says what to do. */
export class PlaceError extends Error {
  override name = 'PlaceError'
}

export const isFilled = (dir: string): boolean => existsSync(dir) && readdirSync(dir).length > 0

/**
 * Runs `work` in one transaction of the database there; a directory is held meanwhile.
 * @throws DataDirectoryError when another process holds it, or it cannot be opened
 */
export async function withPlace<T>(place: Place, mode: TapMode, work: (tap: Tap) => Promise<T>): Promise<T> {
  if ('url' in place) return withPostgres(place.url, mode, work)
  if (mode === 'read' && !isFilled(place.dir))
    throw new PlaceError(`There is no database in ${place.dir}. Check DATA_DIR and DATABASE_URL.`)
  mkdirSync(place.dir, { recursive: true })
  const unlock = await lockDirectory(place.dir)
  try {
    const client = await createEmbedded({ dir: place.dir })
    try {
      return await withEmbedded(client, mode, work)
    } finally {
      await client.close()
    }
  } finally {
    await unlock()
  }
}

/** A worker that spoke within this time is taken for running. Its beat is a few seconds. */
const SILENT = 60_000

/** @throws PlaceError when a server or a worker is at work on it */
export async function refuseRunning(tap: Tap, now: number, say: string): Promise<void> {
  const [row] = await tap.query<{ n: number }>('select count(*)::float8 as n from worker where seen_at > $1', [now - SILENT])
  if (row && row.n > 0) throw new PlaceError(say)
}
