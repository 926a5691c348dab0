import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandOf } from './band.ts'
import { betaCdf, betaQuantile } from './beta.ts'

// Reference values: Simpson's rule over the density with 200,000 parts.
describe('the Beta distribution', () => {
  test.each([
    [0.3, 2, 5, 0.579824999999984],
    [0.1, 3.5, 20.5, 0.2884918536864278],
    [0.5, 80, 80, 0.5],
    [0.9, 10, 1.5, 0.5401970065018588],
    [0.02, 11, 490, 0.41695599447236414],
    [-1, 2, 2, 0],
    [2, 2, 2, 1],
  ])('LE-7 the share below %d of Beta(%d, %d)', (x, a, b, share) => expect(betaCdf(x, a, b)).toBeCloseTo(share, 9))

  test('LE-7 the quantile is its inverse, and rises', () => {
    const size = fc.double({ min: 0.5, max: 5000, noNaN: true })
    fc.assert(
      fc.property(size, size, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, p) => {
        const x = betaQuantile(p, a, b)
        expect(betaCdf(x, a, b)).toBeCloseTo(p, 6)
        expect(betaQuantile(p / 2, a, b)).toBeLessThanOrEqual(x)
      }),
      { seed: 20261122 },
    )
  })

  test('LE-7 what is no share, and no distribution, is refused', () => {
    expect(() => betaQuantile(1.1, 1, 1)).toThrow(RangeError)
    expect(() => betaCdf(0.5, 0, 1)).toThrow(RangeError)
  })
})

describe('bands', () => {
  test('LE-8 of 19 draws the second, the tenth and the eighteenth', () => {
    const draws = Array.from({ length: 19 }, (_, i) => ((i * 7) % 19) + 1)
    expect(bandOf(draws)).toEqual({ p10: 2, mid: 10, p90: 18 })
  })

  test('LE-8 few draws: never beyond the outermost; none: nothing', () => {
    expect(bandOf([3])).toEqual({ p10: 3, mid: 3, p90: 3 })
    expect(bandOf([1, 2])).toEqual({ p10: 1, mid: 1.5, p90: 2 })
    expect(bandOf([])).toEqual({ p10: 0, mid: 0, p90: 0 })
  })

  test('LE-8 eight of ten further draws lie within', () => {
    let state = 7
    const next = () => {
      state = (state * 48271) % 2147483647
      return state / 2147483647
    }
    let within = 0
    for (let i = 0; i < 4000; i++) {
      const { p10, p90 } = bandOf(Array.from({ length: 19 }, next))
      const truth = next()
      if (truth >= p10 && truth <= p90) within++
    }
    expect(within / 4000).toBeCloseTo(0.8, 1)
  })
})
