import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase } from '@baton/db/testing'
import { eq } from 'drizzle-orm'
import { describe, expect, inject, test } from 'vitest'
import { createIds, ensureMonths, openDatabase, outageOf, schema, sqlState } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

test('statements under way are ended on request, what they did is undone, and the next ones are not', async () => {
  await using made = await freshDatabase(inject('postgres'))
  const handle = await openDatabase({ url: made.url })
  await handle.query('create table t (n int)')
  const long = handle.transaction(async (tx) => {
    await tx.query('insert into t values (1)')
    await tx.query('select pg_sleep(3600)')
  })
  const ended = long.then(() => undefined, sqlState)
  await expect
    .poll(() => handle.query(`select 1 from pg_stat_activity where query like '%pg_sleep(3600)' and datname = current_database()`), {
      timeout: 20_000,
    })
    .toHaveLength(1)
  await handle.interrupt()
  expect(await ended).toBe('57014')
  expect(await handle.query('select * from t')).toEqual([])
  await handle.close()
})

onBothDrivers('a database', (handle) => {
  test('migrates twice without a change', async () => {
    await handle().migrate()
    expect(await handle().query('select count(*) as n from lease')).toEqual([{ n: 1024 }])
    expect(await handle().query('select count(*) as n from workspace')).toEqual([{ n: 1 }])
  })

  test('gives int8 as a number, through statements and through drizzle', async () => {
    expect(await handle().query('select 9007199254740991::int8 as n')).toEqual([{ n: Number.MAX_SAFE_INTEGER }])
    expect(await handle().query(`select '{1,9007199254740991}'::int8[] as n`)).toEqual([{ n: [1, Number.MAX_SAFE_INTEGER] }])
    const rows = await handle().db.select({ planRev: schema.workspace.planRev }).from(schema.workspace)
    expect(rows).toEqual([{ planRev: 1 }])
  })

  test('takes back everything of a transaction that throws, through both ways', async () => {
    const work = handle().transaction(async (tx) => {
      await tx.query(`insert into team (id, name, created_at) values ('team_a', 'A', 0)`)
      await tx.db.insert(schema.team).values({ id: 'team_b', name: 'B', createdAt: 0 })
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await handle().query('select * from team')).toEqual([])
  })

  test('refuses the handle inside its own transaction instead of waiting for ever', async () => {
    const work = handle().transaction(() => handle().query('select 1'))
    await expect(work).rejects.toThrow('use the tx it was given')
    expect(await handle().query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('tells the code of an error, also through drizzle', async () => {
    await handle().db.insert(schema.team).values({ id: 'team_c', name: 'C', createdAt: 0 })
    const again = handle().db.insert(schema.team).values({ id: 'team_c', name: 'C', createdAt: 0 })
    expect(await again.then(() => undefined, sqlState)).toBe('23505')
    await handle().db.delete(schema.team).where(eq(schema.team.id, 'team_c'))
  })

  test('runs several statements in one text for the job library', async () => {
    const { rows } = await handle().executeSql('select 1 as a; select 2 as a')
    expect(rows).toEqual([{ a: 1 }, { a: 2 }])
  })

  test('makes ids that carry their bucket and are never given twice', async () => {
    const [one, two] = [createIds(handle()), createIds(handle())]
    const buckets = Array.from({ length: 2500 }, (_, i) => (i * 7) % 1024)
    const all = [...(await one.take(buckets)), ...(await two.take(buckets)), ...(await one.take(buckets))]
    expect(new Set(all).size).toBe(7500)
    expect(all.every((id, i) => id % 1024 === buckets[i % 2500] && Number.isSafeInteger(id))).toBe(true)
  })

  test('makes the months that events need, and keeps older ones in one partition', async () => {
    const instants = [Date.UTC(1999, 1, 3), Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 31, 23, 59, 59, 999), Date.UTC(2028, 1, 29)]
    await ensureMonths(handle(), instants)
    await ensureMonths(handle(), instants)
    for (const [i, at] of instants.entries()) {
      await handle().query(
        `insert into event (bucket, at, id, contact_id, type, props, received_at) values (1, $1, $2, 1025, 'x', '{}', $1)`,
        [at, `e${i}`],
      )
    }
    const rows = await handle().query(`select tableoid::regclass::text as part from event where bucket = 1 order by at`)
    expect(rows.map((row) => row.part)).toEqual(['event_before_2015', 'event_2026_01', 'event_2026_01', 'event_2028_02'])
  })
})

describe('a data directory', () => {
  test('is held by one process: the second is told who holds it; a killed holder lets go', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'baton-dir-'))
    const first = await openDatabase({ dir })
    await expect(openDatabase({ dir })).rejects.toThrow(`in use by another Baton (process ${process.pid}, started`)
    await first.close()
    const script = `import { runnerImport } from 'vite'
      const { module } = await runnerImport('./src/open/lock.ts', { configFile: false, logLevel: 'error' })
      await module.lockDirectory(${JSON.stringify(dir)})
      process.kill(process.pid, 'SIGKILL')`
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: join(import.meta.dirname, '..') })).toThrow()
    const again = await openDatabase({ dir })
    expect(await again.query('select 1 as one')).toEqual([{ one: 1 }])
    await again.close()
    rmSync(dir, { recursive: true })
  }, 120_000)

  test('that is damaged says so, and what to do', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'baton-dir-'))
    await (await openDatabase({ dir })).close()
    writeFileSync(join(dir, 'global/pg_control'), Buffer.alloc(8192))
    await expect(openDatabase({ dir })).rejects.toThrow(/cannot be opened: its files are damaged[\s\S]*Restore it from a copy/)
    rmSync(dir, { recursive: true })
  }, 120_000)
})

describe('a connection that the server ends', () => {
  test('in the middle of a transaction, between two statements: the transaction fails as the database being away, and the next one works', async () => {
    await using made = await freshDatabase(inject('postgres'))
    const handle = await openDatabase({ url: made.url })
    const work = handle.transaction(async (tx) => {
      const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      const other = await openDatabase({ url: made.url, max: 1 })
      await other.query('select pg_terminate_backend($1)', [own?.pid])
      const open = () => other.query('select 1 from pg_stat_activity where pid = $1', [own?.pid])
      await expect.poll(open).toEqual([])
      await other.close()
      // The news comes by the socket, in a turn of the event loop of its own.
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
      await tx.query('select 1')
    })
    expect(await work.then(() => undefined, outageOf)).toBe('away')
    expect(await handle.query('select 1 as one')).toEqual([{ one: 1 }])
    await handle.close()
  })

  test.each([
    ['ECONNREFUSED', 'away'],
    ['57P01', 'away'],
    ['57P03', 'away'],
    ['25P03', 'away'],
    ['08006', 'away'],
    ['53100', 'full'],
    ['ENOSPC', 'full'],
    ['53300', 'busy'],
    ['40P01', 'busy'],
    ['23505', undefined],
    ['22P02', undefined],
  ] as const)('%s is told as %s, also from inside another error', (code, outage) => {
    const error = Object.assign(new Error('no'), { code })
    expect(outageOf(error)).toBe(outage)
    expect(outageOf(new Error('failed query', { cause: error }))).toBe(outage)
  })

  test('a socket that is not there is a database that is away; any other file that is not there is not', () => {
    const error = Object.assign(new Error('no'), { code: 'ENOENT' })
    expect(outageOf(Object.assign(error, { syscall: 'connect' }))).toBe('away')
    expect(outageOf(Object.assign(error, { syscall: 'open' }))).toBeUndefined()
  })
})
