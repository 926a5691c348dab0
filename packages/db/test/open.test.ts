import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { createIds, ensureMonths, openDatabase, schema, sqlState } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

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
