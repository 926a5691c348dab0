import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { experimentResult } from './experiment.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { compareShares, peopleNeeded, wilson } from './proportion.ts'

// Reference values: NormalDist of Python's standard library, and the formulas of the sources worked out with it.
describe('the normal distribution', () => {
  test.each([
    [-3, 0.0013498980316301035],
    [-1.96, 0.024997895148220428],
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [4, 0.9999683287581669],
  ])('LE-1 the share below %d', (z, share) => expect(normalCdf(z)).toBeCloseTo(share, 6))

  test.each([
    [0.001, -3.090232306167813],
    [0.5, 0],
    [0.8, 0.8416212335729144],
    [0.975, 1.9599639845400536],
    [0.9875, 2.2414027276049464],
  ])('LE-1 the value at %d', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 5))

  test('LE-1 outside of 0 and 1 there is no value', () => {
    for (const p of [0, 1, -1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError)
  })
})

describe('shares', () => {
  test.each([
    [10, 100, 0.0552291370606751, 0.17436566150491345],
    [0, 20, 0, 0.1611251580528193],
    [81, 263, 0.2552885198782743, 0.3662095769828001],
  ])('LE-1 %d of %d', (converted, people, low, high) => {
    const found = wilson({ people, converted })
    expect(found.share).toBe(converted / people)
    expect(found.low).toBeCloseTo(low, 5)
    expect(found.high).toBeCloseTo(high, 5)
  })

  test('LE-1 of nobody anything is possible', () => expect(wilson({ people: 0, converted: 0 })).toEqual({ share: 0, low: 0, high: 1 }))

  test('LE-1 the bounds hold the share, lie within 0 and 1, and come closer with more people', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (people, part) => {
        const converted = Math.floor(people * part)
        const { share, low, high } = wilson({ people, converted })
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(share).toBeGreaterThanOrEqual(low - 1e-9)
        expect(share).toBeLessThanOrEqual(high + 1e-9)
        const more = wilson({ people: people * 4, converted: converted * 4 })
        expect(more.high - more.low).toBeLessThan(high - low)
      }),
      { seed: 20261122 },
    )
  })

  const tally = (converted: number, people: number) => ({ people, converted })
  test.each([
    [tally(100, 1000), tally(130, 1000), 0.03548845046647475],
    [tally(50, 500), tally(50, 500), 1],
    [tally(10, 100), tally(25, 100), 0.00524720373911558],
  ])('LE-2 %j against %j', (a, b, p) => {
    const found = compareShares(a, b)
    expect(found.p).toBeCloseTo(p, 6)
    expect(compareShares(b, a).p).toBeCloseTo(p, 6)
    expect(found.difference).toBeCloseTo(b.converted / b.people - a.converted / a.people, 12)
    expect(found.low).toBeLessThanOrEqual(found.difference)
    expect(found.high).toBeGreaterThanOrEqual(found.difference)
  })

  test.each([
    [tally(0, 1000), tally(9, 1000)],
    [tally(2, 10), tally(5, 10)],
    [tally(1000, 1000), tally(999, 1000)],
    [tally(0, 0), tally(5, 100)],
    [tally(0, 0), tally(0, 0)],
  ])('LE-3 %j against %j: too few for a verdict', (a, b) => expect(compareShares(a, b).p).toBeNull())

  test('LE-4 people that each side needs', () => {
    expect(peopleNeeded(0.1, 0.13)).toBe(1774)
    expect(peopleNeeded(0.13, 0.1)).toBe(1774)
    expect(peopleNeeded(0.1, 0.2)).toBe(199)
    expect(peopleNeeded(0.1, 0.1)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('an experiment', () => {
  const way = (id: string, converted: number, people: number, holdOut = false) => ({ id, people, converted, holdOut })

  test('LE-5 all are compared with the hold-out, or with the first', () => {
    const held = experimentResult([way('a', 130, 1000), way('b', 100, 1000), way('h', 100, 1000, true)])
    expect(held.map((it) => it.against?.verdict ?? null)).toEqual(['none', 'none', null])
    expect(experimentResult([way('a', 100, 1000), way('b', 130, 1000)]).map((it) => it.against?.verdict ?? null)).toEqual([null, 'better'])
    expect(experimentResult([way('a', 130, 1000), way('b', 100, 1000)])[1]?.against?.verdict).toBe('worse')
    expect(experimentResult([])).toEqual([])
  })

  test('LE-6 with more comparisons each must be clearer', () => {
    const two = experimentResult([way('a', 100, 1000), way('b', 130, 1000)])
    const three = experimentResult([way('a', 100, 1000), way('b', 130, 1000), way('c', 100, 1000)])
    expect(two[1]?.against).toMatchObject({ verdict: 'better' })
    expect(three[1]?.against).toMatchObject({ verdict: 'none' })
    expect(three[1]?.against?.p).toBe(two[1]?.against?.p)
  })

  test('LE-6 says how many more people a difference like today’s would take, where there is one', () => {
    const [, b] = experimentResult([way('a', 20, 200), way('b', 26, 200)])
    expect(b).toMatchObject({ against: { verdict: 'none' }, needed: 2 * 1774 - 400 })
    expect(experimentResult([way('a', 20, 200), way('b', 20, 200)])[1]).toMatchObject({ needed: null })
    expect(experimentResult([way('a', 0, 0), way('b', 0, 0)])[1]).toMatchObject({ against: { verdict: 'too-few' }, needed: null })
    expect(experimentResult([way('a', 100, 1000), way('b', 130, 1000)])[1]).toMatchObject({ needed: null })
  })

  test('LE-6 without any difference a false alarm is as rare as the level says', () => {
    let alarms = 0
    let seed = 1
    const random = () => {
      seed = (seed * 48271) % 2147483647
      return seed / 2147483647
    }
    const draw = () => Array.from({ length: 300 }, () => random() < 0.2).filter(Boolean).length
    for (let i = 0; i < 400; i++) {
      const [, b, c] = experimentResult([way('a', draw(), 300), way('b', draw(), 300), way('c', draw(), 300)])
      if (b?.against?.verdict !== 'none' || c?.against?.verdict !== 'none') alarms++
    }
    expect(alarms / 400).toBeLessThan(0.08)
  })
})
