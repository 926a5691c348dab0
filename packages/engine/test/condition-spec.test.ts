import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'src/condition')
const read = (path: string) => readFileSync(path, 'utf8')

test('every rule of conditions is written once and cited by the title of a test', () => {
  const rules = [...read(join(folder, 'SPEC.md')).matchAll(/^- \*\*(EC-\d+)\*\*/gm)].map((it) => it[1])
  expect(new Set(rules).size).toBe(rules.length)
  const tests = readdirSync(folder).filter((it) => it.endsWith('.test.ts'))
  const titles = [...tests.map((it) => join(folder, it)), join(root, '../db/test/condition.test.ts')].flatMap((path) =>
    [...read(path).matchAll(/(?<=['"`\s])EC-\d+/g)].map((it) => it[0]),
  )
  expect([...new Set(titles)].sort()).toEqual([...rules].sort())
})
