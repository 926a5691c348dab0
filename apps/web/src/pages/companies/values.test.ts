import { expect, test } from 'vitest'
import { dataOf, meant, shown, typedOf } from './values.ts'

test.each([
  ['29.5', 29.5],
  ['-3', -3],
  ['007', '007'],
  ['1e5', '1e5'],
  [' true ', true],
  ['false', false],
  ['Berlin ', 'Berlin'],
])('%j means %j', (text, value) => expect(meant(text)).toBe(value))

test('what a form shows is what it saves; empty lines are left out', () => {
  const data = { employees: 50, vip: true, plan: 'gold' }
  expect(dataOf([...typedOf(data), { name: '', text: 'x' }, { name: 'y', text: ' ' }])).toEqual(data)
  expect([shown(true), shown(12_000), shown(29.9), shown('x')]).toEqual(['yes', '12,000', '29.9', 'x'])
})
