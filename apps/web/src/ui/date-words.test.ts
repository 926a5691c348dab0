import { describe, expect, it } from 'vitest'
import { clockWords, dateWords, dayWords, spanWords, utcWords } from './date-words.ts'

const zone = 'Europe/Oslo'
const now = Date.parse('2026-03-13T12:52:00Z') // Friday, 13:52 in Oslo
const at = (text: string) => Date.parse(text)

describe('dateWords', () => {
  it.each([
    ['2026-03-13T14:40:00Z', 'today 15:40'],
    ['2026-03-12T23:30:00Z', 'today 00:30'],
    ['2026-03-12T22:30:00Z', 'yesterday 23:30'],
    ['2026-03-14T08:00:00Z', 'tomorrow 09:00'],
    ['2026-03-17T08:00:00Z', 'Tue 09:00'],
    ['2026-03-20T08:00:00Z', '20 Mar'],
    ['2026-03-04T08:00:00Z', '4 Mar'],
    ['2024-05-19T08:00:00Z', '19 May 2024'],
  ])('%s reads %s', (text, words) => expect(dateWords(at(text), { now, zone })).toBe(words))

  it('keeps the time when asked', () => expect(dateWords(at('2026-03-04T08:00:00Z'), { now, zone }, true)).toBe('4 Mar 09:00'))

  it('counts calendar days, not hours, over the change to summer time', () => {
    const before = at('2026-03-28T22:59:00Z') // 23:59 on the 28th
    const after = at('2026-03-28T23:01:00Z') // 00:01 on the 29th, a day of 23 hours
    const next = at('2026-03-29T22:30:00Z') // 00:30 on the 30th
    expect(dateWords(after, { now: before, zone })).toBe('tomorrow 00:01')
    expect(dateWords(next, { now: after, zone })).toBe('tomorrow 00:30')
  })
})

it('dayWords says the month in full', () => expect(dayWords(at('2026-02-24T08:00:00Z'), { now, zone })).toBe('24 February'))
it('the year counts in the zone', () => expect(dayWords(at('2025-12-31T23:30:00Z'), { now, zone })).toBe('1 January'))
it('clockWords uses 24 hours and midnight is 00', () => expect(clockWords(at('2026-03-12T23:05:00Z'), zone)).toBe('00:05'))
it('utcWords is exact', () => expect(utcWords(at('2026-03-13T14:40:05Z'))).toBe('2026-03-13 14:40:05 UTC'))

it.each([
  [30_000, 'under a minute'],
  [22 * 60_000, '22 min'],
  [108 * 60_000, '1 h 48 min'],
  [-120 * 60_000, '2 h'],
  [25 * 3_600_000, '1 day'],
  [49 * 3_600_000, '2 days'],
])('%d ms is %s', (ms, words) => expect(spanWords(ms)).toBe(words))
