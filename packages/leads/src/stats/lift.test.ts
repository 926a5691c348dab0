import { describe, expect, test } from 'vitest'
import { discoveries, FLOOR, liftOf, telling } from './lift.ts'
import { thresholdCurve } from './threshold.ts'
import { hasTrait, traitCandidates } from './traits.ts'

const tally = (converted: number, people: number) => ({ people, converted })

describe('LE-12 the ratio of two shares', () => {
  // By hand: (15/100)/(30/100) = 0.5; √(1/15 − 1/100 + 1/30 − 1/100) = √0.08 = 0.282843; × 1.959964; exp(−0.693147 ± 0.554361).
  test('has the interval of its logarithm', () => {
    const { lift, low, high } = liftOf(tally(15, 100), tally(30, 100))
    expect([lift, low, high].map((it) => Number(it.toFixed(4)))).toEqual([0.5, 0.2872, 0.8704])
  })

  test('half a case stands for none; of nobody anything is possible', () => {
    // (10.5/30.5) / (0.5/40.5) = 27.886
    expect(liftOf(tally(10, 30), tally(0, 40)).lift).toBeCloseTo(27.8852, 4)
    expect(liftOf(tally(0, 0), tally(3, 10))).toMatchObject({ low: expect.any(Number), high: expect.any(Number) })
    expect(liftOf(tally(40, 40), tally(20, 40))).toMatchObject({ lift: 2 })
  })
})

test('LE-13 which of many findings stand: the example of Benjamini and Hochberg, 1995', () => {
  const ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
  expect(discoveries(ps).filter(Boolean)).toHaveLength(4)
  // In any order the same ones.
  expect(discoveries([...ps].reverse())).toEqual(discoveries(ps).reverse())
  expect(discoveries([])).toEqual([])
})

describe('LE-14 nothing is said without evidence', () => {
  const clear = { what: 'x', group: tally(40, 100), others: tally(10, 100) }

  test('what is more frequent in the group, the surest first, with its counts', () => {
    const found = telling([
      { ...clear, what: 'weaker', group: tally(28, 100) },
      clear,
      { ...clear, what: 'rarer', group: tally(12, 100), others: tally(60, 100) },
    ])
    expect(found.map((it) => it.what)).toEqual(['x', 'weaker'])
    expect(found[0]).toMatchObject({ group: { people: 100, converted: 40 }, lift: { lift: 4 } })
  })

  test('too few people, or too few of whom it is true', () => {
    const few = FLOOR.people - 1
    expect(telling([{ ...clear, group: tally(few, few) }])).toEqual([])
    expect(telling([{ ...clear, others: tally(0, few) }])).toEqual([])
    expect(telling([{ ...clear, group: tally(FLOOR.cases - 1, 100), others: tally(0, 1000) }])).toEqual([])
  })

  test('of 200 things that are the same in both groups hardly one is said', () => {
    let state = 11
    const next = () => {
      state = (state * 48271) % 2147483647
      return state / 2147483647
    }
    const share = () => tally(Array.from({ length: 200 }, next).filter((it) => it < 0.3).length, 200)
    const candidates = Array.from({ length: 200 }, (_, i) => ({ what: i, group: share(), others: share() }))
    expect(telling(candidates).length).toBeLessThanOrEqual(1)
  })
})

test('LE-14 what can be true of a field is tried: values, emptiness, numbers on either side of a line', () => {
  const small = Array.from({ length: 50 }, (_, i) => ({ employees: 5 + (i % 10), country: 'DE' }))
  const large = Array.from({ length: 50 }, (_, i) => ({ employees: 40 + i * 10, country: i % 2 === 0 ? 'DE' : 'AT' }))
  const found = telling(traitCandidates(['employees', 'country'], small, large))
  expect(found[0]?.what).toMatchObject({ key: 'employees', op: 'lt' })
  for (const it of found) expect(small.filter((one) => hasTrait(it.what, one[it.what.key as 'employees']))).toHaveLength(it.group.converted)
  expect(found.map((it) => it.what)).toContainEqual({ key: 'country', op: 'is', value: 'DE' })
  expect([
    hasTrait({ key: 'x', op: 'empty' }, []),
    hasTrait({ key: 'x', op: 'empty' }, 0),
    hasTrait({ key: 'x', op: 'lt', value: 5 }, null),
  ]).toEqual([true, false, false])
  expect(hasTrait({ key: 'x', op: 'is', value: 'vip' }, ['vip', 'old'])).toBe(true)
})

test('LE-15 what another threshold would have meant, counted by hand', () => {
  const history = {
    weeks: 2,
    lowest: 60,
    share: 0.5,
    leftWon: 2,
    handed: [
      { score: 60, handed: 10, answered: 8, accepted: 2, won: 1 },
      { score: 75, handed: 6, answered: 6, accepted: 4, won: 2 },
    ],
    left: [
      { score: 50, people: 3, won: 1 },
      { score: 59, people: 1, won: 0 },
    ],
  }
  const at = (n: number) => thresholdCurve(history, n, n)[0]
  // Wins in all: 3 handed over, and 2 of the half that was looked at, so 4.
  expect(at(60)).toMatchObject({ perWeek: 8, newPerWeek: 0, answered: 14, acceptance: { share: 6 / 14 }, winsMissed: 4, wins: 7 })
  expect(at(61)).toMatchObject({ perWeek: 3, acceptance: { share: 4 / 6 }, winsMissed: 5 })
  expect(at(76)).toMatchObject({ perWeek: 0, acceptance: null, winsMissed: 7 })
  // (3 + 1) / 0.5 / 2 weeks more; nobody has answered below what was handed over.
  expect(at(50)).toMatchObject({ perWeek: 12, newPerWeek: 4, acceptance: null, winsMissed: 2 })
  expect(thresholdCurve({ ...history, share: 0 }, 1, 0)).toEqual([])
})
