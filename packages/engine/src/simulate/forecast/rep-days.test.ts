import { businessCalendar, DAY, HOUR } from '@baton/leads'
import { expect, test } from 'vitest'
import { daysAtWork, partsOfDays } from './rep-days.ts'

/** A Monday, at midnight. */
const FROM = Date.UTC(2026, 2, 2)
const week = { from: FROM, until: FROM + 7 * DAY }
const office = businessCalendar({
  zone: 'UTC',
  hours: Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])),
  holidays: [{ date: '2026-03-04', name: 'Founders day' }],
})('UTC')

test.each([
  ['the weekend and a holiday are off', [], 'works works off works works off off'],
  ['whoever is away for the whole working time of a day is away', [[9, 17]], 'away works off works works off off'],
  ['half a day away is a day at work', [[9, 13]], 'works works off works works off off'],
  [
    'two absences that together fill a day, and overlap',
    [
      [9, 14],
      [12, 17],
    ],
    'away works off works works off off',
  ],
  ['on a day off nobody is away', [[0, 96]], 'away away off away works off off'],
])('S-26 %s', (_, hours, expected) => {
  const absences = hours.map(([from = 0, to = 0]) => ({ from: FROM + from * HOUR, to: FROM + to * HOUR }))
  expect(daysAtWork(week, { absences }, office).join(' ')).toBe(expected)
})

test('S-26 whoever has no hours works at all of them, and own hours go before those of the team', () => {
  expect(daysAtWork(week, { absences: [] }, null)).toEqual(Array.from({ length: 7 }, () => 'works'))
  expect(daysAtWork(week, { absences: [{ from: FROM, to: FROM + DAY }] }, null)[0]).toBe('away')
  expect(daysAtWork({ from: FROM, until: FROM + DAY }, { absences: [], hours: office }, null)).toEqual(['works'])
})

test('S-26 a span is cut into the days in which it lies, and at both ends of the time', () => {
  const span = { from: FROM - HOUR, to: FROM + DAY + HOUR }
  expect([...partsOfDays(week, span)]).toEqual([
    { day: 0, ms: DAY },
    { day: 1, ms: HOUR },
  ])
  expect([...partsOfDays({ from: FROM, until: FROM + HOUR }, span)]).toEqual([{ day: 0, ms: HOUR }])
  expect([...partsOfDays(week, { from: FROM + 2, to: FROM + 1 })]).toEqual([])
})
