import { afterEach, describe, expect, test, vi } from 'vitest'
import { closeWords } from './row-words.ts'

afterEach(() => vi.unstubAllEnvs())

describe('the day on which a deal should close', () => {
  test.each([
    ['America/Los_Angeles', 'tomorrow'],
    ['UTC', 'today'],
    ['Asia/Tokyo', 'today'],
  ])('is the same day for a reader in %s, and today is theirs', (zone, word) => {
    vi.stubEnv('TZ', zone)
    const now = Date.UTC(2026, 2, 10, 3)
    expect(closeWords('2026-03-29', now)).toBe('29 Mar')
    expect(closeWords('2027-01-01', now)).toBe('1 Jan 2027')
    expect(closeWords('2026-03-10', now)).toBe(word)
  })
})
