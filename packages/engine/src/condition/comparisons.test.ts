import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalog, NOW } from '../../testing/conditions.ts'
import { arbitraryState } from '../../testing/people.ts'
import type { ContactState } from '../state/contact.ts'
import { compileCondition, foldFields, foldProps, MAX_AMOUNT, type Rule } from './index.ts'

const [anybody] = fc.sample(arbitraryState, { seed: 1, numRuns: 1 })
if (!anybody) throw new Error('nobody was made up')
const nobody: ContactState = {
  ...anybody,
  person: { ...anybody.person, fields: {}, folded: {} },
  events: [],
  related: [],
  enrolments: [],
  past: [],
}
const person = (fields: Record<string, string | number | boolean | string[]>): ContactState => ({
  ...nobody,
  person: { ...nobody.person, fields, folded: foldFields(fields, ['city', 'plan', 'tags']) },
})
const truth = (rule: Rule, state: ContactState) => {
  const made = compileCondition({ combinator: 'and', rules: [rule] }, catalog)
  if ('issues' in made) throw new Error(JSON.stringify(made.issues))
  return made.ok.evaluate({ now: NOW, state, enteredAt: null }).truth
}
const asks = (key: string, op: Rule['op'], value?: Rule['value']): Rule => ({
  subject: { kind: 'field', key },
  op,
  ...(value === undefined ? {} : { value }),
})

describe('EC-3 how texts compare', () => {
  test.each<[Rule['op'], Rule['value'], string[], string[]]>([
    ['is', 'bonn', ['Bonn'], ['Bonner', 'B']],
    ['is-not', 'bonn', ['Bonner'], ['Bonn']],
    ['contains', 'onn', ['Bonn', 'Onn'], ['Berlin']],
    ['not-contains', 'onn', ['Berlin'], ['Bonn']],
    ['starts-with', 'bo', ['Bonn'], ['abo', 'ob']],
    ['ends-with', 'nn', ['Bonn'], ['nna']],
    ['any-of', ['bonn', 'ulm'], ['Ulm', 'BONN'], ['Bonner']],
    ['none-of', ['bonn', 'ulm'], ['Bonner'], ['ulm']],
    ['lt', 'bonn', ['Berlin'], ['Bonn', 'Ulm']],
    ['gt', 'bonn', ['Ulm'], ['Bonn', 'Berlin']],
  ])('%s %j', (op, value, yes, no) => {
    expect(yes.map((city) => truth(asks('city', op, value), person({ city })))).toEqual(yes.map(() => true))
    expect(no.map((city) => truth(asks('city', op, value), person({ city })))).toEqual(no.map(() => false))
  })
})

describe('EC-1 how numbers compare', () => {
  test.each<[Rule['op'], Rule['value'], number[], number[]]>([
    ['is', 3, [3], [2, 4]],
    ['is-not', 3, [2], [3]],
    ['lt', 3, [2], [3, 4]],
    ['le', 3, [2, 3], [4]],
    ['gt', 3, [4], [3, 2]],
    ['ge', 3, [4, 3], [2]],
    ['between', [3, 5], [3, 4, 5], [2, 6]],
    ['between', [3, 3], [3], [2, 4]],
  ])('%s %j', (op, value, yes, no) => {
    expect(yes.map((age) => truth(asks('age', op, value), person({ age })))).toEqual(yes.map(() => true))
    expect(no.map((age) => truth(asks('age', op, value), person({ age })))).toEqual(no.map(() => false))
  })

  test.each([
    [asks('vip', 'is', true), { vip: true }, true],
    [asks('vip', 'is', true), { vip: false }, false],
    [asks('vip', 'is-not', true), { vip: false }, true],
    [asks('vip', 'is', false), { vip: false }, true],
    [asks('vip', 'is-not', false), { vip: false }, false],
    [asks('vip', 'empty'), { vip: false }, false],
    [asks('vip', 'not-empty'), { vip: false }, true],
  ])('%j of %j: %s', (rule, fields, expected) => {
    expect(truth(rule, person(fields))).toBe(expected)
  })
})

describe('EC-4 how dates compare', () => {
  test.each<[Rule['op'], Rule['value'], string[], string[]]>([
    ['is', '2026-03-29', ['2026-03-29'], ['2026-03-28', '2026-03-30']],
    ['before', '2026-03-29', ['2026-03-28'], ['2026-03-29', '2026-03-30']],
    ['after', '2026-03-29', ['2026-03-30'], ['2026-03-29', '2026-03-28']],
    ['between', ['2026-03-28', '2026-03-29'], ['2026-03-28', '2026-03-29'], ['2026-03-27', '2026-03-30']],
    ['is', '9999-12-31', ['9999-12-31'], ['9999-12-30']],
    ['after', '9999-12-31', [], ['9999-12-31', '9999-12-30']],
    ['in-last-days', 2, ['2026-03-29', '2026-03-27'], ['2026-03-26', '2026-03-30']],
    ['in-next-days', 2, ['2026-03-29', '2026-03-31'], ['2026-03-28', '2026-04-01']],
  ])('a date %s %j', (op, value, yes, no) => {
    expect(yes.map((renewal) => truth(asks('renewal', op, value), person({ renewal })))).toEqual(yes.map(() => true))
    expect(no.map((renewal) => truth(asks('renewal', op, value), person({ renewal })))).toEqual(no.map(() => false))
  })

  // Berlin is an hour ahead of UTC, from 02:00 on the 29th on two.
  test.each<[Rule['op'], Rule['value'], string[], string[]]>([
    ['is', '2026-03-28T12:00', ['2026-03-28T11:00:00.000Z'], ['2026-03-28T11:00:00.001Z', '2026-03-28T10:59:59.999Z']],
    ['is', '2026-03-28T12:00:30.5', ['2026-03-28T11:00:30.500Z'], ['2026-03-28T11:00:30.000Z']],
    ['is', '2026-03-28T12:00Z', ['2026-03-28T12:00:00.000Z'], ['2026-03-28T11:00:00.000Z']],
    ['is', '2026-03-28T12:00:00.25+05:30', ['2026-03-28T06:30:00.250Z'], ['2026-03-28T06:30:00.000Z']],
    ['before', '2026-03-28T12:00', ['2026-03-28T10:59:59.999Z'], ['2026-03-28T11:00:00.000Z']],
    ['after', '2026-03-28T12:00', ['2026-03-28T11:00:00.001Z'], ['2026-03-28T11:00:00.000Z']],
    ['between', ['2026-03-28', '2026-03-29'], ['2026-03-27T23:00:00.000Z', '2026-03-29T21:59:59.999Z'], ['2026-03-29T22:00:00.000Z']],
    [
      'in-last-days',
      0.5,
      ['2026-03-29T00:00:00.000Z', '2026-03-28T12:00:00.001Z'],
      ['2026-03-28T12:00:00.000Z', '2026-03-29T00:00:00.001Z'],
    ],
    [
      'in-next-days',
      0.5,
      ['2026-03-29T00:00:00.001Z', '2026-03-29T12:00:00.000Z'],
      ['2026-03-29T00:00:00.000Z', '2026-03-29T12:00:00.001Z'],
    ],
  ])('a date-time %s %j', (op, value, yes, no) => {
    expect(yes.map((seen) => truth(asks('seen', op, value), person({ seen })))).toEqual(yes.map(() => true))
    expect(no.map((seen) => truth(asks('seen', op, value), person({ seen })))).toEqual(no.map(() => false))
  })
})

describe('EC-5 EC-12 how a property is read', () => {
  const record = (data: Record<string, unknown>): ContactState => ({
    ...nobody,
    related: [{ kind: 'purchase', id: 'a', data, folded: foldProps(data), at: NOW }],
  })
  type Property = Extract<Rule['subject'], { kind: 'related' }>['where'][number]
  const fits = (where: Property, value: unknown) =>
    truth(
      { subject: { kind: 'related', of: 'purchase', where: [where], window: { kind: 'ever' } }, op: 'is', value: 1 },
      record({ p: value }),
    )

  test.each<[string, Property, unknown[], unknown[]]>([
    [
      'as a number',
      { key: 'p', op: 'ge', value: 1 },
      [1, '1', '1.5', '001', '123456789012345'],
      ['', null, 'one', '1e3', ' 1', '1 ', true, '-1', Number.NaN, '1234567890123456', '1.', [1]],
    ],
    ['as a negative number', { key: 'p', op: 'lt', value: 0 }, [-1, '-1', '-0.5'], ['--1', '- 1', 'x-1']],
    ['as a number in a span', { key: 'p', op: 'between', value: [1, 2] }, [1, '2', 1.5], [0.9, 2.1, 'one']],
    ['as yes', { key: 'p', op: 'is', value: true }, [true, 'true'], [false, 'false', 'yes', 1, 'TRUE', null]],
    ['as no', { key: 'p', op: 'is', value: false }, [false, 'false'], [true, 'true', 'no', 0, '', null]],
    ['as not yes', { key: 'p', op: 'is-not', value: true }, [false, 'false'], [true, 'no']],
    ['as a text', { key: 'p', op: 'is', value: 'TRUE' }, [true, 'True'], [false, 1, null]],
    ['as the text of a whole number', { key: 'p', op: 'is', value: '12' }, [12, '12'], [12.5, '12.0', [12], { 12: 12 }]],
    ['as a text of a number that is not whole', { key: 'p', op: 'is', value: '0.5' }, ['0.5'], [0.5]],
    [
      'as a date before',
      { key: 'p', op: 'before', value: '2026-03-29' },
      ['2026-03-28', '2026-03-28T23:00:00Z'],
      ['2026-03-29', '29.03.2026', 20260328, 'x2026-03-28'],
    ],
    [
      'as a date after',
      { key: 'p', op: 'after', value: '2026-03-29' },
      ['2026-03-30', '2026-03-30T00:00:00Z'],
      ['2026-03-29T23:00:00Z', 'later', 20260330],
    ],
    ['as there', { key: 'p', op: 'not-empty' }, [0, false, 'x', []], ['', null]],
    ['as not there', { key: 'p', op: 'empty' }, ['', null], [0, false, 'x']],
  ])('%s', (_, where, yes, no) => {
    expect(yes.filter((it) => fits(where, it) !== true)).toEqual([])
    expect(no.filter((it) => fits(where, it) !== false)).toEqual([])
  })

  test.each<[unknown, number]>([
    [MAX_AMOUNT, MAX_AMOUNT],
    [-MAX_AMOUNT, -MAX_AMOUNT],
    [MAX_AMOUNT + 1, 0],
    [-MAX_AMOUNT - 1, 0],
    ['12.5', 12.5],
    ['twelve', 0],
    [true, 0],
  ])('EC-18 %j adds %d', (value, adds) => {
    const sum: Rule = {
      subject: { kind: 'related', of: 'purchase', where: [], window: { kind: 'ever' }, measure: { sum: 'p' } },
      op: 'is',
      value: adds,
    }
    expect(truth(sum, record({ p: value }))).toBe(true)
  })
})
