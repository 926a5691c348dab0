import { describe, expect, test } from 'vitest'
import { isWeekend, later, mondayOf, spanWords } from './days.ts'

describe('days of the calendar of absences', () => {
  test.each([
    ['2026-03-02', '2026-03-02'],
    ['2026-03-08', '2026-03-02'],
    ['2026-03-09', '2026-03-09'],
    ['2027-01-01', '2026-12-28'],
  ])('the week of %s begins on %s', (day, monday) => expect(mondayOf(day)).toBe(monday))

  test('go over months, years and changes of the clock', () => {
    expect([later('2026-02-28', 1), later('2026-12-31', 1), later('2026-03-29', 1), later('2026-03-01', -1)]).toEqual([
      '2026-03-01',
      '2027-01-01',
      '2026-03-30',
      '2026-02-28',
    ])
  })

  test('weekends, and spans in words', () => {
    expect(['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09'].map(isWeekend)).toEqual([false, true, true, false])
    expect(spanWords('2026-03-02', '2026-03-02')).toBe('2 Mar 2026')
    expect(spanWords('2026-03-02', '2026-03-06')).toBe('2 Mar to 6 Mar 2026')
  })
})
