import { describe, expect, it } from 'vitest'
import { addElapsed, addWallClock, ceilToSlot, formatInZone, localToInstant, nextTimeOfDay, parseTimeOfDay, timeOfDayOn } from '../index.ts'

const at = (zone: string, text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number)
  return localToInstant(zone, { year, month, day, hour, minute })
}
const BERLIN = 'Europe/Berlin'

describe('LT-8 one day keeps the time on the wall', () => {
  it.each([
    [BERLIN, '2026-03-28 09:00', { days: 1 }, '2026-03-29 09:00'],
    [BERLIN, '2026-03-28 02:30', { days: 1 }, '2026-03-29 03:00'],
    [BERLIN, '2026-03-28 02:30', { days: 2 }, '2026-03-30 02:30'],
    [BERLIN, '2026-10-18 02:30', { weeks: 1 }, '2026-10-25 02:30'],
    ['Pacific/Apia', '2011-12-29 09:00', { days: 1 }, '2011-12-31 00:00'],
    ['Pacific/Apia', '2011-12-29 09:00', { days: 2 }, '2011-12-31 09:00'],
    [BERLIN, '2026-03-30 02:30', { days: -1 }, '2026-03-29 03:00'],
  ])('%s %s + %o = %s', (zone, from, span, to) => {
    expect(formatInZone(addWallClock(at(zone, from), span, zone), zone)).toBe(to)
  })

  it('nothing added is the same instant, also in the second pass of a doubled hour', () => {
    const second = at(BERLIN, '2026-10-25 02:30') + 3_600_000
    expect(addWallClock(second, {}, BERLIN)).toBe(second)
    expect(addWallClock(second, { days: 0, months: 0 }, BERLIN)).toBe(second)
  })
})

describe('LT-9 months clamp and are counted from the anchor', () => {
  it.each([
    ['2026-01-31 09:00', { months: 1 }, '2026-02-28 09:00'],
    ['2026-01-31 09:00', { months: 2 }, '2026-03-31 09:00'],
    ['2028-01-31 09:00', { months: 1 }, '2028-02-29 09:00'],
    ['2026-03-31 09:00', { months: -1 }, '2026-02-28 09:00'],
    ['2026-12-31 09:00', { months: 2 }, '2027-02-28 09:00'],
    ['2028-02-29 09:00', { years: 1 }, '2029-02-28 09:00'],
    ['2028-02-29 09:00', { years: 4 }, '2032-02-29 09:00'],
    ['2026-01-31 09:00', { months: 1, days: 1 }, '2026-03-01 09:00'],
    ['2026-01-31 09:00', { months: 59 }, '2030-12-31 09:00'],
  ])('%s + %o = %s', (from, span, to) => {
    expect(formatInZone(addWallClock(at(BERLIN, from), span, BERLIN), BERLIN)).toBe(to)
  })
})

describe('LT-10 twenty-four hours are elapsed', () => {
  it.each([
    ['2026-03-28 09:00', { hours: 24 }, '2026-03-29 10:00'],
    ['2026-10-24 09:00', { hours: 24 }, '2026-10-25 08:00'],
    ['2026-10-24 09:00', { minutes: 90, hours: 1 }, '2026-10-24 11:30'],
  ])('%s + %o = %s', (from, span, to) => {
    expect(formatInZone(addElapsed(at(BERLIN, from), span), BERLIN)).toBe(to)
  })
})

describe('LT-11 until a time of day', () => {
  it.each([
    ['arriving before', '2026-07-01 08:59', '09:00', undefined, '2026-07-01 09:00'],
    ['arriving exactly then is now', '2026-07-01 09:00', '09:00', undefined, '2026-07-01 09:00'],
    ['arriving after waits for the next day', '2026-07-01 09:05', '09:00', undefined, '2026-07-02 09:00'],
    ['only on weekdays', '2026-07-03 09:05', '09:00', [1, 2, 3, 4, 5], '2026-07-06 09:00'],
    ['only on Wednesdays, arriving on one too late', '2026-07-01 09:05', '09:00', [3], '2026-07-08 09:00'],
    ['an empty choice of days is every day', '2026-07-04 09:05', '09:00', [], '2026-07-05 09:00'],
    ['a skipped time is the transition', '2026-03-28 12:00', '02:30', undefined, '2026-03-29 03:00'],
    ['and stays on its own weekday', '2026-03-28 12:00', '02:30', [7], '2026-03-29 03:00'],
  ])('%s', (_, from, time, weekdays, to) => {
    expect(formatInZone(nextTimeOfDay(at(BERLIN, from), time, BERLIN, { weekdays }), BERLIN)).toBe(to)
  })

  it('the second pass of a doubled hour is after the first', () => {
    const second = at(BERLIN, '2026-10-25 02:30') + 3_600_000
    expect(formatInZone(nextTimeOfDay(second, '02:30', BERLIN), BERLIN)).toBe('2026-10-26 02:30')
  })

  it('a millisecond late is late', () => {
    expect(formatInZone(nextTimeOfDay(at(BERLIN, '2026-07-01 09:00') + 1, '09:00', BERLIN), BERLIN)).toBe('2026-07-02 09:00')
  })

  it('a time skipped over midnight is due at midnight', () => {
    expect(formatInZone(nextTimeOfDay(at('America/Nuuk', '2026-03-29 00:00'), '23:30', 'America/Nuuk'), 'America/Nuuk')).toBe(
      '2026-03-29 00:00',
    )
  })

  it("tells the same day's, also when it is past", () => {
    expect(formatInZone(timeOfDayOn(at(BERLIN, '2026-07-01 15:00'), '09:00', BERLIN), BERLIN)).toBe('2026-07-01 09:00')
  })

  it.each([['9:00'], ['24:00'], ['09:60'], [''], ['09:00:00']])('%j is no time of day', (text) => {
    expect(parseTimeOfDay(text)).toBeUndefined()
    expect(() => nextTimeOfDay(0, text, 'UTC')).toThrow('is not a time of day')
  })

  it('refuses weekdays that do not exist', () => {
    expect(() => nextTimeOfDay(0, '09:00', 'UTC', { weekdays: [0, 8] })).toThrow('between 1 (Monday) and 7 (Sunday)')
  })
})

describe('LT-12 wake-ups round up to a slot', () => {
  it.each([
    [0, 1, 0],
    [1, 1, 60_000],
    [60_000, 1, 60_000],
    [60_001, 5, 300_000],
    [300_000, 5, 300_000],
    [-1, 1, 0],
  ])('%i in slots of %i min is %i', (instant, slot, expected) => {
    expect(ceilToSlot(instant, slot)).toBe(expected)
  })

  it.each([0, -1, 1.5, Number.NaN])('a slot of %d minutes is refused', (slot) => {
    expect(() => ceilToSlot(0, slot)).toThrow('a whole number of minutes')
  })
})
