import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { launch, structural } from '../src/check/check-flow.ts'
import { type CheckRow, proved } from '../testing/check.ts'

const checks = new URL('../src/check/', import.meta.url)
const tables = new Set(
  readdirSync(checks)
    .filter((it) => it.endsWith('.test.ts'))
    .flatMap((it) => [...readFileSync(new URL(it, checks), 'utf8').matchAll(/\bproved\('(\w+)', \[/g)].map(([, rule = '']) => rule)),
)
const rules = [...structural, ...launch].map((it) => it.name)

test.each(rules)('the check %s has a table of at least three graphs that fire and three that do not', (rule) => {
  expect(tables).toContain(rule)
})

test('a table is of a check that there is', () => expect([...tables].filter((it) => !rules.includes(it))).toEqual([]))

test('a table with too few of either is none', () => {
  const rows = (fires: number, misses: number) => [
    ...Array.from({ length: fires }, (): CheckRow => ['fires', { nodes: [], ways: [] }, ['x']]),
    ...Array.from({ length: misses }, (): CheckRow => ['does not', { nodes: [], ways: [] }, []]),
  ]
  expect(proved('x', rows(3, 3))).toHaveLength(6)
  expect(() => proved('x', rows(2, 3))).toThrow('x: 2 graphs fire and 3 nearly do. Show at least 3 of each.')
  expect(() => proved('x', rows(3, 2))).toThrow('x: 3 graphs fire and 2 nearly do. Show at least 3 of each.')
})
