import { describe, expect, it } from 'vitest'
import { calendarWeek, formatInZone, lastReport, localToInstant, previousWeek, type ReportWeek, weekBefore } from '../index.ts'

const BERLIN = 'Europe/Berlin'
const at = (day: number, hour = 0, minute = 0, month = 3) => localToInstant(BERLIN, { year: 2026, month, day, hour, minute })
const shown = ({ from, to }: ReportWeek) => [formatInZone(from, BERLIN), formatInZone(to, BERLIN)]

describe('the weeks of a report', () => {
  it('LW-1 are seven whole days before today, also over a change of the clock', () => {
    // On 2026-03-29 the clock of Berlin goes forward: this week has an hour less.
    const week = weekBefore(at(31, 10), BERLIN)
    expect(shown(week)).toEqual(['2026-03-24 00:00', '2026-03-31 00:00'])
    expect(week.key).toBe('2026-03-24')
    expect(week.to - week.from).toBe(7 * 86_400_000 - 3_600_000)
  })

  it('LW-1 the week before ends where this one begins', () => {
    const week = weekBefore(at(31, 10), BERLIN)
    const before = previousWeek(week, BERLIN)
    expect(before.to).toBe(week.from)
    expect(shown(before)).toEqual(['2026-03-17 00:00', '2026-03-24 00:00'])
  })

  it.each([
    [2, '2026-03-02 00:00'],
    [8, '2026-03-02 00:00'],
    [9, '2026-03-09 00:00'],
  ])('LW-1 the calendar week of March %i begins on a Monday', (day, from) => {
    expect(shown(calendarWeek(at(day, 23, 59), BERLIN))[0]).toBe(from)
  })

  it.each([
    ['at the minute', at(2, 8), '2026-03-02 08:00', '2026-02-23'],
    ['a minute before, it is the one of the week before', at(2, 7, 59), '2026-02-23 08:00', '2026-02-16'],
    ['days later, it is still that one', at(8, 23, 59), '2026-03-02 08:00', '2026-02-23'],
    ['a week later the next', at(9, 8), '2026-03-09 08:00', '2026-03-02'],
  ])('LW-2 the last one due %s', (_, now, due, key) => {
    const last = lastReport({ weekday: 1, time: '08:00' }, BERLIN, now)
    expect(formatInZone(last.dueAt, BERLIN)).toBe(due)
    expect(last.key).toBe(key)
  })

  it('LW-2 a time that the clock skips is the instant of the change', () => {
    const last = lastReport({ weekday: 7, time: '02:30' }, BERLIN, at(29, 12))
    expect(formatInZone(last.dueAt, BERLIN)).toBe('2026-03-29 03:00')
  })
})
