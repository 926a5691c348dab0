import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One step of the tables' form. `at` orders them and is what a database remembers. */
export interface Migration {
  tag: string
  at: number
}

interface Journal {
  entries: { tag: string; when: number }[]
}

const journalOf = (folder: string): Journal & Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'))

/** The migrations that this version knows, the oldest first. */
export const knownMigrations = (folder: string): Migration[] => journalOf(folder).entries.map(({ tag, when }) => ({ tag, at: when }))

/** Whoever can be asked: a handle, a transaction, a tap. */
interface Asked {
  query<T extends object>(text: string, params?: readonly unknown[]): Promise<T[]>
}

/** The newest migration that a database has had; null where it has had none. */
export async function revisionOf(db: Asked): Promise<number | null> {
  const [table] = await db.query<{ there: boolean }>(`select to_regclass('drizzle.__drizzle_migrations') is not null as there`)
  if (!table?.there) return null
  const [row] = await db.query<{ at: number | null }>('select max(created_at)::float8 as at from drizzle.__drizzle_migrations')
  return row?.at ?? null
}

/** The folder of migrations as it was when `at` was the newest one. Remove it afterwards. */
export function migrationsUpTo(folder: string, at: number): { folder: string; remove(): void } {
  const journal = journalOf(folder)
  const dir = mkdtempSync(join(tmpdir(), 'baton-migrations-'))
  const entries = journal.entries.filter((it) => it.when <= at)
  mkdirSync(join(dir, 'meta'))
  writeFileSync(join(dir, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
  for (const { tag } of entries) copyFileSync(join(folder, `${tag}.sql`), join(dir, `${tag}.sql`))
  return { folder: dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}
