import { expect, test } from 'vitest'
import { dataOf, known, knownWords, labelOf, meant, shown, typedOf } from './values.ts'

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

test.each([
  ['employees', 'Employees'],
  ['annual_revenue', 'Annual revenue'],
  ['billingCity', 'Billing city'],
  ['VAT-id', 'VAT id'],
  ['Last Order', 'Last order'],
  ['_', '_'],
])('%j is called %j', (name, label) => expect(labelOf(name)).toBe(label))

test('what is known stands under names for people; two that read alike stay as they came', () => {
  expect(known({ employees: 120, domain: 'x.example', annual_revenue: 1, annualRevenue: 2 }, ['Domain'])).toEqual([
    ['Employees', '120'],
    ['domain', 'x.example'],
    ['annual_revenue', '1'],
    ['annualRevenue', '2'],
  ])
  expect(knownWords({ employees: 1200, vip: true })).toBe('Employees 1,200 · Vip yes')
})
