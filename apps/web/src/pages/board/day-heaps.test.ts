import { expect, test } from 'vitest'
import { heapsOf } from './day-heaps.ts'

const MINUTE = 60_000
const NINE = Date.UTC(2026, 10, 23, 9)
const due = (minute: number, how: 'late' | 'met' | 'ahead') => ({ deadline: NINE + minute * MINUTE, how })

test('deadlines of one quarter of an hour are one heap, in the order of the day', () => {
  const { heaps, most, columns } = heapsOf([due(20, 'ahead'), due(14, 'met'), due(0, 'late'), due(15, 'ahead')])
  expect(heaps.map(({ from, items }) => [(from - NINE) / MINUTE, items.length])).toEqual([
    [0, 2],
    [15, 2],
  ])
  expect([heaps[0]?.parts, most, columns]).toEqual([
    [
      { how: 'late', n: 1 },
      { how: 'met', n: 1 },
    ],
    2,
    false,
  ])
})

test('more than five at one time are columns, and none is lost', () => {
  const six = Array.from({ length: 6 }, (_, i) => due(i, i < 2 ? 'ahead' : 'late'))
  expect(heapsOf(six.slice(1)).columns).toBe(false)
  const { heaps, most, columns } = heapsOf([...six, due(60, 'met')])
  expect([most, columns]).toEqual([6, true])
  expect(heaps.map((it) => it.parts.reduce((sum, { n }) => sum + n, 0))).toEqual([6, 1])
})

test('a day without a deadline has none', () => expect(heapsOf([])).toEqual({ heaps: [], most: 0, columns: false }))
