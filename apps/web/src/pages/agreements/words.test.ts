import { describe, expect, test } from 'vitest'
import { dateOnly, driftWords, rate, reviewWords, shareWords, traitWords } from './words.ts'

describe('words of an agreement', () => {
  test('a review is near, today, or over', () => {
    expect(dateOnly('2026-12-01')).toBe('1 December 2026')
    expect(reviewWords('2026-12-01', '2026-11-22')).toEqual({ words: 'in 9 days', tone: 'warn' })
    expect(reviewWords('2027-12-01', '2026-11-22').tone).toBe('plain')
    expect(reviewWords('2026-11-22', '2026-11-22').words).toBe('today')
    expect(reviewWords('2026-11-21', '2026-11-22')).toEqual({ words: '1 day ago', tone: 'danger' })
  })

  test('a share stands with its doubt, or says that there are too few', () => {
    expect(shareWords({ share: { share: 0.587, low: 0.49, high: 0.678 } })).toBe('59%, 49 to 68')
    expect(shareWords({ share: null })).toBe('too few to say')
  })

  test('a change says whether it may be chance', () => {
    const before = { n: 30, of: 100 }
    expect(driftWords({ before, drift: { difference: 0.2, low: 0.06, high: 0.33, p: 0.004 } })).toEqual({
      words: '30% before, up 20 points',
      sure: true,
    })
    expect(driftWords({ before, drift: { difference: -0.01, low: -0.1, high: 0.1, p: 0.8 } })?.words).toBe(
      '30% before, down 1 point, may be chance',
    )
    expect(driftWords({ before: { n: 1, of: 3 }, drift: null })?.words).toBe('1 of 3 before: too few to compare')
    expect(driftWords({ before: null, drift: null })).toBeUndefined()
  })

  test('what people have in common', () => {
    expect(traitWords({ of: 'field', label: 'Employees', key: 'e', op: 'lt', value: 20 })).toBe('have Employees below 20')
    expect(traitWords({ of: 'field', label: 'Country', key: 'c', op: 'is', value: 'DE' })).toBe('have Country “DE”')
    expect(traitWords({ of: 'field', label: 'Phone', key: 'p', op: 'empty' })).toBe('have no Phone')
    expect(traitWords({ of: 'event', type: 'page', days: 90 })).toBe('did “page” in the 90 days before')
    expect([rate(0.46), rate(12.4)]).toEqual(['0.5', '12'])
  })
})
