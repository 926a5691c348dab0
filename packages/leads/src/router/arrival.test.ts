import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byArrival } from '../index.ts'

const arrival = fc.record({ at: fc.integer({ min: 0, max: 3 }), key: fc.string({ maxLength: 2 }) })

test('LR-14 who came first stands first, of one instant by key', () => {
  const keys = [
    { at: 2, key: 'a' },
    { at: 1, key: 'b' },
    { at: 1, key: 'a/10' },
    { at: 1, key: 'a/9' },
  ]
  expect(keys.sort(byArrival).map(({ at, key }) => `${at} ${key}`)).toEqual(['1 a/10', '1 a/9', '1 b', '2 a'])
})

test('LR-14 however they come to stand in the list', () => {
  fc.assert(
    fc.property(fc.array(arrival), (all) => {
      expect([...all].reverse().sort(byArrival)).toEqual([...all].sort(byArrival))
    }),
  )
})
