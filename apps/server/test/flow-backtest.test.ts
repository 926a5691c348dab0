import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase, type TestDatabase } from '@baton/db/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { run } from '../src/cli/program.ts'

let made: TestDatabase
let dir: string
let id: string
beforeAll(async () => {
  made = await freshDatabase(inject('postgres'))
  dir = mkdtempSync(join(tmpdir(), 'backtest-'))
  const graph = {
    nodes: [
      { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 2, on: { kind: 'event', type: 'go', where: [], key: null } } },
      { id: 'end', type: 'exit', position: { x: 0, y: 100 }, data: { v: 1, label: 'Done', finished: true } },
    ],
    edges: [{ id: 'e', source: 'in', sourceHandle: 'out', target: 'end' }],
  }
  const people = file('people.csv', 'email\nada@example.com\ngrace@example.com\n')
  await baton('contacts', 'import', people, '--key', 'email')
  id = (await baton('flow', 'import', file('go.json', JSON.stringify(graph)))).out.trim()
})
afterAll(async () => {
  await made.drop()
  rmSync(dir, { recursive: true })
})

async function baton(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const io = {
    env: { DATABASE_URL: made.url, LOG_LEVEL: 'error' },
    out(text: string) {
      said.out += text
    },
    err(text: string) {
      said.err += text
    },
  }
  return { code: await run(args, io), ...said }
}

function file(name: string, text: string): string {
  const path = join(dir, name)
  writeFileSync(path, text)
  return path
}

test('flow backtest prints both versions side by side, and the same once more', async () => {
  const done = await baton('flow', 'backtest', id, '--days', '7')
  expect(done).toMatchObject({ code: 0, err: '' })
  expect(done.out).toMatch(/come in +0 +– +0\n/)
  expect(done.out).toContain('2 of 2 people were played.')
  const json = await baton('flow', 'backtest', id, '--days', '7', '--sample', '1', '--json')
  expect(JSON.parse(json.out)).toMatchObject({ flowId: id, days: 7, people: 2, sample: 1, live: null })
  expect((await baton('flow', 'backtest', id, '--days', '7', '--sample', '1', '--json')).out).toBe(json.out)
})

test.each([
  [['gone'], 1, 'There is no flow gone'],
  [['ID', '--until', '2999-01-01'], 2, 'ends in the past'],
  [['ID', '--days', '0'], 2, 'whole number'],
  [['ID', '--until', 'soon'], 2, '2026-03-02'],
  [['ID', '--until', '2026-02-30'], 2, 'There is no such day'],
])('what is wrong is said: %j', async (args, code, words) => {
  const done = await baton('flow', 'backtest', ...args.map((it) => (it === 'ID' ? id : it)))
  expect([done.code, done.out]).toEqual([code, ''])
  expect(done.err).toContain(words)
})

test('flow forecast prints people with what they lie between, and the same once more', async () => {
  const done = await baton('flow', 'forecast', id, '--days', '7')
  expect(done).toMatchObject({ code: 0, err: '' })
  expect(done.out).toMatch(/^ +middle +P10 +P90\ncome in( +\d+){3}\n/)
  expect(done.out).toMatch(/\nin( +\d+){3}( +\S+){2}\nend( +\d+){3}( +\S+){2}\n/)
  expect(done.out).toMatch(/share\nin → out( +\d+){3} +\S+\n\n7 days/)
  expect(done.out).toContain('7 days; 2 of 2 people were played.')
  const json = await baton('flow', 'forecast', id, '--days', '7', '--sample', '1', '--json')
  expect(JSON.parse(json.out)).toMatchObject({ flowId: id, days: 7, people: 2, sample: 1, draws: 19 })
  expect((await baton('flow', 'forecast', id, '--days', '7', '--sample', '1', '--json')).out).toBe(json.out)
})

test.each([
  [['gone'], 1, 'There is no flow gone'],
  [['ID', '--days', '367'], 2, 'whole number from 1 to 366'],
])('what is wrong with a forecast is said: %j', async (args, code, words) => {
  const done = await baton('flow', 'forecast', ...args.map((it) => (it === 'ID' ? id : it)))
  expect([done.code, done.out]).toEqual([code, ''])
  expect(done.err).toContain(words)
})
