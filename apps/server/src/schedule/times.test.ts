import { HOUR, MINUTE } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { latestTime, MOST_MISSED } from './times.ts'

const every = (ms: number) => (after: number) => (Math.floor(after / ms) + 1) * ms

describe('the time of a schedule that is made up', () => {
  test.each([
    ['the one that has come', HOUR, HOUR, { occurrence: HOUR, nextAt: 2 * HOUR, missed: 0 }],
    ['a little later', HOUR, HOUR + 5, { occurrence: HOUR, nextAt: 2 * HOUR, missed: 0 }],
    ['after a night away', HOUR, 9 * HOUR + 5, { occurrence: 9 * HOUR, nextAt: 10 * HOUR, missed: 8 }],
  ])('%s', (_, due, now, expected) => expect(latestTime(every(HOUR), due, now)).toEqual(expected))

  test('after a year away with a time each minute it looks back from now', () => {
    const now = 365 * 24 * HOUR + 30_000
    expect(latestTime(every(MINUTE), MINUTE, now)).toEqual({ occurrence: now - 30_000, nextAt: now + 30_000, missed: MOST_MISSED })
  })

  test('one that never comes again', () => {
    expect(latestTime((after) => (after < 3 ? 3 : null), 3, 9)).toEqual({ occurrence: 3, nextAt: null, missed: 0 })
  })
})
