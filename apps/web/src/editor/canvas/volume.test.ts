import { expect, test } from 'vitest'
import type { Count } from '../store.ts'
import { bandWidth, flowOf, shareWords } from './volume.ts'

const count = (passed: number, here: number, ports: Record<string, number>): Count => ({ passed, here, ports, parked: 0, undecided: 0 })
const counts = new Map([
  ['start', count(1000, 100, { yes: 600, no: 200 })],
  ['next', count(600, 0, { out: 600 })],
])

test('bands are as wide as their people against the busiest way, and a few are still seen', () => {
  expect(bandWidth(counts, 600)).toBe(20)
  expect(bandWidth(counts, 300)).toBe(10)
  expect(bandWidth(counts, 1)).toBe(2)
  expect(bandWidth(counts, 0)).toBe(0)
  expect(bandWidth(new Map(), 0)).toBe(0)
})

test('who left the flow at a step is told once, at its first way', () => {
  expect(flowOf(counts, 'start', 'yes', true)).toEqual({ people: 600, came: 1000, lost: 100, band: 20 })
  expect(flowOf(counts, 'start', 'no', false)).toMatchObject({ people: 200, lost: 0 })
  expect(flowOf(counts, 'next', 'out', true)).toMatchObject({ lost: 0 })
})

test('there is nothing to tell outside of Live', () => {
  expect(flowOf(null, 'start', 'yes', true)).toBeUndefined()
  expect(flowOf(counts, 'gone', 'out', true)).toBeUndefined()
})

test('a share is never said to be nothing or all where it is not', () => {
  expect([shareWords(1, 1000), shareWords(999, 1000), shareWords(0, 10), shareWords(10, 10), shareWords(1, 3), shareWords(0, 0)]).toEqual([
    '< 1 %',
    '> 99 %',
    '0 %',
    '100 %',
    '33 %',
    '–',
  ])
})
