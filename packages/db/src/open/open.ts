import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEmbedded } from './embedded.ts'
import type { Handle } from './handle.ts'
import { openPostgres, type PostgresSettings } from './postgres.ts'

export type Where =
  /** PostgreSQL. `max`: connections of this process, 10 when absent; `patience`: see PostgresSettings. */
  | PostgresSettings
  /** The embedded database in a directory. */
  | { dir: string }
  /** The embedded database in memory; `load` starts from a dump. */
  | { memory: true; load?: Blob | undefined }

/** The migrations: beside this package's sources, or beside the bundled program. BATON_MIGRATIONS says otherwise. */
export function migrations(): string {
  if (process.env.BATON_MIGRATIONS) return process.env.BATON_MIGRATIONS
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = ['../../drizzle', './drizzle', '../drizzle', '../../../packages/db/drizzle'].map((path) => join(here, path))
  const found = candidates.find((path) => existsSync(join(path, 'meta/_journal.json')))
  if (!found) throw new Error(`The database migrations are missing: looked in ${candidates.join(', ')}.`)
  return found
}

/**
 * Opens the database. Call `migrate()` on it before anything else, and `close()` at the end.
 * @throws DataDirectoryError for a directory in use or damaged; Error when a server does not answer
 */
export function openDatabase(where: Where): Promise<Handle> {
  if ('url' in where) return openPostgres(where, migrations())
  if ('dir' in where) return openEmbedded(where, migrations())
  return openEmbedded({ load: where.load }, migrations())
}
