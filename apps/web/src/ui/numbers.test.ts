import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldNumber, fullNumber, percent } from './numbers.ts'

describe('foldNumber', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [1418, '1,418'],
    [9999, '9,999'],
    [10_000, '10k'],
    [14_213, '14.2k'],
    [999_949, '999.9k'],
    [999_950, '1m'],
    [1_400_000, '1.4m'],
    [-14_213, '-14.2k'],
  ])('%d reads %s', (value, words) => expect(foldNumber(value)).toBe(words))

  it('is never longer than seven characters below a thousand million', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_000_000 }), (value) => foldNumber(value).length <= 7),
      { seed: 7 },
    )
  })
})

it('fullNumber sets thousands apart', () => expect(fullNumber(14_213)).toBe('14,213'))

it.each([
  [1, 0, '–'],
  [0, 9, '0%'],
  [53, 100, '53%'],
  [3, 1000, '0.3%'],
  [2, 3, '67%'],
])('%d of %d is %s', (part, whole, words) => expect(percent(part, whole)).toBe(words))
