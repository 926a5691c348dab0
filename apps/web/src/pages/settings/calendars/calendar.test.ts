import { describe, expect, it } from 'vitest'
import { coming, dayOf, freshHours, hoursWords, isEverOpen, weekHours } from './calendar.ts'

describe('a calendar in words', () => {
  it.each([
    [freshHours, 'Mon–Fri 09:00–17:00', 40],
    [{ ...freshHours, 5: [{ from: '09:00', to: '15:00' }], 6: [] }, 'Mon–Thu 09:00–17:00; Fri 09:00–15:00', 38],
    [
      {
        1: [
          { from: '09:00', to: '12:00' },
          { from: '13:00', to: '17:00' },
        ],
        3: [{ from: '00:00', to: '24:00' }],
      },
      'Mon 09:00–12:00, 13:00–17:00; Wed 00:00–24:00',
      31,
    ],
    [{}, '', 0],
  ])('%o', (hours, words, sum) => {
    expect(hoursWords(hours)).toBe(words)
    expect(weekHours(hours)).toBe(sum)
  })

  it('knows which holidays are still to come', () => {
    const holidays = [
      { date: '2026-01-01', name: 'New Year' },
      { date: '2026-12-25', name: 'Christmas' },
    ]
    expect(coming(holidays, '2026-06-01')).toEqual([holidays[1]])
    expect(coming(holidays, '2026-01-01')).toHaveLength(2)
    expect(dayOf('2026-12-25')).toBe('Fri, 25 Dec 2026')
  })

  it('says whether there is an hour to wait for', () => {
    expect(isEverOpen({ hours: freshHours, holidays: [] }, 0)).toBe(true)
    expect(isEverOpen({ hours: {}, holidays: [] }, 0)).toBe(false)
    expect(isEverOpen({ hours: { 1: [{ from: '17:00', to: '09:00' }] }, holidays: [] }, 0)).toBe(false)
  })
})
