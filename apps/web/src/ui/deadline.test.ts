import { expect, it } from 'vitest'
import { deadline } from './deadline.ts'

const min = 60_000
it.each([
  [190 * min, 240 * min, 'muted', '3 h 10 min left'],
  [120 * min, 240 * min, 'muted', '2 h left'],
  [108 * min, 240 * min, 'warn', '1 h 48 min left'],
  [29 * min, 40 * min, 'danger', '29 min left'],
  [30 * min, 40 * min, 'muted', '30 min left'],
  [-24 * min, 240 * min, 'danger', '24 min late'],
])('%d of %d ms is %s, %s', (left, whole, tone, words) => {
  expect(deadline(left, whole)).toMatchObject({ tone, words })
})

it('the ring is a share of the whole and empty once late', () => {
  expect(deadline(60 * min, 240 * min).share).toBe(0.25)
  expect(deadline(-1, 240 * min)).toMatchObject({ share: 0, late: true })
})
