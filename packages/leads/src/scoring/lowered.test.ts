import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, halfLifeFactors, leftOf, loweredScore, modelFactors, sumScore } from '../index.ts'

const START = Date.UTC(2026, 0, 1)
const AT = START + 40 * DAY + 9 * 3_600_000
const line = (key: string, points: number, at: number) => ({ key, dimension: 'engagement', points, at })
type Line = ReturnType<typeof line> & { until?: number; since?: number; held?: boolean }

/** The ledger after a return: what is taken back has its end, and what is left of a line counts from then on. */
function after(lines: readonly Line[], at: number, { ended, cut }: ReturnType<typeof leftOf<Line>>): Line[] {
  const gone = new Set(ended)
  const kept = lines.map((it) => (gone.has(it) ? { ...it, until: at } : it))
  return cut ? [...kept, { ...cut.line, key: `${cut.line.key}'`, points: cut.points, since: at }] : kept
}

const models = fc.constantFrom(
  {},
  { cap: 3000 },
  { factors: halfLifeFactors(14) },
  { cap: 2500, factors: halfLifeFactors(14) },
  { cap: 9000, factors: modelFactors({ halfLifeDays: 20, expiryDays: 30 }) },
  { factors: modelFactors({ halfLifeDays: null, expiryDays: 45 }) },
)
const ledger = fc
  .array(
    fc.record({
      dimension: fc.constantFrom('engagement', 'engagement', 'fit'),
      points: fc.integer({ min: -3000, max: 4000 }),
      at: fc.integer({ min: START, max: AT + 20 * DAY }),
      held: fc.constantFrom(false, false, true),
      until: fc.option(fc.integer({ min: START, max: AT }), { nil: undefined, freq: 4 }),
    }),
    { maxLength: 12 },
  )
  .map((lines) => lines.map(({ until, ...it }, i): Line => ({ ...it, key: `k${i}`, ...(until !== undefined && { until }) })))
const most = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null, freq: 3 })
const held = (lines: readonly Line[]) => lines.filter((it) => it.held)

describe('LS-12 LS-13 a score that is lowered', () => {
  const factors = modelFactors({ halfLifeDays: 14, expiryDays: 20 })

  it('keeps the newest lines, and a part of the next, as old as they were', () => {
    const lines = [line('a', 2000, AT - 15 * DAY), line('b', 2000, AT - 14 * DAY), line('c', 1000, AT), line('d', -300, AT - DAY)]
    const lowered = loweredScore(lines, 'engagement', AT, { factors }, 1500)
    expect(lowered).toEqual({ ended: [lines[3], lines[1], lines[0]], cut: { line: lines[1], points: 1000 }, left: 1500 })
    const now = after(lines, AT, lowered ?? { ended: [], cut: undefined })
    expect([0, 5, 6, 19, 20].map((days) => sumScore(now, 'engagement', AT + days * DAY, { factors }))).toEqual([1500, 1171, 743, 390, 0])
  })

  it('at nothing leaves what is held, also where that takes points off', () => {
    const lines = [line('a', 2000, START), { ...line('b', -700, START), held: true }, { ...line('c', 500, START), held: true }]
    const lowered = loweredScore(lines, 'engagement', AT, {}, null)
    expect(lowered).toEqual({ ended: [lines[0]], cut: undefined, left: 0 })
    expect(sumScore(after(lines, AT, lowered ?? { ended: [], cut: undefined }), 'engagement', AT)).toBe(-200)
    expect(loweredScore(lines.slice(1), 'engagement', AT, {}, null)).toBeUndefined()
    expect(loweredScore([...lines, line('d', -2000, START)], 'engagement', AT, {}, null)).toBeUndefined()
  })

  it('is exactly the most at that instant, and by time alone never more; before it nothing is another', () => {
    let [cuts, untouched] = [0, 0]
    fc.assert(
      fc.property(ledger, models, most, fc.array(fc.integer({ min: 0, max: 90 * 24 }), { maxLength: 8 }), (lines, rules, to, hours) => {
        const sum = (of: readonly Line[], at: number) => sumScore(of, 'engagement', at, rules)
        const lowered = loweredScore(lines, 'engagement', AT, rules, to)
        const base = sum(held(lines), AT)
        if (!lowered) {
          untouched++
          expect(sum(lines, AT)).toBeLessThanOrEqual(Math.max(to ?? base, base))
          return
        }
        if (lowered.cut) cuts++
        const now = after(lines, AT, lowered)
        expect(sum(now, AT)).toBe(Math.max(to ?? base, base))
        for (const line of lowered.ended) expect(line.held).toBe(false)
        for (const hour of hours) {
          const [earlier, later] = [AT - 1 - (hour * 3_600_000) / 3, AT + hour * 3_600_000]
          expect(sum(now, earlier)).toBe(sum(lines, earlier))
          const known = now.filter((it) => it.at <= AT)
          expect(sum(known, later)).toBeLessThanOrEqual(Math.max(to ?? base, base))
          // Of what was given for happenings nothing grows, and nothing lives longer.
          const given = (of: readonly Line[]) => of.filter((it) => !it.held && it.at <= AT && it.points > 0)
          expect(sumScore(given(now), 'engagement', later, { factors: rules.factors })).toBeLessThanOrEqual(
            sumScore(given(lines), 'engagement', later, { factors: rules.factors }),
          )
          if (to === null) expect(sum(now, later)).toBe(sum([...held(lines), ...lines.filter((it) => !it.held && it.at > AT)], later))
        }
      }),
      { seed: 812, numRuns: 3000 },
    )
    expect(cuts).toBeGreaterThan(100)
    expect(untouched).toBeGreaterThan(300)
  })

  it('done again leaves what is left', () => {
    fc.assert(
      fc.property(ledger, models, fc.integer({ min: 0, max: 5000 }), (lines, rules, left) => {
        const now = after(lines, AT, leftOf(lines, 'engagement', AT, rules, left))
        const again = leftOf(now, 'engagement', AT, rules, left)
        expect(again).toEqual({ ended: [], cut: undefined })
      }),
      { seed: 813, numRuns: 1000 },
    )
  })
})
