import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liftParts, ranking, type ScoreGroup } from './ranking.ts'

const one = (score: number, positive: boolean): ScoreGroup => ({ score, people: 1, positive: positive ? 1 : 0 })
const people = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 8 }), yes: fc.boolean() }).map(({ score, yes }) => one(score, yes)),
  { minLength: 2, maxLength: 60 },
)

describe('ranking', () => {
  test('LE-9 the area is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(people, (groups) => {
        const yes = groups.filter((it) => it.positive === 1)
        const no = groups.filter((it) => it.positive === 0)
        const found = ranking(groups)
        if (yes.length === 0 || no.length === 0) {
          expect(found).toBeNull()
          return
        }
        const pairs = yes.flatMap((a) => no.map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)))
        expect(found?.auc).toBeCloseTo(pairs.reduce<number>((sum, it) => sum + it, 0) / pairs.length, 10)
      }),
      { seed: 31, numRuns: 400 },
    )
  })

  test('LE-9 the area under the drawn curve is the same', () => {
    fc.assert(
      fc.property(people, (groups) => {
        const found = ranking(groups)
        if (!found) return
        const area = found.roc.slice(1).reduce((sum, at, i) => {
          const before = found.roc[i] ?? at
          return sum + ((at.falsely - before.falsely) * (at.found + before.found)) / 2
        }, 0)
        expect(area).toBeCloseTo(found.auc, 10)
        expect(found.roc.at(-1)).toMatchObject({ found: 1, falsely: 1 })
      }),
      { seed: 32, numRuns: 400 },
    )
  })

  // By hand: yes 3, 2; no 2, 1. V10 = (1, 0.75), V01 = (0.75, 1): variance 1/32 each, halved and added 1/32.
  test('LE-10 the interval is that of DeLong, cut at 1', () => {
    const found = ranking([one(3, true), one(2, true), one(2, false), one(1, false)])
    expect(found).toMatchObject({ people: 4, positive: 2, auc: 0.875, high: 1 })
    expect(found?.low).toBeCloseTo(0.875 - 1.959963984540054 * Math.sqrt(1 / 32), 6)
  })

  test('LE-10 many people make it narrow, and people of one score count alike in one group or apart', () => {
    const groups = [
      { score: 3, people: 400, positive: 300 },
      { score: 1, people: 600, positive: 200 },
    ]
    const apart = groups.flatMap(({ score, people: n, positive }) => Array.from({ length: n }, (_, i) => one(score, i < positive)))
    const found = ranking(groups)
    expect(found?.auc).toBeCloseTo(0.7, 10)
    expect((found?.high ?? 1) - (found?.low ?? 0)).toBeLessThan(0.06)
    expect(ranking(apart)?.low).toBeCloseTo(found?.low ?? 0, 10)
  })

  test('LE-10 nobody, or everybody: nothing to tell apart', () => {
    expect(ranking([])).toBeNull()
    expect(ranking([{ score: 1, people: 5, positive: 0 }])).toBeNull()
    expect(ranking([{ score: 1, people: 5, positive: 5 }])).toBeNull()
  })
})

describe('lift', () => {
  test('LE-11 parts are of one size, hold everybody, and a tie is spread', () => {
    expect(
      liftParts(
        [
          { score: 9, people: 5, positive: 5 },
          { score: 1, people: 15, positive: 3 },
        ],
        2,
      ),
    ).toEqual([
      { people: 10, positive: 6, found: 0.75, lift: 1.5 },
      { people: 10, positive: 2, found: 1, lift: 0.5 },
    ])
    expect(liftParts([])).toEqual([])
    fc.assert(
      fc.property(people, (groups) => {
        const parts = liftParts(groups)
        const all = groups.reduce((sum, it) => sum + it.positive, 0)
        if (all === 0) return
        expect(parts).toHaveLength(10)
        expect(parts.reduce((sum, it) => sum + it.positive, 0)).toBeCloseTo(all, 8)
        expect(parts.reduce((sum, it) => sum + it.lift, 0) / 10).toBeCloseTo(1, 8)
      }),
      { seed: 33, numRuns: 300 },
    )
  })
})
