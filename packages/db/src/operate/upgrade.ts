import { constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { DataDirectoryError } from '../open/data-directory-error.ts'
import { knownMigrations, revisionOf } from './revision.ts'

/** The PostgreSQL inside of the embedded database: it reads directories of this major version only. */
export const EMBEDDED_MAJOR = '18'

/** How many directories of before an upgrade are kept beside the one in use. */
const KEPT = 2

/**
 * Looks at a directory before the embedded database does, which would ruin or misname one of another version.
 * @throws DataDirectoryError
 */
export function refuseOtherMajor(dir: string): void {
  const file = join(dir, 'PG_VERSION')
  if (!existsSync(file)) return
  const found = readFileSync(file, 'utf8').trim()
  if (found === EMBEDDED_MAJOR || !/^\d+$/.test(found)) return
  throw new DataDirectoryError(
    `The data directory ${dir} was written by an embedded PostgreSQL ${found}; this Baton has ${EMBEDDED_MAJOR} and cannot read it. Nothing was changed. ` +
      'Write a backup with the Baton that made it (baton db backup FILE), move the directory away, and take it in with this one (baton db restore FILE).',
  )
}

interface Asked {
  query<T extends object>(text: string, params?: readonly unknown[]): Promise<T[]>
}

/**
 * A newer Baton may have given tables another meaning: an older one does not touch them.
 * @throws DataDirectoryError
 */
export async function refuseNewer(db: Asked, migrationsFolder: string): Promise<void> {
  const last = knownMigrations(migrationsFolder).at(-1)?.at ?? 0
  if (((await revisionOf(db)) ?? 0) <= last) return
  throw new DataDirectoryError(
    'The tables of this database were made by a newer Baton. Nothing was changed. Start that version again (or a newer one); to go back, restore a backup ' +
      'from before the upgrade into an empty database, or put back the copy that was kept beside the data directory.',
  )
}

/** Copies of before an upgrade, the newest first. */
function copiesOf(dir: string): string[] {
  const start = `${basename(dir)}-before-`
  return readdirSync(dirname(dir))
    .filter((name) => name.startsWith(start))
    .map((name) => join(dirname(dir), name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
}

/**
 * Before migrations change a directory that holds something, a copy of it is kept beside it, named by the first of them. Older ones go.
 * @returns its path; undefined when nothing will be changed
 * @throws DataDirectoryError when there is no room for it: then nothing is changed
 */
export async function keepCopy(client: PGlite, dir: string, migrationsFolder: string): Promise<string | undefined> {
  const asked: Asked = { query: async (text, params = []) => (await client.query<never>(text, [...params])).rows }
  const had = await revisionOf(asked)
  const next = knownMigrations(migrationsFolder).find((it) => it.at > (had ?? 0))
  if (had === null || !next) return undefined
  const copy = `${dir}-before-${next.tag}`
  const part = `${copy}.part`
  try {
    await rm(part, { recursive: true, force: true })
    await client.transaction(async (tx) => {
      await tx.query('checkpoint')
      await cp(dir, part, { recursive: true, mode: constants.COPYFILE_FICLONE })
    })
    await rm(copy, { recursive: true, force: true })
    await rename(part, copy)
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw new DataDirectoryError(
      `The data directory ${dir} is of an older Baton, and could not be copied before it is changed (${error instanceof Error ? error.message : String(error)}). ` +
        'Nothing was changed. Make room beside it, and start again.',
      { cause: error },
    )
  }
  for (const old of copiesOf(dir)
    .filter((it) => it !== copy)
    .slice(KEPT - 1))
    await rm(old, { recursive: true, force: true })
  return copy
}
