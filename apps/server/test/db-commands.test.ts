import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase } from '@baton/db/testing'
import { afterAll, describe, expect, inject, test, vi } from 'vitest'
import { run } from '../src/cli/program.ts'
import { createLog, EXIT, readConfig, startServer } from '../src/index.ts'
import { becomeAdmin, visitor } from './harness.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'baton-db-'))
  folders.push(made)
  return made
}
afterAll(() => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true })
})

/** A command in this process, with what it said. */
async function baton(args: readonly string[], env: Record<string, string>) {
  let out = ''
  let err = ''
  const code = await run(args, { env, out: (text) => (out += text), err: (text) => (err += text) })
  return { code, out, err }
}

const serve = (env: Record<string, string>) => startServer({ config: readConfig({ PORT: '0', ...env }), log: createLog('silent') })

const PEOPLE = 'email,first_name\nada@example.org,Ada\nbo@example.org,"Bo\tTab"\n'

/** A folder with two people, or a PostgreSQL with them. */
async function filled(kind: 'pg' | 'pglite') {
  const DATA_DIR = folder()
  const made = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
  const env = { DATA_DIR, ...(made ? { DATABASE_URL: made.url } : {}) }
  writeFileSync(join(DATA_DIR, 'people.csv'), PEOPLE)
  const taken = await baton(['contacts', 'import', join(DATA_DIR, 'people.csv')], env)
  expect(taken).toMatchObject({ code: 0, out: expect.stringContaining('created 2') })
  return { env, drop: async () => made?.drop() }
}

describe.each(['pg', 'pglite'] as const)('baton db (%s)', (kind) => {
  test('backup while the server runs, restore elsewhere, sign in there', async () => {
    const source = await filled(kind)
    const server = await serve(source.env)
    await becomeAdmin(server)
    const file = join(folder(), 'baton.backup')
    const saved = await baton(['db', 'backup', file], source.env)
    expect(saved).toMatchObject({ code: 0, out: expect.stringMatching(/baton\.backup: 2 people, [\d,]+ rows, [\d.]+ MB\n$/) })
    expect(saved.err).toContain('contact: 2\n')
    expect(saved.err).toContain('keep it as safe as the database')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    // The copy it was read from is gone, and the server goes on.
    await expect
      .poll(() => (existsSync(join(source.env.DATA_DIR, 'images')) ? readdirSync(join(source.env.DATA_DIR, 'images')) : []))
      .toEqual([])
    expect((await visitor(server.url).signIn('ada@example.com')).status).toBe(200)
    await server.stop()
    expect(await baton(['db', 'backup', file], source.env)).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('is there already'),
    })

    const target = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
    const env = { DATA_DIR: folder(), ...(target ? { DATABASE_URL: target.url } : {}) }
    expect(await baton(['db', 'restore', file], env)).toMatchObject({ code: 0, out: expect.stringContaining('2 people') })
    const again = await serve(env)
    expect(again.firstLink).toBeNull()
    expect((await visitor(again.url).signIn('ada@example.com')).status).toBe(200)
    await again.stop()
    const twice = await baton(['db', 'restore', file], env)
    expect(twice).toMatchObject({ code: EXIT.database, out: '', err: expect.stringMatching(/not empty: it holds .*2 people/) })
    await target?.drop()
    await source.drop()
  })

  test('person export prints everything of one, person erase takes them away once it is confirmed', async () => {
    const source = await filled(kind)
    const taken = await baton(['db', 'person', 'export', 'ADA@example.org'], source.env)
    expect(taken.code).toBe(0)
    expect(JSON.parse(taken.out)).toMatchObject({
      knownAs: [{ value: 'ada@example.org' }],
      person: [{ facts: { f: { first_name: 'Ada' } } }],
    })
    expect(await baton(['db', 'person', 'erase', 'ada@example.org'], source.env)).toMatchObject({ code: EXIT.usage, out: '' })
    const erase = ['db', 'person', 'erase', 'ada@example.org', '--confirm', 'ada@example.org']
    expect(await baton(erase, source.env)).toMatchObject({ code: 0, out: 'erased\n', err: expect.stringContaining('Backups from before') })
    expect(await baton(erase, source.env)).toMatchObject({ code: EXIT.problems })
    expect(await baton(['db', 'person', 'export', 'ada@example.org'], source.env)).toMatchObject({ code: EXIT.problems, out: '' })
    await source.drop()
  })

  test('backup stopped by Ctrl-C leaves no file', async () => {
    const source = await filled(kind)
    const dir = folder()
    const stop = { env: source.env, out: () => {}, err: () => void process.emit('SIGINT') }
    expect(await run(['db', 'backup', join(dir, 'x')], stop)).toBe(130)
    expect(readdirSync(dir)).toEqual([])
    await source.drop()
  })

  test('copy goes to an empty PostgreSQL that nobody runs on, from one that stands still', async () => {
    const source = await filled(kind)
    const target = await freshDatabase(inject('postgres'))
    const server = await serve(source.env)
    const busy = await baton(['db', 'copy', '--to', target.url], source.env)
    expect(busy).toMatchObject({ code: EXIT.database, err: expect.stringMatching(/in use by another Baton|stop every server and worker/) })
    await server.stop()
    expect(await baton(['db', 'copy', '--to', target.url], source.env)).toMatchObject({ code: 0, out: expect.stringContaining('2 people') })
    const full = await baton(['db', 'copy', '--to', target.url], source.env)
    expect(full).toMatchObject({ code: EXIT.database, err: expect.stringContaining('2 people') })
    expect((await baton(['db', 'copy', '--to', 'mysql://x'], source.env)).code).toBe(EXIT.usage)
    await target.drop()
    await source.drop()
  })
})

test('what is no backup, or no database, is said so', async () => {
  const dir = folder()
  const file = join(dir, 'x')
  writeFileSync(file, 'hello')
  const env = { DATA_DIR: join(dir, 'data') }
  expect(await baton(['db', 'restore', file], env)).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('not a backup') })
  expect(await baton(['db', 'restore', join(dir, 'none')], env)).toMatchObject({ code: EXIT.usage })
  expect(await baton(['db', 'backup', join(dir, 'y')], env)).toMatchObject({
    code: EXIT.database,
    err: expect.stringContaining('There is no database'),
  })
  expect(await baton(['db', 'backup', join(dir, 'y')], { DATABASE_URL: 'memory://' })).toMatchObject({ code: EXIT.usage })
  expect(readdirSync(dir)).toEqual(['x'])
})
