import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ageInDays,
  DAY,
  decayed,
  explainScore,
  GRADES,
  gradeOf,
  halfLifeFactors,
  modelFactors,
  scoreHoldsUntil,
  sumScore,
} from '../index.ts'

const START = Date.UTC(2026, 0, 1)
const line = (points: number, at: number, dimension = 'engagement') => ({ dimension, points, at })

describe('LS-2 factor tables', () => {
  it('halve at the half-life and end at 0', () => {
    const factors = halfLifeFactors(14)
    expect(factors[0]).toBe(1_000_000)
    expect(factors[14]).toBe(500_000)
    expect(factors[28]).toBe(250_000)
    expect(factors[1]).toBe(951_695)
    expect(factors.at(-1)).toBe(0)
    expect(factors.at(-2)).toBeGreaterThan(0)
    expect([...factors].sort((a, b) => b - a)).toEqual(factors)
  })

  it.each([0, 0.5, -1, 3651, Number.NaN])('refuses a half-life of %d days', (days) => {
    expect(() => halfLifeFactors(days)).toThrow('between 1 and 3,650')
  })
})

describe('LS-3 a decayed line', () => {
  it.each([
    [500, 1_000_000, 500],
    [500, 500_000, 250],
    [1, 500_000, 1],
    [1, 499_999, 0],
    [-1, 500_000, -1],
    [-1, 499_999, 0],
    [3, 500_000, 2],
    [-3, 500_000, -2],
    [9_000_000_000, 999_999, 8_999_991_000],
    [0, 123, 0],
  ])('%i × %i millionths = %i', (points, factor, value) => {
    expect(decayed(points, factor)).toBe(value)
  })

  it('is exact and rounds half away from zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000_000_000, max: 9_000_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (points, factor) => {
        const magnitude = (BigInt(Math.abs(points)) * BigInt(factor) * 2n + 1_000_000n) / 2_000_000n
        expect(BigInt(decayed(points, factor))).toBe(points < 0 ? -magnitude : magnitude)
      }),
      { seed: 81, numRuns: 2000 },
    )
  })
})

describe('LS-4 age is whole UTC days', () => {
  it.each([
    [START, START + DAY - 1, 0],
    [START + DAY - 1, START + DAY, 1],
    [START, START + 14 * DAY, 14],
    [-1, 0, 1],
  ])('from %i to %i: %i', (from, to, age) => {
    expect(ageInDays(from, to)).toBe(age)
  })
})

describe('LS-1 LS-5 the sum of a dimension', () => {
  const factors = halfLifeFactors(14)

  it.each([
    ['adds its lines only', [line(500, START), line(300, START), line(999, START, 'fit')], START, {}, 800],
    ['is 0 for nothing', [], START, {}, 0],
    ['leaves out what is still to come', [line(500, START), line(300, START + 1)], START, {}, 500],
    [
      'caps the positive lines before the negative ones count',
      [line(800, START), line(700, START), line(-300, START)],
      START,
      { cap: 1000 },
      700,
    ],
    ['does not cap below', [line(-5000, START)], START, { cap: 1000 }, -5000],
    ['decays line by line', [line(500, START), line(500, START + 14 * DAY)], START + 14 * DAY, { factors }, 750],
    ['caps after decay', [line(2000, START)], START + 14 * DAY, { factors, cap: 1500 }, 1000],
    ['is 0 when all has decayed', [line(2000, START)], START + 400 * DAY, { factors }, 0],
  ] as const)('%s', (_, lines, at, rules, total) => {
    expect(sumScore(lines, 'engagement', at, rules)).toBe(total)
  })

  it('LS-6 is explained line by line', () => {
    const lines = [line(2000, START), line(-100, START + DAY), line(1, START, 'fit')]
    expect(explainScore(lines, 'engagement', START + 14 * DAY, { factors, cap: 900 })).toEqual({
      dimension: 'engagement',
      at: START + 14 * DAY,
      total: 847,
      positive: 1000,
      negative: -53,
      cap: 900,
      cut: 100,
      lines: [
        { line: lines[0], age: 14, factor: 500_000, value: 1000 },
        { line: lines[1], age: 13, factor: factors[13], value: -53 },
      ],
    })
  })

  const ledger = fc.array(
    fc.record({
      dimension: fc.constantFrom('engagement', 'fit'),
      points: fc.integer({ min: -5000, max: 5000 }),
      at: fc.integer({ min: START, max: START + 60 * DAY }),
    }),
    { maxLength: 12 },
  )

  it('LS-6 the explanation gives the sum, in any order of the lines', () => {
    fc.assert(
      fc.property(
        ledger,
        fc.integer({ min: START, max: START + 400 * DAY }),
        fc.option(fc.nat(10_000), { nil: undefined }),
        (lines, at, cap) => {
          const explained = explainScore(lines, 'engagement', at, { cap, factors })
          expect(explained.total).toBe(sumScore(lines, 'engagement', at, { cap, factors }))
          expect(sumScore([...lines].reverse(), 'engagement', at, { cap, factors })).toBe(explained.total)
          expect(explained.lines.reduce((sum, part) => sum + part.value, 0) - explained.cut).toBe(explained.total)
        },
      ),
      { seed: 82, numRuns: 1000 },
    )
  })

  const tests = fc.oneof(
    fc.integer({ min: -3000, max: 8000 }).map((limit) => ({ says: (score: number) => score >= limit, breaks: [limit] })),
    fc.integer({ min: -50, max: 50 }).map((exact) => ({ says: (score: number) => score === exact, breaks: [exact] })),
    fc
      .tuple(fc.integer({ min: -3000, max: 3000 }), fc.nat(800))
      .map(([low, width]) => ({ says: (score: number) => score >= low && score <= low + width, breaks: [low, low + width] })),
  )
  const models = fc.constantFrom(
    { cap: 6000, factors },
    { factors },
    { cap: 900, factors: modelFactors({ halfLifeDays: 3, expiryDays: 9 }) },
  )

  it('LS-7 no flip is missed between now and the instant it tells', () => {
    fc.assert(
      fc.property(ledger, fc.integer({ min: START, max: START + 70 * DAY }), models, tests, (lines, at, rules, test) => {
        const known = lines.filter((entry) => entry.at <= at)
        const holds = (when: number) => test.says(sumScore(known, 'engagement', when, rules))
        const until = scoreHoldsUntil(lines, 'engagement', at, rules, test)
        const end = until ?? at + 500 * DAY
        for (let when = at; when < end; when += DAY / 2) expect(holds(when)).toBe(holds(at))
        if (until !== undefined) {
          expect(until % DAY).toBe(0)
          expect(holds(until - 1)).toBe(holds(at))
          expect(holds(until)).toBe(!holds(at))
        }
      }),
      { seed: 83, numRuns: 600 },
    )
  })

  it('LS-7 holds for ever without decay', () => {
    const test = { says: (score: number) => score > 100, breaks: [100] }
    expect(scoreHoldsUntil([line(500, START)], 'engagement', START, {}, test)).toBeUndefined()
  })

  it('LS-7 looks at few days of a long table', () => {
    let asked = 0
    const test = {
      says: (score: number) => {
        asked++
        return score >= 1
      },
      breaks: [1],
    }
    expect(scoreHoldsUntil([line(90_000, START)], 'engagement', START, { factors: halfLifeFactors(3650) }, test)).toBeGreaterThan(START)
    expect(asked).toBeLessThan(60)
  })
})

describe('LS-8 lines that expire', () => {
  it('count in full, or as decayed, until then, and nothing from then on', () => {
    expect(modelFactors({ halfLifeDays: null, expiryDays: 3 })).toEqual([1_000_000, 1_000_000, 1_000_000, 0])
    expect(modelFactors({ halfLifeDays: 14, expiryDays: 2 })).toEqual([1_000_000, 951_695, 0])
    expect(modelFactors({ halfLifeDays: 1, expiryDays: 3650 })?.at(-1)).toBe(0)
    expect(modelFactors({ halfLifeDays: null, expiryDays: null })).toBeUndefined()
    const factors = modelFactors({ halfLifeDays: null, expiryDays: 3 })
    expect([0, 2, 3, 400].map((day) => sumScore([line(500, START)], 'engagement', START + day * DAY, { factors }))).toEqual([
      500, 500, 0, 0,
    ])
  })

  it.each([0, 0.5, 3651])('refuses an expiry of %d days', (expiryDays) => {
    expect(() => modelFactors({ halfLifeDays: null, expiryDays })).toThrow('between 1 and 3,650')
  })
})

describe('lines that are taken back', () => {
  const factors = halfLifeFactors(14)
  const taken = { ...line(5000, START), until: START + 3 * DAY }

  it('LS-9 count until then, and the cap sees only what counts', () => {
    const lines = [taken, line(3000, START), line(-500, START)]
    const at = (when: number) => sumScore(lines, 'engagement', when, { cap: 4000 })
    expect(at(START)).toBe(3500)
    expect(at(START + 3 * DAY - 1)).toBe(3500)
    expect(at(START + 3 * DAY)).toBe(2500)
    expect(explainScore(lines, 'engagement', START + 3 * DAY, { cap: 4000 })).toMatchObject({ total: 2500, cut: 0, positive: 3000 })
    expect(sumScore([{ ...taken, until: null }], 'engagement', START + 9 * DAY)).toBe(5000)
  })

  it('LS-10 held lines keep their worth beside lines that age', () => {
    const held = { ...line(1000, START), held: true }
    const lines = [held, line(1000, START)]
    expect(sumScore(lines, 'engagement', START + 14 * DAY, { factors })).toBe(1500)
    const { lines: told } = explainScore(lines, 'engagement', START + 14 * DAY, { factors })
    expect(told.map(({ factor, value }) => [factor, value])).toEqual([
      [1_000_000, 1000],
      [500_000, 500],
    ])
    const test = { says: (score: number) => score >= 1500, breaks: [1500] }
    expect(scoreHoldsUntil(lines, 'engagement', START, { factors }, test)).toBe(START + 15 * DAY)
    expect(scoreHoldsUntil([held], 'engagement', START, { factors }, { says: (it) => it > 0, breaks: [0] })).toBeUndefined()
  })
})

describe('LS-11 the grade', () => {
  const model = {
    fit: { dimension: 'fit', at: [6000, 4000, 2000] },
    engagement: { dimension: 'engagement', at: [5000, 2500, 500] },
  } as const
  it.each([
    [6000, 5000, 'A1'],
    [5999, 4999, 'B2'],
    [2000, 500, 'C3'],
    [1999, 499, 'D4'],
    [-100, 9000, 'D1'],
  ] as const)('%i and %i are %s', (fit, engagement, grade) => {
    expect(gradeOf(fit, engagement, model)).toBe(grade)
    expect(GRADES).toContain(grade)
  })
})
