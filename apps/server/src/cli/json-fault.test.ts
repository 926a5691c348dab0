import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFault, lineAndColumn } from './json-fault.ts'

test.each([
  ['{"a": [,]}', 7],
  ['{"a": 1,}', 8],
  ['[1 2]', 3],
  ['{a: 1}', 1],
  ['{"a" 1}', 5],
  ['[01]', 2],
  ["['x']", 1],
  ['{"a": [1, 2}', 11],
  ['[1]]', 3],
  ['["a\nb"]', 1],
  ['', 0],
  ['{"a": ', 6],
])('%s stops being JSON at %i', (text, at) => {
  expect(jsonFault(text)).toBe(at)
})

test('what is JSON has no fault before its end, and what is cut off has it at the cut', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      expect(jsonFault(text)).toBe(text.length)
      const head = text.slice(0, cut % (text.length + 1))
      expect(jsonFault(`${head}\u0001`)).toBeLessThanOrEqual(head.length)
    }),
    { seed: 7, numRuns: 300 },
  )
})

test('places are counted from one', () => {
  expect(lineAndColumn('{\n  "nodes": [,]\n}', 14)).toBe('2:13')
})
