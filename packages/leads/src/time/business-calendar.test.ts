import { describe, expect, it } from 'vitest'
import {
  ALWAYS,
  type BusinessHours,
  BusinessHoursSchema,
  businessCalendar,
  formatInZone,
  isWorking,
  localToInstant,
  nextTimes,
  nextWorkingMinute,
  reinterpret,
} from '../index.ts'

const at = (zone: string, text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number)
  return localToInstant(zone, { year, month, day, hour, minute })
}
const week = [{ from: '09:00', to: '17:00' }]
const office: BusinessHours = {
  zone: null,
  hours: { 1: week, 2: week, 3: week, 4: week, 5: week },
  holidays: [{ date: '2026-12-25', name: 'Christmas' }],
}
const nextIn = (hours: BusinessHours, from: string, zone: string) => {
  const next = nextWorkingMinute(at(zone, from), businessCalendar(hours)(zone))
  return next === undefined ? next : formatInZone(next, zone)
}

describe('LT-22 a business calendar', () => {
  it('without a zone is read where they live', () => {
    expect(nextIn(office, '2026-11-23 08:00', 'Asia/Tokyo')).toBe('2026-11-23 09:00')
    expect(nextIn(office, '2026-11-23 08:00', 'America/New_York')).toBe('2026-11-23 09:00')
  })

  it('with a zone is read there', () => {
    // 08:00 in New York is 14:00 in Berlin; 12:00 is 18:00, and the next morning there is 03:00 here.
    expect(nextIn({ ...office, zone: 'Europe/Berlin' }, '2026-11-23 08:00', 'America/New_York')).toBe('2026-11-23 08:00')
    expect(nextIn({ ...office, zone: 'Europe/Berlin' }, '2026-11-23 12:00', 'America/New_York')).toBe('2026-11-24 03:00')
  })

  it('knows its holidays by the date there', () => {
    expect(nextIn(office, '2026-12-24 17:00', 'Europe/Berlin')).toBe('2026-12-28 09:00')
  })

  it('gives the same prepared calendar for the same zone', () => {
    const ready = businessCalendar(office)
    expect(ready('Asia/Tokyo')).toBe(ready('Asia/Tokyo'))
    expect(ready('Asia/Tokyo').zone).toBe('Asia/Tokyo')
  })

  it.each([
    ['a zone that is none', { ...office, zone: 'Mars/Phobos' }],
    ['a holiday that is no date', { ...office, holidays: [{ date: '2026-02-30', name: '' }] }],
    ['a holiday of the year 10000', { ...office, holidays: [{ date: '10000-01-01', name: '' }] }],
    ['hours the wrong way round', { ...office, hours: { 1: [{ from: '17:00', to: '09:00' }] } }],
  ])('refuses %s', (_, input) => {
    expect(BusinessHoursSchema.safeParse(input).success).toBe(false)
  })
})

describe('LT-23 windows are half-open', () => {
  it.each([
    ['before', '2026-11-23 08:59', '2026-11-23 09:00'],
    ['at the start', '2026-11-23 09:00', '2026-11-23 09:00'],
    ['the last minute', '2026-11-23 16:59', '2026-11-23 16:59'],
    ['at the end', '2026-11-23 17:00', '2026-11-24 09:00'],
    ['on a Friday evening', '2026-11-27 20:00', '2026-11-30 09:00'],
  ])('%s', (_, from, expected) => {
    expect(nextIn(office, from, 'Europe/Berlin')).toBe(expected)
    expect(isWorking(at('Europe/Berlin', from), businessCalendar(office)('Europe/Berlin'))).toBe(from === expected)
  })

  it('a window that starts in a gap starts at the transition', () => {
    const night: BusinessHours = { zone: null, hours: { 7: [{ from: '02:30', to: '05:00' }] }, holidays: [] }
    expect(nextIn(night, '2026-03-29 00:00', 'Europe/Berlin')).toBe('2026-03-29 03:00')
  })

  it('around the clock is always', () => {
    expect(nextIn({ zone: null, hours: ALWAYS, holidays: [] }, '2026-03-29 02:30', 'Europe/Berlin')).toBe('2026-03-29 03:00')
  })

  it('its next three openings', () => {
    const calendar = businessCalendar(office)('Europe/Berlin')
    const openings = nextTimes(at('Europe/Berlin', '2026-12-23 18:00'), 3, (from) => {
      const now = isWorking(from, calendar) ? at('Europe/Berlin', `${formatInZone(from, 'Europe/Berlin').slice(0, 10)} 17:00`) : from
      return nextWorkingMinute(now, calendar)
    })
    expect(openings.map((it) => formatInZone(it, 'Europe/Berlin'))).toEqual(['2026-12-24 09:00', '2026-12-28 09:00', '2026-12-29 09:00'])
  })
})

describe('LT-28 a local target read in another zone', () => {
  it.each([
    ['Europe/Berlin', 'America/New_York', '2026-06-03 09:00', '2026-06-03 09:00'],
    ['Europe/Berlin', 'Europe/Berlin', '2026-06-03 09:00', '2026-06-03 09:00'],
    ['Asia/Tokyo', 'Europe/Berlin', '2026-03-29 02:30', '2026-03-29 03:00'],
    ['UTC', 'Pacific/Apia', '2011-12-30 12:00', '2011-12-31 00:00'],
  ])('%s → %s %s', (from, to, target, expected) => {
    expect(formatInZone(reinterpret(at(from, target), from, to), to)).toBe(expected)
  })

  it('in its own zone is the very instant, also in a second pass', () => {
    const second = at('Europe/Berlin', '2026-10-25 02:30') + 3_600_000
    expect(reinterpret(second, 'Europe/Berlin', 'Europe/Berlin')).toBe(second)
  })
})
