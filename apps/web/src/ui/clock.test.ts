import { describe, expect, it } from 'vitest'
import { readClock } from './clock.ts'

describe('a time of day as people type it', () => {
  it.each([
    ['9', '09:00'],
    ['09', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9:30', '09:30'],
    ['17.30', '17:30'],
    ['9 pm', '21:00'],
    ['12 am', '00:00'],
    ['12:15pm', '12:15'],
    [' 00:00 ', '00:00'],
  ])('%j is %s', (text, time) => expect(readClock(text)).toBe(time))

  it.each(['', '25', '9:60', '13 pm', '24:00', 'noon', '1:2:3'])('%j is none', (text) => expect(readClock(text)).toBeUndefined())

  it('midnight is the end of a day where that is meant', () => {
    expect(readClock('24', true)).toBe('24:00')
    expect(readClock('24:30', true)).toBeUndefined()
  })
})
