import { expect, test } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

test('lets in as many as the rule says per window and key, and says when to come again', async () => {
  let now = 0
  const limit = createRateLimit(() => now)
  const rule = { window: 60, max: 2 }
  const ask = async (key: string) => (await limit.consume(key, rule)).allowed
  expect([await ask('a'), await ask('a'), await ask('a'), await ask('b')]).toEqual([true, true, false, true])
  now = 20_000
  expect(await limit.consume('a', rule)).toEqual({ allowed: false, retryAfter: 40 })
  now = 60_000
  expect(await ask('a')).toBe(true)
})
