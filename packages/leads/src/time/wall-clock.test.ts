import { describe, expect, it } from 'vitest'
import { formatInZone, localDate, localReading, localToInstant, offsetAt, transitionsBetween } from '../index.ts'

const plain = (text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number)
  return { year, month, day, hour, minute }
}
const utc = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`)

describe('LT-5 a skipped reading is the instant of the transition', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29 01:59', '2026-03-29 00:59'],
    ['Europe/Berlin', '2026-03-29 02:00', '2026-03-29 01:00'],
    ['Europe/Berlin', '2026-03-29 02:30', '2026-03-29 01:00'],
    ['Europe/Berlin', '2026-03-29 03:00', '2026-03-29 01:00'],
    ['Europe/Berlin', '2026-03-29 03:01', '2026-03-29 01:01'],
    ['America/New_York', '2026-03-08 02:30', '2026-03-08 07:00'],
    ['Australia/Lord_Howe', '2026-10-04 02:15', '2026-10-03 15:30'],
    ['Antarctica/Troll', '2026-03-29 02:30', '2026-03-29 01:00'],
    ['America/Nuuk', '2026-03-28 23:30', '2026-03-29 01:00'],
    ['America/Sao_Paulo', '2018-11-04 00:30', '2018-11-04 03:00'],
  ])('%s %s', (zone, wall, instant) => {
    expect(localToInstant(zone, plain(wall))).toBe(utc(instant))
  })
})

describe('LT-6 a doubled reading is the first', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25 00:30'],
    ['Europe/Berlin', '2026-10-25 03:00', '2026-10-25 02:00'],
    ['America/New_York', '2026-11-01 01:30', '2026-11-01 05:30'],
    ['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04 14:45'],
    ['Europe/Dublin', '2026-10-25 01:30', '2026-10-25 00:30'],
    ['America/Sao_Paulo', '2018-02-17 23:30', '2018-02-18 01:30'],
  ])('%s %s', (zone, wall, instant) => {
    expect(localToInstant(zone, plain(wall))).toBe(utc(instant))
  })
})

describe('LT-7 a skipped day is 00:00 of the next', () => {
  it.each([
    ['Pacific/Apia', '2011-12-29 23:59', '2011-12-30 09:59'],
    ['Pacific/Apia', '2011-12-30 00:00', '2011-12-30 10:00'],
    ['Pacific/Apia', '2011-12-30 12:00', '2011-12-30 10:00'],
    ['Pacific/Apia', '2011-12-31 00:00', '2011-12-30 10:00'],
    ['Pacific/Apia', '2011-12-31 00:01', '2011-12-30 10:01'],
    ['Pacific/Kwajalein', '1993-08-21 12:00', '1993-08-21 12:00'],
  ])('%s %s', (zone, wall, instant) => {
    expect(localToInstant(zone, plain(wall))).toBe(utc(instant))
  })
})

describe('LT-4 the offset table', () => {
  it('knows each change and both sides of it', () => {
    expect(transitionsBetween('Antarctica/Troll', utc('2026-01-01 00:00'), utc('2027-01-01 00:00'))).toEqual([
      { at: utc('2026-03-29 01:00'), offset: 7_200_000 },
      { at: utc('2026-10-25 01:00'), offset: 0 },
    ])
    expect(offsetAt('Antarctica/Troll', utc('2026-03-29 01:00') - 1)).toBe(0)
    expect(offsetAt('Antarctica/Troll', utc('2026-03-29 01:00'))).toBe(7_200_000)
  })

  it('counts a change at the end of the range, not one at its start', () => {
    const at = utc('2026-03-29 01:00')
    expect(transitionsBetween('Europe/Berlin', at - 1, at)).toHaveLength(1)
    expect(transitionsBetween('Europe/Berlin', at, at + 1)).toHaveLength(0)
  })

  it('reads dates far away and stays right when its memory is emptied', () => {
    const years = Array.from({ length: 300 }, (_, index) => 1700 + index)
    for (const year of years) offsetAt('Asia/Tokyo', Date.UTC(year, 6, 1))
    expect(offsetAt('Asia/Tokyo', Date.UTC(1700, 6, 1))).toBe(((9 * 60 + 18) * 60 + 59) * 1000)
    expect(offsetAt('Asia/Tokyo', Date.UTC(2026, 6, 1))).toBe(9 * 3_600_000)
    expect(offsetAt('UTC', Date.UTC(-5, 6, 1))).toBe(0)
  })

  it('refuses what is no zone and what is no instant', () => {
    expect(() => offsetAt('Europe/Atlantis', 0)).toThrow('"Europe/Atlantis" is not a time zone')
    expect(() => offsetAt('Europe/Berlin', Number.NaN)).toThrow('has no wall clock')
    expect(() => offsetAt('Europe/Berlin', 8.64e15)).toThrow('has no wall clock')
  })

  it.each([
    { year: 2026, month: 2, day: 29 },
    { year: 2026, month: 13, day: 1 },
    { year: 2026, month: 1, day: 1, hour: 24 },
    { year: 2026, month: 1, day: 1, minute: 60 },
    { year: 2026, month: 1, day: 1.5 },
  ])('refuses a reading no calendar has: %o', (reading) => {
    expect(() => localToInstant('UTC', reading)).toThrow(RangeError)
  })
})

describe('LT-13 an instant in words', () => {
  it.each([
    ['Europe/Berlin', '2026-07-01T10:05:59.999', '2026-07-01 12:05', '2026-07-01T12:05:59.999+02:00'],
    ['Asia/Kathmandu', '2026-07-01T20:05:00', '2026-07-02 01:50', '2026-07-02T01:50:00.000+05:45'],
    ['America/St_Johns', '2026-01-01T02:00:00', '2025-12-31 22:30', '2025-12-31T22:30:00.000-03:30'],
    ['UTC', '0099-01-01T00:00:00', '0099-01-01 00:00', '0099-01-01T00:00:00.000+00:00'],
  ])('%s %s', (zone, instant, minute, full) => {
    const at = Date.parse(`${instant}Z`)
    expect(formatInZone(at, zone)).toBe(minute)
    expect(formatInZone(at, zone, 'full')).toBe(full)
    expect(localDate(at, zone)).toBe(minute.slice(0, 10))
  })

  it('reads the wall in parts', () => {
    expect(localReading(utc('2026-03-29 01:00'), 'Europe/Berlin')).toEqual({
      year: 2026,
      month: 3,
      day: 29,
      hour: 3,
      minute: 0,
      second: 0,
      millisecond: 0,
      weekday: 7,
    })
  })
})
