import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../time/instant.ts'
import { nextRelease, passing, type ReleaseRate, releaseTimes } from './release.ts'

const at = (text: string) => Date.parse(`2026-${text}:00Z`)
const UTC = 'UTC'

describe('a line that lets so many people through', () => {
  test('LQ-1 at once while the slot has a place, then at the start of the next that has one', () => {
    const arrivals = ['03-02T09:10', '03-02T09:20', '03-02T09:30', '03-02T09:40', '03-02T09:50'].map(at)
    const { at: released } = releaseTimes(null, arrivals, { count: 2, per: 'hour' }, UTC)
    expect(released).toEqual([at('03-02T09:10'), at('03-02T09:20'), at('03-02T10:00'), at('03-02T10:00'), at('03-02T11:00')])
  })

  test('LQ-1 a slot that nobody used is not given later', () => {
    const line = releaseTimes(null, [at('03-02T09:00')], { count: 1, per: 'hour' }, UTC).line
    expect(releaseTimes(line, [at('03-02T15:59'), at('03-02T15:59')], { count: 1, per: 'hour' }, UTC).at).toEqual([
      at('03-02T15:59'),
      at('03-02T16:00'),
    ])
  })

  test.each([
    ['Europe/Oslo', '03-28T22:00', ['03-28T22:00', '03-28T23:00', '03-29T22:00']],
    ['Asia/Kathmandu', '03-02T18:00', ['03-02T18:00', '03-02T18:15', '03-03T18:15']],
    // Midnight of 29 March 2026 does not come in Beirut: the day begins at 01:00.
    ['Asia/Beirut', '03-28T21:00', ['03-28T21:00', '03-28T22:00', '03-29T21:00']],
  ])('LQ-2 a day is one of %s', (zone, arrival, expected) => {
    const arrivals = [at(arrival), at(arrival), at(arrival)]
    expect(releaseTimes(null, arrivals, { count: 1, per: 'day' }, zone).at).toEqual(expected.map(at))
  })

  test('LQ-3 nobody goes before whoever came earlier, also when the rate changes', () => {
    const slow = releaseTimes(null, [0, 0, 0], { count: 1, per: 'hour' }, UTC)
    expect(slow.at).toEqual([0, HOUR, 2 * HOUR])
    const fast = releaseTimes(slow.line, [MINUTE, MINUTE], { count: 10, per: 'minute' }, UTC)
    expect(fast.at).toEqual([2 * HOUR, 2 * HOUR])
  })

  test('LQ-4 a rate of nobody is refused', () => {
    for (const count of [0, -1, 1.5, Number.NaN]) expect(() => nextRelease(null, 0, { count, per: 'hour' }, UTC)).toThrow(RangeError)
  })

  const rate: fc.Arbitrary<ReleaseRate> = fc.record({
    count: fc.integer({ min: 1, max: 5 }),
    per: fc.constantFrom('minute', 'hour', 'day'),
  })
  const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * HOUR }), fc.integer({ min: 0, max: 3 * DAY })), {
    maxLength: 40,
  })
  const arrivalsOf = (steps: readonly number[]) => {
    let now = at('03-27T12:00')
    return steps.map((step) => {
      now += step
      return now
    })
  }

  test('LQ-1 LQ-3 never more in a slot than the rate, in order, never early, and nobody waits without need', () => {
    fc.assert(
      fc.property(gaps, rate, fc.constantFrom('UTC', 'Europe/Oslo', 'Asia/Beirut'), (steps, of, zone) => {
        const arrivals = arrivalsOf(steps)
        const { at: released } = releaseTimes(null, arrivals, of, zone)
        // Whoever is first in a line of his own stands at the start of no other slot: his slot is the one he came in.
        const slot = (instant: number) =>
          of.per === 'day'
            ? new Intl.DateTimeFormat('sv', { timeZone: zone }).format(instant)
            : Math.floor(instant / (of.per === 'hour' ? HOUR : MINUTE))
        const used = new Map<string | number, number>()
        released.forEach((it, i) => {
          expect(it).toBeGreaterThanOrEqual(arrivals[i] ?? 0)
          expect(it).toBeGreaterThanOrEqual(released[i - 1] ?? 0)
          const key = slot(it)
          used.set(key, (used.get(key) ?? 0) + 1)
          expect(used.get(key)).toBeLessThanOrEqual(of.count)
          const before = slot(it - 1)
          if (it > (arrivals[i] ?? 0) && it > (released[i - 1] ?? 0)) expect(used.get(before)).toBe(of.count)
        })
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })

  test('LQ-3 it makes no difference in how many parts the arrivals come', () => {
    fc.assert(
      fc.property(gaps, rate, fc.nat(), (steps, of, cut) => {
        const arrivals = arrivalsOf(steps)
        const split = arrivals.length === 0 ? 0 : cut % arrivals.length
        const first = releaseTimes(null, arrivals.slice(0, split), of, UTC)
        const rest = releaseTimes(first.line, arrivals.slice(split), of, UTC)
        expect([...first.at, ...rest.at]).toEqual(releaseTimes(null, arrivals, of, UTC).at)
      }),
      { seed: 20261122, numRuns: 100 },
    )
  })

  test('LQ-5 a look lets through what has a place now, keeps what was given, and says when to look again', () => {
    const now = at('03-02T09:10')
    const first = passing(null, now, { count: 2, per: 'hour' }, UTC, 10)
    expect([first.pass, first.next]).toEqual([2, at('03-02T10:00')])
    // Only one of them was still there: the other place is free.
    const again = passing(first.after(1), now, { count: 2, per: 'hour' }, UTC, 10)
    expect([again.pass, again.next]).toEqual([1, at('03-02T10:00')])
    expect(passing(null, now, { count: 5, per: 'hour' }, UTC, 3)).toMatchObject({ pass: 3, next: now })
    expect(passing(null, now, { count: 2, per: 'hour' }, UTC, 0).after(0)).toBeNull()
  })

  test('LQ-6 after the clock was set back nobody waits for places that were given ahead of it', () => {
    const now = at('03-02T09:10')
    const ahead = passing(null, now + 3650 * 86_400_000, { count: 1, per: 'hour' }, UTC, 10)
    expect(passing(ahead.after(1), now, { count: 1, per: 'hour' }, UTC, 10)).toMatchObject({ pass: 1, next: at('03-02T10:00') })
    // Another machine's clock is a little ahead: its place counts.
    const skewed = passing(null, now + 60_000, { count: 1, per: 'hour' }, UTC, 10)
    expect(passing(skewed.after(1), now, { count: 1, per: 'hour' }, UTC, 10)).toMatchObject({ pass: 0, next: at('03-02T10:00') })
  })
})
