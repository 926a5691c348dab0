import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectionsTo, freshDatabase } from '@baton/db/testing'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { becomeAdmin, visitor } from './harness.ts'

/** The program as it is shipped, built beside the dependencies it needs. */
const home = join(import.meta.dirname, '../node_modules/.cache/process-test')
const main = join(home, 'main.js')
const folders: string[] = []
const children: ChildProcess[] = []

// Whole processes, some of which make a new embedded database: on a machine that does more at the same time that takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

beforeAll(async () => {
  const root = join(import.meta.dirname, '..')
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir: home, emptyOutDir: true } })
  cpSync(join(root, '../../packages/db/drizzle'), join(home, 'drizzle'), { recursive: true })
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'baton-'))
  folders.push(made)
  return made
}

interface Run {
  child: ChildProcess
  out(): string
  err(): string
  /** The exit code. */
  ended: Promise<number | null>
}

function baton(args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let out = ''
  let err = ''
  child.stdout.on('data', (part) => {
    out += part
  })
  child.stderr.on('data', (part) => {
    err += part
  })
  const ended = once(child, 'close').then(([code]) => code)
  return { child, out: () => out, err: () => err, ended }
}

/** The address that the server prints once it answers. */
async function ready(run: Run): Promise<string> {
  while (!run.out().includes('Mail: ')) {
    const more = await Promise.race([once(run.child.stdout ?? run.child, 'data').then(() => true), run.ended.then(() => false)])
    if (!more) throw new Error(`It ended: ${run.err()}`)
  }
  return /ready at (\S+)/.exec(run.out())?.[1] ?? ''
}

describe('baton serve', () => {
  test('keeps its directory to itself, says who holds it, and starts again on it', async () => {
    const DATA_DIR = folder()
    const first = baton(['serve'], { DATA_DIR })
    const url = await ready(first)
    expect(first.out()).toContain('production wants PostgreSQL')
    expect(first.err()).not.toContain('link#')
    const link = /(http\S+link#\S+)/.exec(first.out())?.[1] ?? ''
    await becomeAdmin({ url, firstLink: { url: link, expiresAt: 0 } })
    const second = baton(['serve'], { DATA_DIR })
    expect(await second.ended).toBe(3)
    expect(second.out()).toBe('')
    expect(second.err()).toContain(`process ${first.child.pid}`)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    const third = baton(['serve'], { DATA_DIR })
    const again = await ready(third)
    expect(third.out()).not.toContain('link#')
    expect((await visitor(again).signIn('ada@example.com')).status).toBe(200)
    third.child.kill('SIGINT')
    expect(await third.ended).toBe(0)
  })

  test('says of a damaged directory that it is damaged, and leaves it as it is', async () => {
    const DATA_DIR = folder()
    const database = join(DATA_DIR, 'database')
    mkdirSync(database)
    writeFileSync(join(database, 'PG_VERSION'), '18\n')
    const run = baton(['serve'], { DATA_DIR })
    expect(await run.ended).toBe(3)
    expect(run.err()).toContain(`${database} cannot be opened: its files are damaged`)
    expect(readdirSync(database)).toEqual(['PG_VERSION'])
  })

  test('says that the port is taken, and by which variable to choose another', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await once(blocker, 'listening')
    const address = blocker.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const run = baton(['serve'], { DATABASE_URL: 'memory://', PORT: String(port) })
    expect(await run.ended).toBe(4)
    expect(run.err()).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. Stop that one, or choose another port, e.g. PORT=${port + 1}.\n`,
    )
    blocker.close()
  })

  test('says that the database does not answer', async () => {
    const run = baton(['serve'], { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' })
    expect(await run.ended).toBe(3)
    expect(run.err()).toMatch(/^The database does not answer: .* Check DATABASE_URL\.\n$/)
    expect(run.err()).not.toContain('secret')
  })

  test('says which setting is wrong', async () => {
    const run = baton(['serve'], { PORT: 'http' })
    expect(await run.ended).toBe(2)
    expect(run.err()).toBe('PORT is not a port. Write a number from 0 to 65535.\n')
  })

  test('lists its settings', async () => {
    const run = baton(['serve', '--help'])
    expect(await run.ended).toBe(0)
    for (const name of ['HOST', 'PORT', 'DATA_DIR', 'DATABASE_URL', 'SMTP_URL', 'BASE_URL']) expect(run.out()).toContain(`  ${name} `)
  })
})

describe('on PostgreSQL', () => {
  test('a server and a worker share one database, stop when told, and leave no connection', async () => {
    const made = await freshDatabase(inject('postgres'))
    const env = { DATABASE_URL: made.url }
    const server = baton([], env)
    const worker = baton(['worker'], env)
    await ready(server)
    while (!worker.err().includes('running')) await once(worker.child.stderr ?? worker.child, 'data')
    expect(await connectionsTo(made.url)).not.toEqual([])
    for (const run of [server, worker]) run.child.kill('SIGTERM')
    expect(await Promise.all([server.ended, worker.ended])).toEqual([0, 0])
    await made.drop()
  })

  test('user link prints one link, for those who exist and are active', async () => {
    const made = await freshDatabase(inject('postgres'))
    const env = { DATABASE_URL: made.url }
    const server = baton([], env)
    const url = await ready(server)
    await becomeAdmin({ url, firstLink: { url: /(http\S+link#\S+)/.exec(server.out())?.[1] ?? '', expiresAt: 0 } })
    const unknown = baton(['user', 'link', 'eve@example.com'], env)
    expect([await unknown.ended, unknown.out()]).toEqual([1, ''])
    const known = baton(['user', 'link', 'ADA@example.com'], { ...env, BASE_URL: url })
    expect(await known.ended).toBe(0)
    const [line, ...rest] = known.out().split('\n')
    expect([line?.startsWith(`${url}/link#`), rest]).toEqual([true, ['']])
    const ada = visitor(url)
    expect((await ada.mutate('session.redeem', { token: line?.split('#')[1], password: 'another long one' })).status).toBe(200)
    expect((await ada.signIn('ada@example.com', 'another long one')).status).toBe(200)
    server.child.kill('SIGTERM')
    await server.ended
    await made.drop()
  })
})

test('a worker without PostgreSQL says what it needs', async () => {
  const run = baton(['worker'], { DATA_DIR: folder() })
  expect(await run.ended).toBe(2)
  expect(run.err()).toContain('set DATABASE_URL')
})

test('an unknown command is a wrong call', async () => {
  const run = baton(['fly'])
  expect([await run.ended, run.out()]).toEqual([2, ''])
  expect(run.err()).toContain("unknown command 'fly'")
})
