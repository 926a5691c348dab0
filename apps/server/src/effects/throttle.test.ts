import { nextRelease, type ReleaseLine, type ReleaseRate, releaseTimes } from '@baton/leads'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { turnOf } from './throttle.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 2, 27, 12)

const rates: fc.Arbitrary<ReleaseRate> = fc.record({ count: fc.integer({ min: 1, max: 4 }), per: fc.constantFrom('minute', 'hour', 'day') })

test('a keeper that never lags lets people through just when the schedule says', () => {
  const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 * HOUR })), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(rates, gaps, fc.constantFrom('UTC', 'Europe/Oslo', 'Asia/Kathmandu'), (rate, steps, zone) => {
      let at = START
      const arrivals = steps.map((step) => {
        at += step
        return at
      })
      const passed: number[] = []
      let state: ReleaseLine | null = null
      let next: number | null = null
      for (let come = 0; passed.length < arrivals.length; ) {
        const now: number = Math.min(arrivals[come] ?? Number.POSITIVE_INFINITY, next ?? Number.POSITIVE_INFINITY)
        while ((arrivals[come] ?? Number.POSITIVE_INFINITY) <= now) come++
        const turn = turnOf({ state, payload: { rate } }, now, zone)
        const waiting = come - passed.length
        const through = Math.min(waiting, turn.pass)
        for (let n = 0; n < through; n++) passed.push(now)
        state = turn.after(through)
        next = waiting > through ? turn.next : null
      }
      expect(passed).toEqual(releaseTimes(null, arrivals, rate, zone).at)
    }),
    { seed: 5, numRuns: 300 },
  )
})

test('very many pass in several goes; who cannot be read passes slowly', () => {
  const many = turnOf({ state: null, payload: { rate: { count: 5_000, per: 'hour' } } }, START, 'UTC')
  expect([many.pass, many.next]).toEqual([500, START])
  const broken = turnOf({ state: null, payload: {} }, START, 'UTC')
  expect([broken.pass, broken.next, broken.after(0)]).toEqual([1, START + 60_000, null])
  expect(broken.after(1)).toEqual(nextRelease(null, START, { count: 1, per: 'minute' }, 'UTC').line)
})
