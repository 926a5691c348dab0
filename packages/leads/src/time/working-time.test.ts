import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addWorkingMinutes,
  DAY,
  formatInZone,
  isWorking,
  localDate,
  localReading,
  localToInstant,
  MINUTE,
  nextWorkingMinute,
  type WorkingHours,
  workingCalendar,
  workingMinutesBetween,
} from '../index.ts'

const at = (zone: string, text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number)
  return localToInstant(zone, { year, month, day, hour, minute })
}
const day = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
]
const office: WorkingHours = {
  zone: 'Europe/Berlin',
  hours: { 1: day, 2: day, 3: day, 4: day, 5: [{ from: '09:00', to: '15:00' }] },
  holidays: ['2026-05-01'],
}
const nights: WorkingHours = {
  zone: 'Europe/Berlin',
  hours: { 7: [{ from: '01:00', to: '04:00' }], 6: [{ from: '20:00', to: '24:00' }] },
  holidays: [],
}

describe('LT-16 the next working minute', () => {
  it.each([
    ['before work', '2026-07-01 08:00', '2026-07-01 09:00'],
    ['at its start', '2026-07-01 09:00', '2026-07-01 09:00'],
    ['at work', '2026-07-01 10:30', '2026-07-01 10:30'],
    ['the end is not work', '2026-07-01 12:00', '2026-07-01 13:00'],
    ['in the evening', '2026-07-01 17:00', '2026-07-02 09:00'],
    ['over the weekend', '2026-07-03 15:00', '2026-07-06 09:00'],
    ['over a holiday and the weekend', '2026-04-30 17:00', '2026-05-04 09:00'],
  ])('%s', (_, from, to) => {
    const calendar = workingCalendar(office)
    const next = nextWorkingMinute(at(office.zone, from), calendar)
    expect(next === undefined ? next : formatInZone(next, office.zone)).toBe(to)
    expect(isWorking(at(office.zone, from), calendar)).toBe(from === to)
  })

  it('there is none without hours', () => {
    const none = workingCalendar({ ...office, hours: {} })
    expect(nextWorkingMinute(0, none)).toBeUndefined()
    expect(addWorkingMinutes(0, 1, none)).toBeUndefined()
    expect(workingMinutesBetween(0, 30 * DAY, none)).toBe(0)
    expect(isWorking(0, none)).toBe(false)
  })
})

describe('LT-15 working minutes', () => {
  it.each([
    [office, '2026-07-01 09:00', 0, '2026-07-01 09:00'],
    [office, '2026-07-01 09:00', 60, '2026-07-01 10:00'],
    [office, '2026-07-01 11:00', 60, '2026-07-01 12:00'],
    [office, '2026-07-01 11:00', 61, '2026-07-01 13:01'],
    [office, '2026-07-01 18:00', 0, '2026-07-02 09:00'],
    [office, '2026-07-03 14:30', 60, '2026-07-06 09:30'],
    [office, '2026-04-30 16:30', 60, '2026-05-04 09:30'],
    [nights, '2026-03-29 00:00', 120, '2026-03-29 04:00'],
    [nights, '2026-10-25 00:00', 240, '2026-10-25 04:00'],
    [nights, '2026-07-04 23:00', 90, '2026-07-05 01:30'],
  ] as const)('%o from %s, %i', (hours, from, minutes, to) => {
    const calendar = workingCalendar(hours)
    const end = addWorkingMinutes(at(hours.zone, from), minutes, calendar)
    expect(end === undefined ? end : formatInZone(end, hours.zone)).toBe(to)
    expect(workingMinutesBetween(at(hours.zone, from), end ?? 0, calendar)).toBe(minutes)
  })

  it('are not counted backwards', () => {
    expect(() => addWorkingMinutes(0, -1, workingCalendar(office))).toThrow('counted forwards')
    expect(workingMinutesBetween(10, 5, workingCalendar(office))).toBe(0)
  })

  const calendars: fc.Arbitrary<WorkingHours> = fc.record({
    zone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/Nuuk', 'Antarctica/Troll', 'Asia/Kathmandu'),
    hours: fc.constant<WorkingHours['hours']>({
      1: day,
      3: [{ from: '00:00', to: '24:00' }],
      6: nights.hours[6] ?? [],
      7: [{ from: '00:30', to: '03:15' }],
    }),
    holidays: fc.constantFrom<string[]>([], ['2026-03-29'], ['2026-10-25', '2026-10-26']),
  })
  const near = fc.constantFrom(Date.UTC(2026, 2, 27), Date.UTC(2026, 9, 2), Date.UTC(2026, 9, 23))

  it('agree with counting minute by minute', () => {
    fc.assert(
      fc.property(
        calendars,
        near,
        fc.integer({ min: 0, max: 3 * 1440 }),
        fc.integer({ min: 0, max: 2000 }),
        (input, start, offset, length) => {
          const calendar = workingCalendar(input)
          const works = (instant: number) => {
            const { weekday, hour, minute } = localReading(instant, input.zone)
            const now = hour * 60 + minute
            const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
            const windows = Object.entries(input.hours).find(([key]) => Number(key) === weekday)?.[1] ?? []
            return (
              !input.holidays.includes(localDate(instant, input.zone)) &&
              windows.some(({ from, to }) => minutes(from) <= now && now < minutes(to))
            )
          }
          const from = start + offset * MINUTE
          const to = from + length * MINUTE
          let count = 0
          for (let instant = from; instant < to; instant += MINUTE) if (works(instant)) count++
          expect(workingMinutesBetween(from, to, calendar)).toBe(count)
          expect(isWorking(from, calendar)).toBe(works(from))
        },
      ),
      { seed: 111, numRuns: 200 },
    )
  })

  it("adding and counting are each other's inverse", () => {
    fc.assert(
      fc.property(
        calendars,
        near,
        fc.integer({ min: 0, max: 3 * 1440 }),
        fc.integer({ min: 0, max: 20_000 }),
        (input, start, offset, minutes) => {
          const calendar = workingCalendar(input)
          const from = start + offset * MINUTE
          const end = addWorkingMinutes(from, minutes, calendar)
          expect(end).toBeDefined()
          expect(workingMinutesBetween(from, end ?? 0, calendar)).toBe(minutes)
          if (minutes > 0) expect(workingMinutesBetween(from, (end ?? 0) - 1, calendar)).toBeLessThan(minutes)
        },
      ),
      { seed: 112, numRuns: 500 },
    )
  })
})

describe('LT-14 calendars', () => {
  it('join windows that touch or overlap, in any order', () => {
    const hours = {
      1: [
        { from: '12:00', to: '17:00' },
        { from: '09:00', to: '12:00' },
        { from: '10:00', to: '11:00' },
      ],
    }
    expect(workingCalendar({ ...office, hours }).hours[1]).toEqual([{ from: 540, to: 1020 }])
  })

  it.each([
    ['a zone that is none', { ...office, zone: 'Mars/Phobos' }, 'a time zone such as'],
    ['hours the wrong way round', { ...office, hours: { 1: [{ from: '17:00', to: '09:00' }] } }, 'split hours over midnight'],
    ['a time that is none', { ...office, hours: { 1: [{ from: '9', to: '17:00' }] } }, 'such as 09:00'],
    ['a day that is none', { ...office, holidays: ['2026-02-30'] }, 'a date such as'],
  ])('refuse %s', (_, input, message) => {
    expect(() => workingCalendar(input)).toThrow(message)
  })
})
