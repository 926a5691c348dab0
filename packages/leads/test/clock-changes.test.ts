import { describe, expect, test } from 'vitest'
import fixture from '../fixtures/clock-changes.json' with { type: 'json' }
import { localToInstant, offsetAt, transitionsBetween } from '../src/index.ts'

/** Rules are announced a year or two ahead and changed at short notice; what lies behind the fixture's version stays. */
const SETTLED = Date.UTC(2025, 0, 1)
const same = process.versions.tz === fixture.tz

describe(`LT-29 clock changes 2018–2032 as recorded with tz ${fixture.tz}`, () => {
  test.each(Object.entries(fixture.zones))('%s', (zone, recorded) => {
    const until = same ? fixture.to : SETTLED
    const found = transitionsBetween(zone, fixture.from, until).map(({ at, offset }) => [at, offset])
    expect(found).toEqual(recorded.filter(([at = 0]) => at <= until))
  })

  test.each(Object.entries(fixture.zones))('%s: both sides of each change, and what it skips or doubles', (zone) => {
    for (const { at, offset } of transitionsBetween(zone, fixture.from, SETTLED)) {
      const before = offsetAt(zone, at - 1)
      expect(offsetAt(zone, at)).toBe(offset)
      const shown = new Date(at + Math.max(before, offset) - 1)
      const [year, month, day] = [shown.getUTCFullYear(), shown.getUTCMonth() + 1, shown.getUTCDate()]
      const [hour, minute, second, millisecond] = [
        shown.getUTCHours(),
        shown.getUTCMinutes(),
        shown.getUTCSeconds(),
        shown.getUTCMilliseconds(),
      ]
      // The last reading that a gap skips is the transition; the last of a doubled stretch is its first pass, just before the change.
      const expected = offset > before ? at : at - 1
      expect(localToInstant(zone, { year, month, day, hour, minute, second, millisecond })).toBe(expected)
    }
  })
})
