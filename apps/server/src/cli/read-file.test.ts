import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from './program.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'large-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

test.each([
  ['check', []],
  ['test', []],
  ['run', ['--from', '2026-03-02']],
  ['simulate', ['--from', '2026-03-02']],
])('flow %s refuses a file of more than 20 MB before it is read, with its size', async (command, more) => {
  const path = join(dir, 'flow.json')
  writeFileSync(path, '{"nodes":[],"edges":[]}')
  truncateSync(path, 20 * 1024 * 1024 + 1)
  const told: string[] = []
  const printed: string[] = []
  const code = await run(['flow', command, path, ...more], {
    env: {},
    out: (text) => printed.push(text),
    err: (text) => told.push(text),
  })
  expect(code).toBe(2)
  expect(told.join('')).toContain(`${path} has 21 MB; at most 20 are read.`)
  expect(printed).toEqual([])
})
