import { mkdirSync } from 'node:fs'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { keepCopy, refuseNewer, refuseOtherMajor } from '../operate/upgrade.ts'
import { DataDirectoryError } from './data-directory-error.ts'
import { transactionGuard } from './guard.ts'
import type { Handle, Row, Sql } from './handle.ts'
import { lockDirectory } from './lock.ts'
import { seedWorkspace } from './seed.ts'

const INT8 = 20
const parsers = { [INT8]: Number }

export interface EmbeddedSettings {
  /** Directory of the data; undefined: in memory. */
  dir?: string | undefined
  /** A data directory to start from (`dumpDataDir`), for tests. */
  load?: Blob | undefined
  /** False: no copy of the directory is kept before migrations change it; where there is another of what it holds. */
  keepCopy?: boolean | undefined
}

function over(client: PGlite | Transaction): Sql {
  let db: Sql['db'] | undefined
  const sql: Sql = {
    spread: false,
    ended: 0,
    get home() {
      return sql
    },
    async query<T extends object>(text: string, params: readonly unknown[] = []) {
      return (await client.query<T>(text, [...params])).rows
    },
    async copy(statement, rows) {
      // It has no standard input; a file made of the rows stands in.
      await client.query(statement.replace(/from stdin$/, "from '/dev/blob'"), [], { blob: new Blob([rows]) })
    },
    get db() {
      // drizzle asks its client for `query` only, which a transaction has too.
      db ??= drizzle({ client: client as PGlite, casing: 'snake_case' })
      return db
    },
  }
  return sql
}

/** The database itself, without its lock. Throws DataDirectoryError where it cannot be opened. */
export async function createEmbedded(settings: EmbeddedSettings): Promise<PGlite> {
  const options = { parsers, ...(settings.load ? { loadDataDir: settings.load } : {}) }
  if (settings.dir === undefined) return PGlite.create(options)
  refuseOtherMajor(settings.dir)
  try {
    return await PGlite.create(settings.dir, options)
  } catch (error) {
    throw new DataDirectoryError(
      `The data directory ${settings.dir} cannot be opened: its files are damaged (${error instanceof Error ? error.message : String(error)}). ` +
        'Restore it from a copy, or move it away and start again with an empty one.',
      { cause: error },
    )
  }
}

/**
 * Opens the embedded database, in a directory that this process then holds until it ends, or in memory.
 * @throws DataDirectoryError when another process holds the directory, or it is damaged
 */
export async function openEmbedded(settings: EmbeddedSettings, migrationsFolder: string): Promise<Handle> {
  if (settings.dir !== undefined) mkdirSync(settings.dir, { recursive: true })
  const unlock = settings.dir === undefined ? async () => {} : await lockDirectory(settings.dir)
  const client = await createEmbedded(settings).catch(async (error: unknown) => {
    await unlock()
    throw error
  })
  const guard = transactionGuard()
  const plain = over(client)
  const handle: Handle = {
    kind: 'pglite',
    spread: false,
    ended: 0,
    get home() {
      return handle
    },
    near: () => handle,
    get db() {
      return plain.db
    },
    async query<T extends object = Row>(text: string, params?: readonly unknown[]) {
      guard.check()
      return plain.query<T>(text, params)
    },
    async copy(statement, rows) {
      guard.check()
      return plain.copy(statement, rows)
    },
    async executeSql(text, values) {
      guard.check()
      if (values?.length) return client.query<Row>(text, values)
      return { rows: (await client.exec(text)).flatMap((result) => result.rows as Row[]) }
    },
    async transaction(work) {
      guard.check()
      return client.transaction((tx) => guard.run(() => work(over(tx))))
    },
    async migrate() {
      await refuseNewer(plain, migrationsFolder)
      if (settings.dir !== undefined && settings.keepCopy !== false) await keepCopy(client, settings.dir, migrationsFolder)
      await migrate(drizzle(client), { migrationsFolder })
      await seedWorkspace(plain)
    },
    async interrupt() {},
    async close() {
      await client.close()
      await unlock()
    },
  }
  return handle
}
