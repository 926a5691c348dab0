import { expect, test } from 'vitest'
import { placeFor } from './keep-in-view.ts'

const frame = { left: 200, width: 1000, height: 800 }
const place = { x: 200, y: 0, zoom: 0.5 }
const box = { x: 400, y: 400, width: 224, height: 56 }

test('what is seen stays where it is', () => {
  expect(placeFor(place, box, frame)).toBe(place)
})

test('what would lie outside comes to the middle, at the same zoom', () => {
  for (const far of [
    { ...box, y: 4000 },
    { ...box, x: -900 },
  ]) {
    const { x, y, zoom } = placeFor(place, far, frame)
    expect(zoom).toBe(0.5)
    expect(x + (far.x + far.width / 2) * zoom - frame.left).toBe(frame.width / 2)
    expect(y + (far.y + far.height / 2) * zoom).toBe(frame.height / 2)
  }
})
