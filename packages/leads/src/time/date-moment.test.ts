import { describe, expect, it } from 'vitest'
import { type DateOffset, dateMoment, formatInZone, isTooFar, localToInstant, nextAnniversary, nextTimes, readDate } from '../index.ts'

const at = (zone: string, text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number)
  return localToInstant(zone, { year, month, day, hour, minute })
}
const BERLIN = 'Europe/Berlin'
const read = (text: string) => {
  const value = readDate(text)
  if ('say' in value) throw new Error(value.say)
  return value.ok
}

describe('LT-17 a date without a time fires at the time of day', () => {
  it.each<[string, DateOffset, string, string, string]>([
    ['2026-12-24', {}, '09:00', BERLIN, '2026-12-24 09:00'],
    ['2026-12-24', {}, '09:00', 'America/New_York', '2026-12-24 09:00'],
    ['2026-12-24', { days: -3 }, '09:00', BERLIN, '2026-12-21 09:00'],
    ['2026-03-31', { months: -1 }, '09:00', BERLIN, '2026-02-28 09:00'],
    ['2026-12-24', { weeks: 2 }, '18:30', BERLIN, '2027-01-07 18:30'],
    ['2026-03-30', { days: -1 }, '02:30', BERLIN, '2026-03-29 03:00'],
    ['2026-10-25', {}, '02:30', BERLIN, '2026-10-25 02:30'],
    ['2026-12-24', { hours: -10 }, '09:00', BERLIN, '2026-12-23 23:00'],
    ['2011-12-30', {}, '09:00', 'Pacific/Apia', '2011-12-31 00:00'],
  ])('%s %o at %s in %s', (date, offset, time, zone, expected) => {
    expect(formatInZone(dateMoment(read(date), { offset, time }, zone), zone)).toBe(expected)
  })

  it('refuses what is no time of day', () => {
    expect(() => dateMoment(read('2026-12-24'), { offset: {}, time: '9' }, BERLIN)).toThrow('is not a time of day')
  })
})

describe('LT-18 what is a date', () => {
  it.each([
    ['2026-02-28', { kind: 'date', day: Date.UTC(2026, 1, 28) }],
    ['0001-01-01', { kind: 'date', day: -62_135_596_800_000 }],
    ['9999-12-31', { kind: 'date', day: Date.UTC(9999, 11, 31) }],
    ['2026-02-28T09:00:00.000Z', { kind: 'instant', at: Date.UTC(2026, 1, 28, 9) }],
    ['2026-02-28T09:00+02:00', { kind: 'instant', at: Date.UTC(2026, 1, 28, 7) }],
    ['2026-02-28T09:00:30Z', { kind: 'instant', at: Date.UTC(2026, 1, 28, 9, 0, 30) }],
  ])('%s', (text, value) => {
    expect(readDate(text)).toEqual({ ok: value })
  })

  it.each([
    ['10000-01-01', 'out of reach'],
    ['+010000-01-01', 'out of reach'],
    ['-000001-01-01', 'out of reach'],
    ['0000-05-05', 'out of reach'],
    ['0000-01-01T00:00:00Z', 'out of reach'],
    ['0001-01-01T00:00:00+14:00', 'out of reach'],
    ['9999-12-31T23:59:59-01:00', 'out of reach'],
    ['2026-02-29', 'No calendar has 2026-02-29.'],
    ['2026-02-29T09:00:00Z', 'No calendar has 2026-02-29 09:00.'],
    ['2026-02-28T24:00:00Z', 'No calendar has 2026-02-28 24:00.'],
    ['2026-02-28T09:00:00+99:00', 'is no date'],
    ['2026-02-28T09:00:00', 'is no date'],
    ['28.02.2026', 'is no date'],
    ['', 'is no date'],
    ['x'.repeat(500), 'is no date'],
  ])('%s is none', (text, words) => {
    const said = readDate(text)
    expect('say' in said && said.say).toContain(words)
    expect('say' in said && said.say.length).toBeLessThan(200)
  })
})

describe('LT-19 a date-time fires at its own time', () => {
  it.each<[string, DateOffset, string]>([
    ['2026-03-29T10:00:00.000Z', {}, '2026-03-29 12:00'],
    ['2026-03-29T10:00:00.000Z', { hours: -24 }, '2026-03-28 11:00'],
    ['2026-03-29T10:00:00.000Z', { days: -1 }, '2026-03-28 12:00'],
    ['2026-03-29T10:00:00.000Z', { minutes: -90 }, '2026-03-29 10:30'],
    ['2026-01-31T10:00:00.000Z', { months: 1 }, '2026-02-28 11:00'],
  ])('%s %o', (text, offset, expected) => {
    expect(formatInZone(dateMoment(read(text), { offset, time: '09:00' }, BERLIN), BERLIN)).toBe(expected)
  })
})

describe('LT-20 the next anniversary', () => {
  it.each<[string, string, DateOffset, string]>([
    ['1990-05-17', '2026-05-17 08:59', {}, '2026-05-17 09:00'],
    ['1990-05-17', '2026-05-17 09:00', {}, '2026-05-17 09:00'],
    ['1990-05-17', '2026-05-17 09:01', {}, '2027-05-17 09:00'],
    ['1992-02-29', '2026-01-01 00:00', {}, '2026-02-28 09:00'],
    ['1992-02-29', '2028-01-01 00:00', {}, '2028-02-29 09:00'],
    ['1992-02-29', '2026-02-28 12:00', {}, '2027-02-28 09:00'],
    ['1990-01-02', '2026-12-20 00:00', { days: -7 }, '2026-12-26 09:00'],
    ['1990-01-02', '2026-12-27 00:00', { days: -7 }, '2027-12-26 09:00'],
    ['1990-12-30', '2026-01-01 00:00', { weeks: 1 }, '2026-01-06 09:00'],
    ['1990-12-30', '2026-01-07 00:00', { days: 400 }, '2026-02-03 09:00'],
    ['1990-03-31', '2026-01-01 00:00', { months: -1 }, '2026-02-28 09:00'],
    ['2028-05-01', '2026-01-01 00:00', {}, '2028-05-01 09:00'],
    ['1604-05-01', '2026-01-01 00:00', {}, '2026-05-01 09:00'],
  ])('of %s from %s on, %o', (date, from, offset, expected) => {
    expect(formatInZone(nextAnniversary(read(date), { offset, time: '09:00' }, BERLIN, at(BERLIN, from)), BERLIN)).toBe(expected)
  })

  it('of a date-time comes at its own time, on its day where they live', () => {
    const value = read('2020-07-01T23:30:00.000Z')
    const next = nextAnniversary(value, { offset: {}, time: '09:00' }, BERLIN, at(BERLIN, '2026-01-01 00:00'))
    expect(formatInZone(next, BERLIN)).toBe('2026-07-02 01:30')
  })

  it('follows on the one before, year by year', () => {
    const moment = { offset: { days: -1 }, time: '09:00' }
    const times = nextTimes(at(BERLIN, '2026-06-01 00:00'), 3, (from) => nextAnniversary(read('1992-02-29'), moment, BERLIN, from))
    expect(times.map((it) => formatInZone(it, BERLIN))).toEqual(['2027-02-27 09:00', '2028-02-28 09:00', '2029-02-27 09:00'])
  })
})

describe('LT-21 up to five years', () => {
  it.each([
    ['2031-03-20 09:00', false],
    ['2031-03-20 09:01', true],
    ['2020-01-01 00:00', false],
  ])('%s', (target, far) => {
    expect(isTooFar(at(BERLIN, target), at(BERLIN, '2026-03-20 09:00'), BERLIN)).toBe(far)
  })
})

describe('LT-27 the next three times', () => {
  it('are asked one after another, and end where there is no more', () => {
    expect(nextTimes(5, 3, (from) => Math.ceil(from / 10) * 10)).toEqual([10, 20, 30])
    expect(nextTimes(5, 3, (from) => (from <= 12 ? 12 : undefined))).toEqual([12])
    expect(nextTimes(5, 3, () => 7)).toEqual([7])
    expect(nextTimes(5, 3, () => undefined)).toEqual([])
  })
})
