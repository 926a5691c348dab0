import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addWallClock,
  canonicalZone,
  DAY,
  formatInZone,
  fromWall,
  MINUTE,
  nextTimeOfDay,
  offsetAt,
  toWall,
  transitionsBetween,
  wallOf,
} from '../index.ts'

const HARD = [
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Antarctica/Troll',
  'Europe/Dublin',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'America/Asuncion',
  'America/Havana',
  'America/New_York',
  'America/Nuuk',
  'America/Santiago',
  'Asia/Amman',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Europe/Berlin',
  'Europe/London',
  'Pacific/Chatham',
  'America/Scoresbysund',
  'America/Caracas',
  'UTC',
]
const FROM = Date.UTC(2018, 0, 1)
const TO = Date.UTC(2033, 0, 1)

/** Half of the instants lie within a day of a change of the clock: elsewhere nothing can go wrong. */
const moment = fc
  .record({
    zone: fc.constantFrom(...HARD),
    any: fc.integer({ min: FROM, max: TO }),
    pick: fc.nat(),
    near: fc.integer({ min: -1500, max: 1500 }),
    close: fc.boolean(),
  })
  .map(({ zone, any, pick, near, close }) => {
    const changes = transitionsBetween(zone, FROM, TO)
    const change = changes[pick % Math.max(1, changes.length)]
    return { zone, instant: close && change ? change.at + near * MINUTE : Math.floor(any / MINUTE) * MINUTE }
  })
const SEED = { seed: 20260329, numRuns: 3000 }

const zoned = (instant: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
const plainOf = (wall: number) => Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()

/** Baton's rule said in Temporal's words: the earlier candidate, or in a gap the transition between the two candidates. */
function oracle(wall: number, zone: string): number {
  const plain = plainOf(wall)
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (earlier.toPlainDateTime().equals(plain)) return earlier.epochMilliseconds
  const transition = earlier.getTimeZoneTransition('next')
  if (transition === null) throw new Error('a gap without a transition')
  return transition.epochMilliseconds
}

describe('the offset table against Temporal', () => {
  it('LT-4 offsets agree', () => {
    fc.assert(
      fc.property(moment, ({ zone, instant }) => {
        expect(offsetAt(zone, instant)).toBe(zoned(instant, zone).offsetNanoseconds / 1e6)
      }),
      SEED,
    )
  })

  it('LT-4 the changes 2018–2032 of the hard zones agree one by one', () => {
    for (const zone of HARD) {
      const expected: number[] = []
      for (
        let at = zoned(FROM, zone).getTimeZoneTransition('next');
        at !== null && at.epochMilliseconds <= TO;
        at = at.getTimeZoneTransition('next')
      ) {
        expected.push(at.epochMilliseconds)
      }
      expect([zone, transitionsBetween(zone, FROM, TO).map((change) => change.at)]).toEqual([zone, expected])
    }
  })

  it('LT-5 LT-6 LT-7 readings become the same instants', () => {
    fc.assert(
      fc.property(moment, ({ zone, instant }) => {
        const wall = toWall(instant, zone)
        for (const shown of [wall, wall + 17 * MINUTE, wall - 45 * MINUTE]) expect(fromWall(shown, zone)).toBe(oracle(shown, zone))
      }),
      SEED,
    )
    for (let wall = wallOf({ year: 2011, month: 12, day: 28 }); wall < wallOf({ year: 2012, month: 1, day: 2 }); wall += 30 * MINUTE) {
      expect(fromWall(wall, 'Pacific/Apia')).toBe(oracle(wall, 'Pacific/Apia'))
    }
  })

  it('LT-6 a reading is never later than the instant it was taken at, and shows the same', () => {
    fc.assert(
      fc.property(moment, ({ zone, instant }) => {
        const back = fromWall(toWall(instant, zone), zone)
        expect(back).toBeLessThanOrEqual(instant)
        expect(toWall(back, zone)).toBe(toWall(instant, zone))
      }),
      SEED,
    )
  })

  it('LT-5 a later reading is never an earlier instant', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 3000 }), ({ zone, instant }, later) => {
        const wall = toWall(instant, zone)
        expect(fromWall(wall + later * MINUTE, zone)).toBeGreaterThanOrEqual(fromWall(wall, zone))
      }),
      SEED,
    )
  })

  it('LT-8 LT-9 calendar sums agree on the reading', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -30, max: 60 }), fc.integer({ min: -400, max: 400 }), ({ zone, instant }, months, days) => {
        fc.pre(months !== 0 || days !== 0)
        const wall = plainOf(toWall(instant, zone)).add({ months }).add({ days }).toZonedDateTime('UTC').epochMilliseconds
        expect(addWallClock(instant, { months, days }, zone)).toBe(oracle(wall, zone))
      }),
      SEED,
    )
  })

  it('LT-11 the next time of day is the first that is due, whatever was asked before', () => {
    const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 15, 30, 59) })
    fc.assert(
      fc.property(moment, time, fc.integer({ min: 0, max: 3000 }), ({ zone, instant }, { hour, minute }, later) => {
        const text = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
        const next = nextTimeOfDay(instant, text, zone)
        expect(next).toBeGreaterThanOrEqual(instant)
        expect(next - instant).toBeLessThanOrEqual(DAY + 3 * 60 * MINUTE)
        expect(nextTimeOfDay(next, text, zone)).toBe(next)
        expect(nextTimeOfDay(instant + later * MINUTE, text, zone)).toBeGreaterThanOrEqual(next)
        if (!transitionsBetween(zone, next - DAY, next).length) expect(formatInZone(next, zone).slice(-5)).toBe(text)
      }),
      SEED,
    )
  })

  it('LT-1 every zone of the runtime is known and agrees with Temporal today', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      expect(canonicalZone(zone)).toBe(zone)
      for (const instant of [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)]) {
        expect([zone, offsetAt(zone, instant)]).toEqual([zone, zoned(instant, zone).offsetNanoseconds / 1e6])
      }
    }
  })
})
