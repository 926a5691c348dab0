import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileRecurrence,
  DAY,
  formatInZone,
  fromWall,
  HOUR,
  localToInstant,
  MINUTE,
  nextTimes,
  type Recurrence,
  RecurrenceSchema,
  startOfDay,
  toWall,
} from '../index.ts'

const at = (zone: string, text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number)
  return localToInstant(zone, { year, month, day, hour, minute })
}
const BERLIN = 'Europe/Berlin'
const ready = (recurrence: Recurrence) => {
  const made = compileRecurrence(recurrence)
  if ('say' in made) throw new Error(made.say)
  return made.ok
}
const after = (recurrence: Recurrence, from: number, zone: string, count = 3) => {
  const next = ready(recurrence)
  return nextTimes(from, count, (it) => next(it - 1, zone)).map((it) => formatInZone(it, zone))
}
const time = '09:00'

describe('LT-24 what comes again and again', () => {
  it.each<[string, Recurrence, string, string[]]>([
    ['every day', { every: 'day', time }, '2026-11-22 09:00', ['2026-11-22 09:00', '2026-11-23 09:00', '2026-11-24 09:00']],
    [
      'on Mondays and Sundays',
      { every: 'week', weekdays: [1, 7], weeks: 1, from: null, time },
      '2026-11-20 00:00',
      ['2026-11-22 09:00', '2026-11-23 09:00', '2026-11-29 09:00'],
    ],
    [
      'every second week',
      { every: 'week', weekdays: [2, 5], weeks: 2, from: '2026-11-12', time },
      '2026-11-12 00:00',
      ['2026-11-13 09:00', '2026-11-24 09:00', '2026-11-27 09:00'],
    ],
    [
      'every second week, counted back as well',
      { every: 'week', weekdays: [1], weeks: 2, from: '2026-11-16', time },
      '2026-10-01 00:00',
      ['2026-10-05 09:00', '2026-10-19 09:00', '2026-11-02 09:00'],
    ],
    [
      'on the 31st, which clamps',
      { every: 'month', on: { day: 31 }, time },
      '2026-01-31 10:00',
      ['2026-02-28 09:00', '2026-03-31 09:00', '2026-04-30 09:00'],
    ],
    [
      'on the 30th',
      { every: 'month', on: { day: 30 }, time },
      '2028-01-30 10:00',
      ['2028-02-29 09:00', '2028-03-30 09:00', '2028-04-30 09:00'],
    ],
    [
      'on the 29th',
      { every: 'month', on: { day: 29 }, time },
      '2026-01-30 10:00',
      ['2026-02-28 09:00', '2026-03-29 09:00', '2026-04-29 09:00'],
    ],
    [
      'on the second Tuesday',
      { every: 'month', on: { nth: 2, weekday: 2 }, time },
      '2026-11-01 00:00',
      ['2026-11-10 09:00', '2026-12-08 09:00', '2027-01-12 09:00'],
    ],
    [
      'on the last Sunday',
      { every: 'month', on: { nth: 'last', weekday: 7 }, time },
      '2026-11-01 00:00',
      ['2026-11-29 09:00', '2026-12-27 09:00', '2027-01-31 09:00'],
    ],
    [
      'on 29 February',
      { every: 'year', month: 2, day: 29, time },
      '2026-11-01 00:00',
      ['2027-02-28 09:00', '2028-02-29 09:00', '2029-02-28 09:00'],
    ],
    [
      'by a pattern',
      { every: 'cron', pattern: '*/30 8-9 * * 1-5' },
      '2026-11-20 09:10',
      ['2026-11-20 09:30', '2026-11-23 08:00', '2026-11-23 08:30'],
    ],
  ])('%s', (_, recurrence, from, expected) => {
    expect(after(recurrence, at(BERLIN, from), BERLIN)).toEqual(expected)
    expect(RecurrenceSchema.parse(recurrence)).toEqual(recurrence)
  })

  it('later than the instant, never at it', () => {
    expect(ready({ every: 'day', time })(at(BERLIN, '2026-11-22 09:00'), BERLIN)).toBe(at(BERLIN, '2026-11-23 09:00'))
  })
})

describe('LT-25 where the library and the clock rule differ, the rule holds', () => {
  it.each<[string, Recurrence, string, string, string[]]>([
    ['a gap is the transition', { every: 'day', time: '02:30' }, BERLIN, '2026-03-28 12:00', ['2026-03-29 03:00', '2026-03-30 02:30']],
    ['an overlap comes once', { every: 'day', time: '02:30' }, BERLIN, '2026-10-25 00:00', ['2026-10-25 02:30', '2026-10-26 02:30']],
    ['a skipped day', { every: 'day', time: '12:00' }, 'Pacific/Apia', '2011-12-29 13:00', ['2011-12-31 00:00', '2011-12-31 12:00']],
    ['half an hour', { every: 'day', time: '02:15' }, 'Australia/Lord_Howe', '2026-10-03 12:00', ['2026-10-04 02:30', '2026-10-05 02:15']],
    ['over midnight', { every: 'day', time: '23:30' }, 'America/Nuuk', '2026-03-28 12:00', ['2026-03-29 00:00', '2026-03-29 23:30']],
    [
      'each reading of a pattern once',
      { every: 'cron', pattern: '30 * * * *' },
      BERLIN,
      '2026-10-25 01:00',
      ['2026-10-25 01:30', '2026-10-25 02:30', '2026-10-25 03:30'],
    ],
    [
      'two readings in one gap are one instant',
      { every: 'cron', pattern: '15,45 2 * * *' },
      BERLIN,
      '2026-03-28 12:00',
      ['2026-03-29 03:00', '2026-03-30 02:15'],
    ],
  ])('%s', (_, recurrence, zone, from, expected) => {
    expect(after(recurrence, at(zone, from), zone, expected.length)).toEqual(expected)
  })

  it('in the second pass of a doubled hour, what the first pass had is past', () => {
    const second = at(BERLIN, '2026-10-25 02:30') + HOUR
    expect(ready({ every: 'day', time: '02:45' })(second, BERLIN)).toBe(at(BERLIN, '2026-10-26 02:45'))
  })

  it('a daily one is the same as looking at every day', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/Nuuk', 'Antarctica/Troll', 'Africa/Cairo')
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 400 * 1440 }), (zone, minutes, offset) => {
        const from = Date.UTC(2026, 1, 1) + offset * MINUTE
        const text = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
        const days = [-2, -1, 0, 1, 2].map((it) => fromWall(startOfDay(toWall(from, zone)) + it * DAY + minutes * MINUTE, zone))
        expect(ready({ every: 'day', time: text })(from, zone)).toBe(days.find((it) => it > from))
      }),
      { seed: 25, numRuns: 500 },
    )
  })
})

describe('LT-26 what never comes, and what is no recurrence', () => {
  it('a day no month has never comes', () => {
    expect(ready({ every: 'cron', pattern: '0 9 30 2 *' })(0, BERLIN)).toBeUndefined()
  })

  it('instants before the year 1000 wait for it', () => {
    expect(ready({ every: 'year', month: 1, day: 1, time })(Date.UTC(500, 0, 1), 'UTC')).toBe(Date.UTC(1000, 0, 1, 9))
  })

  it.each(['', '9', '* * * *', '0 9 * * * *', '61 9 * * *', '0 9 * * 8', '@daily', '2026-01-01T00:00:00'])(
    '%j is no pattern',
    (pattern) => {
      const made = compileRecurrence({ every: 'cron', pattern })
      expect('say' in made && made.say).toContain('Give a pattern of five parts')
    },
  )

  it.each([
    { every: 'day', time: '9:00' },
    { every: 'week', weekdays: [], time },
    { every: 'week', weekdays: [0], time },
    { every: 'week', weekdays: [1], weeks: 0, time },
    { every: 'week', weekdays: [1], weeks: 2, from: '10000-01-01', time },
    { every: 'month', on: { day: 32 }, time },
    { every: 'month', on: { nth: 5, weekday: 1 }, time },
    { every: 'year', month: 13, day: 1, time },
    { every: 'leap' },
  ])('%o is refused', (input) => {
    expect(RecurrenceSchema.safeParse(input).success).toBe(false)
  })
})
