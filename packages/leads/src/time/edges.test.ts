import { describe, expect, it } from 'vitest'
import {
  compileRecurrence,
  DAY,
  type DateOffset,
  dateMoment,
  formatInZone,
  localToInstant,
  nextAnniversary,
  type Recurrence,
  readDate,
  resolveZone,
  WorkingHoursSchema,
} from '../index.ts'

describe('LT-13 years of fewer and of more than four digits', () => {
  it.each([
    [Date.UTC(9999, 11, 31, 23, 59), '9999-12-31 23:59'],
    [Date.UTC(10_000, 0, 1), '+010000-01-01 00:00'],
    [Date.UTC(999, 0, 1), '0999-01-01 00:00'],
    [Date.parse('0000-01-01T00:00:00Z'), '0000-01-01 00:00'],
    [Date.parse('-000001-12-31T00:00:00Z'), '-000001-12-31 00:00'],
  ])('%i is %s', (instant, words) => {
    expect(formatInZone(instant, 'UTC')).toBe(words)
  })
})

describe('LT-18 the first and the last instant of a date-time', () => {
  it.each([
    ['0001-01-01T00:00:00Z', true],
    ['0001-01-01T00:59:59+01:00', false],
    ['0001-01-01T01:00:00+01:00', true],
    ['9999-12-31T00:00:00Z', true],
    ['9999-12-31T23:59:59.999Z', true],
    ['9999-12-31T22:59:59-01:00', true],
    ['9999-12-31T23:00:00-01:00', false],
  ])('%s is in reach: %s', (text, ok) => {
    expect('ok' in readDate(text)).toBe(ok)
  })
})

describe('LT-5 a reading in parts is whole numbers', () => {
  const noon = { year: 2026, month: 3, day: 13, hour: 12, minute: 0, second: 0, millisecond: 0 }

  it.each(Object.keys(noon))('half a %s is none', (part) => {
    const half = { ...noon, [part]: 1.5 }
    expect(() => localToInstant('UTC', half)).toThrow('no calendar has')
  })

  it('says which', () => {
    expect(() => localToInstant('UTC', { ...noon, month: 2, day: 30 })).toThrow('no calendar has 2026-2-30 12:0:0.0')
  })
})

describe('LT-20 an anniversary so far from the date that it lies in another year', () => {
  const value = { kind: 'date', day: Date.UTC(2020, 1, 29) } as const
  const february = (year: number) => Date.UTC(year, 1, year % 4 === 0 ? 29 : 28)
  const far: DateOffset[] = [
    { months: 40 },
    { months: -40 },
    { weeks: 120 },
    { weeks: -120 },
    { days: 900 },
    { days: -900 },
    { hours: 30_000 },
    { hours: -30_000 },
    { minutes: 90 },
  ]

  it.each(far)('%o', (offset) => {
    const moment = { offset, time: '09:00' }
    const all = Array.from({ length: 60 }, (_, i) => dateMoment({ kind: 'date', day: february(2020 + i) }, moment, 'UTC'))
    for (let from = Date.UTC(2024, 0, 1); from < Date.UTC(2028, 0, 1); from += 97 * DAY) {
      expect(nextAnniversary(value, moment, 'UTC', from)).toBe(Math.min(...all.filter((at) => at >= from)))
    }
  })
})

describe('LT-24 weeks of a recurrence', () => {
  const times = (recurrence: Recurrence, from: string, count: number) => {
    const made = compileRecurrence(recurrence)
    if ('say' in made) throw new Error(made.say)
    const found: string[] = []
    for (let at: number | undefined = Date.parse(from); found.length < count; ) {
      at = made.ok(at, 'UTC')
      if (at === undefined) break
      found.push(formatInZone(at, 'UTC').slice(0, 10))
    }
    return found
  }
  const week = (weekdays: number[], weeks: number, from: string | null): Recurrence => ({
    every: 'week',
    weekdays,
    weeks,
    from,
    time: '09:00',
  })

  it('begin on Mondays: a Sunday belongs to the week before', () => {
    expect(times(week([1, 7], 2, '2026-11-18'), '2026-11-16T00:00:00Z', 4)).toEqual([
      '2026-11-16',
      '2026-11-22',
      '2026-11-30',
      '2026-12-06',
    ])
  })

  it('every third one counts on from the week of its date, and back', () => {
    expect(times(week([3], 3, '2026-11-18'), '2026-11-01T00:00:00Z', 2)).toEqual(['2026-11-18', '2026-12-09'])
    expect(times(week([3], 3, '2026-11-18'), '2026-10-01T00:00:00Z', 2)).toEqual(['2026-10-07', '2026-10-28'])
  })

  it('without a date they count from the first Monday of 1970', () => {
    expect(times(week([1], 3, null), '2026-11-16T00:00:00Z', 3)).toEqual(times(week([1], 3, '1970-01-05'), '2026-11-16T00:00:00Z', 3))
    expect(times(week([1], 3, null), '1970-01-01T00:00:00Z', 2)).toEqual(['1970-01-05', '1970-01-26'])
  })

  it('a pattern may stand with more spaces than it needs', () => {
    expect(times({ every: 'cron', pattern: ' 0  9 * *   1-5 ' }, '2026-11-20T10:00:00Z', 1)).toEqual(['2026-11-23'])
  })

  it('LT-26 what the library says of a pattern stands behind what to do', () => {
    const made = compileRecurrence({ every: 'cron', pattern: '61 9 * * *' })
    expect('say' in made && made.say).toMatch(/1-5\. \(Invalid value for minute: 61\)$/)
  })
})

describe('LT-14 hours and holidays that are none', () => {
  const hours = (from: string, to: string) => ({ zone: 'UTC', hours: { '1': [{ from, to }] }, holidays: [] })

  it.each([
    ['09:00', '09:00', 'from must be before to'],
    ['09:00', '25:00', 'a time of day such as 17:00'],
    ['9', '17:00', 'a time of day such as 09:00'],
  ])('%s to %s', (from, to, says) => {
    expect(WorkingHoursSchema.safeParse(hours(from, to)).error?.issues[0]?.message).toContain(says)
  })

  it.each(['2026-12-25x', 'x2026-12-25', '2026-13-01', '2026-02-30'])('the holiday %s', (day) => {
    expect(WorkingHoursSchema.safeParse({ zone: 'UTC', hours: {}, holidays: [day] }).success).toBe(false)
  })
})

it('LT-2 a zone may be written with spaces around it', () => {
  expect(resolveZone({ contactZone: ' Europe/Berlin ', country: null })).toEqual({ zone: 'Europe/Berlin', source: 'contact' })
})
