import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noteDatabase } from '@baton/db/testing'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../src/index.ts'
import { openEmbedded } from '../src/open/embedded.ts'
import { migrations } from '../src/open/open.ts'
import { knownMigrations, migrationsUpTo } from '../src/operate/revision.ts'
import { EMBEDDED_MAJOR } from '../src/operate/upgrade.ts'
import { onBothDrivers } from './drivers.ts'

const home = mkdtempSync(join(tmpdir(), 'baton-upgrade-'))
afterAll(() => {
  rmSync(home, { recursive: true })
  noteDatabase('db', 'pglite')
})

const folder = migrations()
const known = knownMigrations(folder)

/** A directory as a Baton of that migration left it, with something in it. */
async function directoryOf(name: string, revision: number): Promise<string> {
  const dir = join(home, name)
  const then = migrationsUpTo(folder, revision)
  const old = await openEmbedded({ dir }, then.folder)
  await old.migrate()
  await old.query(`insert into team (id, name, created_at) values ('t', 'Old team', 0)`)
  await old.close()
  then.remove()
  return dir
}

const copies = (dir: string) => readdirSync(home).filter((it) => it.startsWith(`${dir}-before-`))

describe('a data directory of another version', () => {
  test('is what this PostgreSQL writes', async () => {
    const memory = await PGlite.create()
    const { rows } = await memory.query<{ v: string }>(`select current_setting('server_version_num') as v`)
    await memory.close()
    expect(rows[0]?.v.slice(0, 2)).toBe(EMBEDDED_MAJOR)
  }, 120_000)

  test('of an older Baton is brought up to date, and a copy of before is kept: the last two', async () => {
    const first = known[10]
    const dir = await directoryOf('old', first?.at ?? 0)
    for (const name of ['0001_long_ago', '0002_then'])
      await openDatabase({ dir: join(home, `old-before-${name}`) }).then((it) => it.close())
    const handle = await openDatabase({ dir })
    await handle.migrate()
    expect(await handle.query(`select name from team`)).toEqual([{ name: 'Old team' }])
    expect(await handle.query(`select to_regclass('drawn') is not null as there`)).toEqual([{ there: true }])
    const mine = `old-before-${known[11]?.tag}`
    expect(copies('old')).toEqual(['old-before-0002_then', mine])
    await handle.migrate()
    await handle.close()
    expect(copies('old')).toHaveLength(2)
    // The copy is a directory like any other, of the older form.
    const then = migrationsUpTo(folder, first?.at ?? 0)
    const before = await openEmbedded({ dir: join(home, mine) }, then.folder)
    expect(await before.query(`select name, to_regclass('drawn') is null as before from team`)).toEqual([
      { name: 'Old team', before: true },
    ])
    await before.close()
    then.remove()
  }, 240_000)

  test('of a new one is not copied', async () => {
    const handle = await openDatabase({ dir: join(home, 'new') })
    await handle.migrate()
    await handle.migrate()
    await handle.close()
    expect(copies('new')).toEqual([])
  }, 120_000)

  test('of another PostgreSQL is refused before anything opens it, with the way to go', async () => {
    const dir = await directoryOf('major', known[0]?.at ?? 0)
    const file = join(dir, 'PG_VERSION')
    writeFileSync(file, '16\n')
    const control = readFileSync(join(dir, 'global/pg_control'))
    await expect(openDatabase({ dir })).rejects.toThrow(/written by an embedded PostgreSQL 16; this Baton has 18.*db backup.*db restore/)
    expect(readFileSync(join(dir, 'global/pg_control'))).toEqual(control)
    expect(existsSync(join(dir, 'postmaster.pid'))).toBe(false)
    writeFileSync(file, `${EMBEDDED_MAJOR}\n`)
    await (await openDatabase({ dir })).close()
  }, 120_000)
})

onBothDrivers('tables of a newer Baton', (handle) => {
  test('are refused and left as they are', async () => {
    await handle().query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9999999999999)`)
    await expect(handle().migrate()).rejects.toThrow(/newer Baton. Nothing was changed/)
    await handle().query(`delete from drizzle.__drizzle_migrations where hash = 'x'`)
    await handle().migrate()
  })
})
