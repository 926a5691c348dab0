import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../src/simulate')
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

test('every rule of simulations is written once and cited by the title of a test', () => {
  const rules = [...read('SPEC.md').matchAll(/^- \*\*(S-\d+)\*\*/gm)].map((it) => it[1])
  expect(new Set(rules).size).toBe(rules.length)
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((it) => it.endsWith('.test.ts'))
  const titles = tests.flatMap((path) => [...read(path).matchAll(/(?<=['"`\s])S-\d+/g)].map((it) => it[0]))
  expect([...new Set(titles)].sort()).toEqual([...rules].sort())
})
