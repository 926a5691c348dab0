import { describe, expect, test } from 'vitest'
import { figure, median, quantile, table } from './figures.ts'

describe('a figure', () => {
  test('is judged by its ratio where there is a baseline', () => {
    const speed = { name: 'steps', value: 60, unit: 'k/s', baseline: 100, goal: 0.5, better: 'larger' } as const
    expect(figure(speed)).toEqual({
      name: 'steps',
      value: 60,
      unit: 'k/s',
      baseline: 100,
      ratio: 0.6,
      better: 'larger',
      goal: 0.5,
      next: null,
      met: true,
    })
    expect(figure({ ...speed, goal: 0.8 }).met).toBe(false)
  })

  test('is judged by itself where there is none', () => {
    const weight = { name: 'first', value: 199.96, unit: 'kB', goal: 199.95, better: 'smaller' } as const
    expect(figure(weight)).toMatchObject({ baseline: null, ratio: null, met: false })
    expect(figure({ ...weight, goal: undefined })).toMatchObject({ goal: null, met: null })
  })

  test('may ask for more than its goal', () => {
    const speed = figure({ name: 'steps', value: 60, unit: 'k/s', baseline: 100, goal: 0.5, next: 0.8, better: 'larger' })
    expect(speed).toMatchObject({ goal: 0.5, next: 0.8, met: true })
    expect(table([speed])).toBe('ok  steps  60 k/s  baseline 100  0.6x  goal 0.5  then 0.8')
  })

  test('stands in a table that names the missed ones', () => {
    const made = figure({ name: 'first', value: 2, unit: 'kB', goal: 1, better: 'smaller' })
    expect(table([made])).toBe('MISSED  first  2 kB      goal 1')
  })
})

test('the median is the middle, or the mean of the two middles', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(() => median([])).toThrow('nothing')
})

test('a quantile is a value that was seen', () => {
  expect(quantile([30, 10, 20, 40], 0.5)).toBe(20)
  expect(quantile([30, 10, 20, 40], 0.99)).toBe(40)
  expect(quantile([7], 0)).toBe(7)
  expect(() => quantile([], 0.5)).toThrow('nothing')
})
