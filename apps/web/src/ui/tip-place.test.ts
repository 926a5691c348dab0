import { expect, test } from 'vitest'
import { placeTip } from './tip-place.ts'

const window = { width: 1000, height: 600 }
const tip = { width: 100, height: 24 }
const about = { left: 400, top: 300, width: 40, height: 28 }

test('a tip stands beside the middle of what it is about', () => {
  expect(placeTip(about, tip, 'bottom', window)).toEqual({ left: 370, top: 334 })
  expect(placeTip(about, tip, 'top', window)).toEqual({ left: 370, top: 270 })
  expect(placeTip(about, tip, 'right', window)).toEqual({ left: 446, top: 302 })
  expect(placeTip(about, tip, 'left', window)).toEqual({ left: 294, top: 302 })
})

test('it goes to the other side where only that has room', () => {
  expect(placeTip({ ...about, top: 560 }, tip, 'bottom', window).top).toBe(530)
  expect(placeTip({ ...about, left: 940 }, tip, 'right', window).left).toBe(834)
})

test('it never leaves the window', () => {
  expect(placeTip({ ...about, left: 970 }, tip, 'bottom', window).left).toBe(896)
  expect(placeTip({ ...about, left: 0 }, tip, 'bottom', window).left).toBe(4)
  expect(placeTip(about, { width: 2000, height: 24 }, 'bottom', window).left).toBe(4)
})
