import type { Candidate } from './lift.ts'

/** A value of a field as it is stored. */
export type TraitValue = string | number | boolean | readonly string[] | null | undefined

/** Something that can be true of a field: it has a value, is empty, lies below a number or not below it. */
export type Trait =
  | { key: string; op: 'is'; value: string | boolean }
  | { key: string; op: 'empty' }
  | { key: string; op: 'lt' | 'ge'; value: number }

type Person = Readonly<Record<string, TraitValue>>

/** Values of one field that are tried; rarer ones could not reach the floor of evidence in a field with more. */
const MOST_VALUES = 20

const isEmpty = (value: TraitValue): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Two significant digits, as a person would draw a line: 19.7 is 20, 1,430 is 1,400. */
function round(value: number): number {
  if (value === 0) return 0
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1)
  return Number((Math.round(value / step) * step).toPrecision(2))
}

/** Lines that cut numbers into tenths, each once. */
function cuts(numbers: readonly number[]): number[] {
  const sorted = [...numbers].sort((a, b) => a - b)
  const tenth = (n: number) => sorted[Math.floor((sorted.length * n) / 10)] ?? 0
  return [...new Set([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => round(tenth(n))))]
}

function traitsOf(key: string, people: readonly Person[]): Trait[] {
  const values = people.map((it) => it[key])
  const numbers = values.filter((it) => typeof it === 'number')
  const found: Trait[] = values.some(isEmpty) ? [{ key, op: 'empty' }] : []
  if (numbers.length > 0) for (const value of cuts(numbers)) found.push({ key, op: 'lt', value }, { key, op: 'ge', value })
  const counts = new Map<string | boolean, number>()
  for (const value of values.flatMap((it) => (Array.isArray(it) ? it : [it])))
    if ((typeof value === 'string' && value !== '') || typeof value === 'boolean') counts.set(value, (counts.get(value) ?? 0) + 1)
  const frequent = [...counts].sort((one, two) => two[1] - one[1]).slice(0, MOST_VALUES)
  return [...found, ...frequent.filter(([, n]) => n > 1).map(([value]): Trait => ({ key, op: 'is', value }))]
}

/** Whether a trait is true of a value. What is empty has no other trait. */
export function hasTrait(trait: Trait, value: TraitValue): boolean {
  switch (trait.op) {
    case 'empty':
      return isEmpty(value)
    case 'lt':
      return typeof value === 'number' && value < trait.value
    case 'ge':
      return typeof value === 'number' && value >= trait.value
    case 'is':
      return Array.isArray(value) ? value.includes(trait.value) : value === trait.value
  }
}

/** Every trait of these fields that can be told from two groups of people, counted in both. Numbers are cut at the tenths of both together. */
export function traitCandidates(keys: readonly string[], group: readonly Person[], others: readonly Person[]): Candidate<Trait>[] {
  const count = (people: readonly Person[], trait: Trait) => ({
    people: people.length,
    converted: people.reduce((n, it) => n + (hasTrait(trait, it[trait.key]) ? 1 : 0), 0),
  })
  return keys.flatMap((key) =>
    traitsOf(key, [...group, ...others]).map((what) => ({ what, group: count(group, what), others: count(others, what) })),
  )
}
