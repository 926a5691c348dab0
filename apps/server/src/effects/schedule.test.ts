import { expect, test } from 'vitest'
import { nextTry } from './schedule.ts'

const MINUTE = 60_000
const given = { at: 0, attempts: 1, giveUpAfter: 60, now: 0, after: null }

test.each([
  ['soon after the first', {}, 10_000],
  ['later after the third', { attempts: 3, now: 2 * MINUTE }, 7 * MINUTE],
  ['not before the other side wants it', { after: 20 * MINUTE }, 20 * MINUTE],
  ['just when it is given up, for the last time', { attempts: 5, now: 50 * MINUTE }, 60 * MINUTE],
  ['not after that', { attempts: 6, now: 60 * MINUTE }, null],
  ['not where the other side wants us later than that', { after: 61 * MINUTE }, null],
  ['also after very many', { attempts: 99, giveUpAfter: 4320 }, 480 * MINUTE],
])('tried again %s', (_, more, expected) => {
  expect(nextTry({ ...given, ...more })).toBe(expected)
})
