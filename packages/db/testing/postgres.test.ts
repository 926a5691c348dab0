import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { connectionsTo, freshDatabase, startPostgres, withDatabase } from './index.ts'

/** A process of its own that starts a server, prints its URL and waits to be killed; vite runs the TypeScript. */
const KEEPER = `import { runnerImport } from 'vite'
const { module } = await runnerImport('./postgres.ts', { configFile: false, logLevel: 'error' })
console.log((await module.startPostgres()).url)
setInterval(() => {}, 1000)`

const socketOf = (url: string) => decodeURIComponent(/host=([^&]*)/.exec(url)?.[1] ?? '')

test('the URL given to a test is a real PostgreSQL', async () => {
  const client = new pg.Client({ connectionString: inject('postgres') })
  await client.connect()
  const { rows } = await client.query<{ v: string }>('select version() as v')
  await client.end()
  expect(rows[0]?.v).toMatch(/^PostgreSQL \d+/)
  expect(rows[0]?.v).not.toMatch(/wasm|emscripten/i)
})

test('only the database of a URL is replaced', () => {
  expect(withDatabase('postgres://postgres@/postgres?host=%2Ftmp%2Fpg-1', 'x')).toBe('postgres://postgres@/x?host=%2Ftmp%2Fpg-1')
  expect(withDatabase('postgresql://u:p@db:5432/prod', 'x')).toBe('postgresql://u:p@db:5432/x')
})

describe('a fresh database', () => {
  test('starts empty, is not seen by the next, and is gone after drop', async () => {
    const url = inject('postgres')
    const one = await freshDatabase(url)
    const two = await freshDatabase(url)
    const client = new pg.Client({ connectionString: one.url })
    await client.connect()
    await client.query('create table mine (x int)')
    await client.end()
    const other = new pg.Client({ connectionString: two.url })
    await other.connect()
    expect((await other.query(`select to_regclass('mine') as found`)).rows[0].found).toBeNull()
    await other.end()
    await one.drop()
    await two.drop()
    await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toThrow('does not exist')
  })

  test('can be a copy of a migrated one', async () => {
    await using template = await freshDatabase(inject('postgres'))
    const client = new pg.Client({ connectionString: template.url })
    await client.connect()
    await client.query('create table migrated (x int)')
    await client.end()
    await using copy = await freshDatabase(inject('postgres'), /\/(t_\w+)/.exec(template.url)?.[1])
    const reader = new pg.Client({ connectionString: copy.url })
    await reader.connect()
    expect((await reader.query(`select to_regclass('migrated') as found`)).rows[0].found).toBe('migrated')
    await reader.end()
  })

  test('says who left a connection open', async () => {
    const made = await freshDatabase(inject('postgres'))
    const leaked = new pg.Client({ connectionString: made.url, application_name: 'forgetful' })
    leaked.on('error', () => {}) // drop ends the leaked connection, which is the point
    await leaked.connect()
    expect(await connectionsTo(made.url)).toHaveLength(1)
    await expect(made.drop()).rejects.toThrow('forgetful')
  })
})

test('a server of our own stops and leaves no directory', async () => {
  const server = await startPostgres({ settings: ['max_connections=5'] })
  const dir = socketOf(server.url)
  if (!process.env.TEST_PG_URL) expect(existsSync(dir)).toBe(true)
  await server.stop()
  if (!process.env.TEST_PG_URL) expect(existsSync(dir)).toBe(false)
})

test('a server ends with the process that started it, even when that is killed', async () => {
  if (process.env.TEST_PG_URL) return
  const child = spawn(process.execPath, ['--input-type=module', '-e', KEEPER], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const dir = socketOf(String(line).trim())
  expect(existsSync(dir)).toBe(true)
  child.kill('SIGKILL')
  for (let i = 0; i < 200 && existsSync(dir); i++) await pause(50)
  expect(existsSync(dir)).toBe(false)
})
