import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase, type TestDatabase } from '@baton/db/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { run } from '../src/cli/program.ts'

let made: TestDatabase
let dir: string
beforeAll(async () => {
  made = await freshDatabase(inject('postgres'))
  dir = mkdtempSync(join(tmpdir(), 'people-'))
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

const file = (name: string, text: string) => {
  const path = join(dir, name)
  writeFileSync(path, text)
  return path
}

test('contacts import takes a file in, and the same file again changes nothing', async () => {
  const path = file('people.csv', 'Mail;Town;Employer;Notes\r\nada@example.com;Paris;Acme;x\r\ngrace@example.com;Rome;;y\r\n')
  const args = ['contacts', 'import', path, '--key', 'Mail', '--map', 'Employer=company', '--map', 'Notes=-']
  expect(await baton(...args)).toEqual({ code: 0, out: 'rows 2, created 2, updated 0, unchanged 0, rejected 0\n', err: '' })
  const again = await baton(...args, '--json')
  expect([again.code, JSON.parse(again.out)]).toEqual([
    0,
    expect.objectContaining({ status: 'done', created: 0, updated: 0, unchanged: 2 }),
  ])
})

test('rows that are not taken in are told with line and reason, and written where asked; the others are in', async () => {
  const path = file('some.csv', 'email,company\nold@example.com,A\nnot an address,B\n=1+1,C\n')
  const rejects = join(dir, 'rejects.csv')
  const done = await baton('contacts', 'import', path, '--rejects', rejects)
  expect([done.code, done.out]).toEqual([1, 'rows 3, created 1, updated 0, unchanged 0, rejected 2\n'])
  expect(done.err).toMatch(/line 3: .*not an address.*\nline 4: .*\n.*2 of 3 rows were not taken in/)
  expect(readFileSync(rejects, 'utf8').split('\r\n')).toHaveLength(4)
})

test.each([
  [['gone.csv'], 1, 'There is no file'],
  [['people.csv', '--key', 'Id'], 1, 'There is no column “Id”. The columns are: Mail, Town, Employer, Notes.'],
  [['people.csv', '--map', 'Street=city'], 1, 'There is no column “Street”'],
  [['people.csv', '--map', 'Town=city_of_birth'], 1, 'There is no field “city_of_birth”'],
  [['people.csv', '--map', 'Town'], 2, 'Write it as "Column=field"'],
  [['people.csv', '--delimiter', 'x'], 2, 'Write one of , ; | or tab.'],
])('contacts import %j is refused', async ([name = '', ...args], code, says) => {
  const done = await baton('contacts', 'import', join(dir, name), ...args)
  expect([done.code, done.out]).toEqual([code, ''])
  expect(done.err).toContain(says)
})
