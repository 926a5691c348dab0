import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const files = ['src', 'test'].flatMap((dir) =>
  readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
    .filter((it) => it.endsWith('.ts'))
    .map((it) => join(dir, it)),
)
const spec = read('SPEC.md')
const rules = [...spec.matchAll(/^\| (L[A-Z]-\d+) \|/gm)].map((it) => it[1] ?? '')
const cited = (text: string) => [...text.matchAll(/\bL[A-Z]-\d+\b/g)].map((it) => it[0])

test('every rule of SPEC.md is written once and cited by the title of a test', () => {
  const titles = new Set(files.filter((it) => it.endsWith('.test.ts')).flatMap((it) => cited(read(it))))
  expect(rules.filter((it) => !titles.has(it))).toEqual([])
  expect(new Set(rules).size).toBe(rules.length)
})

test('every rule that code or tests cite is written down', () => {
  const known = new Set(rules)
  expect([...new Set(files.flatMap((it) => cited(read(it))))].filter((it) => !known.has(it))).toEqual([])
})
