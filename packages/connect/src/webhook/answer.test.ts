import { expect, test } from 'vitest'
import { readAnswer } from './answer.ts'

test.each([
  ['{"a":[1,true,null,"x"]}', { a: [1, true, null, 'x'] }],
  ['7', 7],
  ['"a\\u0000b"', 'ab'],
  ['{"a\\u0000":"\\ud800"}', { a: '\ufffd' }],
  ['', null],
  ['<html>', null],
  [`${'['.repeat(32)}${']'.repeat(32)}`, expect.any(Array)],
  [`${'['.repeat(33)}${']'.repeat(33)}`, null],
  [`${'['.repeat(15_000)}${']'.repeat(15_000)}`, null],
])('%.20s', (text, expected) => {
  expect(readAnswer(text)).toEqual(expected)
})

test('a name that means something to JavaScript is a name like others', () => {
  const read = readAnswer('{"__proto__":{"x":1}}')
  expect(Object.keys(read ?? {})).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
})
