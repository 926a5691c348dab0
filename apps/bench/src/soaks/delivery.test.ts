import { afterAll, expect, test } from 'vitest'
import { delivery } from './delivery.ts'

afterAll(() => delivery.close?.())

/** One on PostgreSQL, one on the embedded database. */
test.each([2, 3])(
  'mail servers and endpoints that misbehave lose nothing and get nothing twice, seed %i',
  { timeout: 300_000 },
  async (seed) => {
    const { wrong, seen } = await delivery.round(seed)
    expect(wrong).toEqual([])
    expect(seen.length).toBeGreaterThan(10)
  },
)
