import { expect, test } from 'vitest'
import { typedAhead } from './words.ts'

const lines = ['Tag trial', 'Wait 2 days', 'Send the webinar', 'Tag called', 'Wait 5 days']

test.each([
  ['the next that begins so', 0, 't', 3],
  ['round and round', 3, 't', 0],
  ['one letter again and again', 3, 'tt', 0],
  ['from the second letter on also where one stands', 1, 'wa', 1],
  ['a space is a letter', 1, 'wait 5', 4],
  ['else a word within', 0, 'webi', 2],
  ['nothing', 0, 'x', null],
] as const)('%s', (_, now, typed, found) => {
  expect(typedAhead(lines, now, typed)).toBe(found)
})
