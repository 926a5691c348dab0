import { expect, test } from 'vitest'
import { createBackoff } from './backoff.ts'

test('each part waits by itself, twice as long each time in a row, at most ten seconds', () => {
  let now = 0
  const backoff = createBackoff({ first: 200, wall: () => now })
  const waits = Array.from({ length: 8 }, () => {
    backoff.failed('a')
    const from = now
    while (!backoff.ready('a')) now += 100
    return now - from
  })
  expect(waits).toEqual([400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000])
  backoff.failed('a')
  expect([backoff.ready('a'), backoff.ready('b')]).toEqual([false, true])
  expect([backoff.failures('a'), backoff.failures('b')]).toEqual([9, 0])
})

test('what works again is as if it had never failed', () => {
  const backoff = createBackoff({ first: 200, wall: () => 0 })
  backoff.failed('a')
  backoff.worked('a')
  expect([backoff.ready('a'), backoff.failures('a'), backoff.failed('a')]).toEqual([true, 0, 1])
})
