import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../time/instant.ts'
import { CIRCLE, goesInCircles } from './circle.ts'

const NOW = Date.UTC(2026, 2, 29, 12)
const times = (n: number, at: number) => Array.from({ length: n }, () => at)

test.each([
  ['nobody before', [], false],
  ['nine at this instant', times(9, NOW), false],
  ['ten at this instant', times(10, NOW), true],
  ['ten, the oldest not yet an hour ago', [NOW - HOUR + 1, ...times(9, NOW - MINUTE)], true],
  ['ten, the oldest an hour ago', [NOW - HOUR, ...times(9, NOW - MINUTE)], false],
  ['any number longer ago', times(500, NOW - 2 * HOUR), false],
])('LR-15 %s', (_, overflowed, expected) => {
  expect(goesInCircles(overflowed, NOW)).toBe(expected)
})

test('LR-15 who tries again once an hour never goes in circles', () => {
  const hourly = Array.from({ length: 48 }, (_, i) => NOW - (i + 1) * HOUR)
  expect(goesInCircles(hourly, NOW)).toBe(false)
  expect(CIRCLE).toEqual({ overflows: 10, within: HOUR })
})
