import { EMPTY_AGREEMENT, emptyCatalog } from '@baton/engine'
import { expect, test } from 'vitest'
import { ruleFrom, withRule } from './take-up.ts'

const catalog = { ...emptyCatalog('UTC'), fields: [{ key: 'tags', label: 'Tags', type: 'tags' as const }] }
const field = { of: 'field', label: 'Employees', key: 'employees' } as const

test('what rejected leads have in common is asked not to be so; what customers have, to be so', () => {
  expect(ruleFrom({ ...field, op: 'lt', value: 20 }, false, catalog)).toEqual({
    subject: { kind: 'field', key: 'employees' },
    op: 'ge',
    value: 20,
  })
  expect(ruleFrom({ ...field, op: 'lt', value: 20 }, true, catalog)).toMatchObject({ op: 'lt', value: 20 })
  expect(ruleFrom({ ...field, op: 'empty' }, false, catalog)).toEqual({ subject: { kind: 'field', key: 'employees' }, op: 'not-empty' })
  expect(ruleFrom({ ...field, op: 'is', value: 'DE' }, false, catalog)).toMatchObject({ op: 'is-not', value: 'DE' })
  expect(ruleFrom({ ...field, key: 'tags', op: 'is', value: 'vip' }, true, catalog)).toMatchObject({ op: 'any-of', value: ['vip'] })
  expect(ruleFrom({ of: 'event', type: 'page', days: 90 }, true, catalog)).toMatchObject({
    op: 'ge',
    value: 1,
    subject: { window: { days: 90 } },
  })
})

test('the new criterion holds as well as those before, whatever joins them', () => {
  const rule = ruleFrom({ ...field, op: 'ge', value: 20 }, true, catalog)
  const either = { combinator: 'or' as const, rules: [rule, rule] }
  expect(withRule(EMPTY_AGREEMENT, rule).fit.rules).toEqual([rule])
  expect(withRule({ ...EMPTY_AGREEMENT, fit: either }, rule).fit).toEqual({ combinator: 'and', rules: [either, rule] })
  const did = ruleFrom({ of: 'event', type: 'page', days: 90 }, true, catalog)
  expect(withRule(EMPTY_AGREEMENT, did)).toMatchObject({ fit: { rules: [] }, engagement: { rules: [did] } })
})
