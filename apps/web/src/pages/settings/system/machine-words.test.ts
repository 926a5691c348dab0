import { expect, test } from 'vitest'
import { dueWords, isQuiet, secondsWords, slowedWords, troubleWords } from './machine-words.ts'

test.each([
  [{ count: 0, since: null }, 'Nothing'],
  [{ count: 1, since: 88_000 }, '1, the oldest for 12 s'],
  [{ count: 1204, since: 100_000 - 3_600_000 }, '1,204, the oldest for 1 h'],
  [{ count: 10_000, since: 200_000 }, '10,000 or more, the oldest for 0 s'],
])('%j reads “%s”', (due, words) => expect(dueWords(due, 100_000)).toBe(words))

test('trouble is told by sort, without those that there are none of', () => {
  expect(troubleWords({ mail: 2, unknown: 0, call: 0, note: 0, person: 1, item: 0 })).toBe('2 mails failed, 1 person stands still')
})

test('a worker is quiet once its leases have run out', () => {
  expect([10_000, 31_000].map(isQuiet)).toEqual([false, true])
  expect([800, 59_000, 61_000].map(secondsWords)).toEqual(['1 s', '59 s', '1 min'])
})

test('destinations are told by what goes there', () => {
  expect([slowedWords('mail example.com'), slowedWords('web crm.example.com:8080')]).toEqual([
    'Mail to example.com',
    'Calls to crm.example.com:8080',
  ])
})
