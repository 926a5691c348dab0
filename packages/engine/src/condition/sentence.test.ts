import { expect, test } from 'vitest'
import { catalog } from '../../testing/conditions.ts'
import { type Condition, conditionSentence, OPERATORS, operatorsFor, type Rule } from './index.ts'

const said = (source: Condition) =>
  conditionSentence(source, catalog)
    .map((it) => (it.kind === 'strong' ? `*${it.text}*` : it.kind === 'missing' ? `?${it.text}?` : it.text))
    .join(' ')
const one = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const field = (key: string, op: Rule['op'], value?: Rule['value']): Rule => ({ subject: { kind: 'field', key }, op, value })

const clicks: Rule = {
  subject: { kind: 'event', type: 'mail.clicked', where: [], window: { kind: 'days', days: 14 } },
  op: 'ge',
  value: 2,
}

test.each<[Condition, string]>([
  [
    one({ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 60 }, clicks),
    '*Fit score* is at least *60* and they clicked *any link* at least *2 times* in the last *14 days*',
  ],
  [one({ ...clicks, op: 'is', value: 0 }), 'they clicked *any link* *never* in the last *14 days*'],
  [
    one({
      subject: { kind: 'event', type: 'Order', where: [{ key: 'amount', op: 'ge', value: 50 }], window: { kind: 'ever' } },
      op: 'ge',
      value: 1,
    }),
    'they did *Order* where *amount* is at least *50* at least *once*',
  ],
  [one(field('plan', 'any-of', ['Free', 'Pro', 'Ünï'])), '*Plan* is one of *Free,* *Pro* or *Ünï*'],
  [one(field('renewal', 'in-next-days', 1)), '*Renewal* is in the next *1 day*'],
  [one(field('renewal', 'between', ['2026-03-01', '2026-12-31'])), '*Renewal* is between *1 Mar 2026* and *31 Dec 2026*'],
  [one(field('vip', 'is', true)), '*VIP* is *yes*'],
  [one({ subject: { kind: 'segment', segmentId: 'seg_a' }, op: 'is-not' }), 'they are not in *Anglers*'],
  [one({ subject: { kind: 'consent', topic: 'marketing' }, op: 'is' }), 'they agreed to *marketing mail*'],
  [one(field('gone', 'is', 'x')), '?choose a field? ?choose a comparison?'],
  [one(field('city', 'is')), '*City* is ?choose a value?'],
  [{ combinator: 'and', rules: [] }, '?add a condition?'],
  [
    { combinator: 'or', rules: [field('age', 'lt', 18), { combinator: 'and', not: true, rules: [field('city', 'empty')] }] },
    '*Age* is less than *18* or not *(City* is empty)',
  ],
])('%# reads aloud', (source, sentence) => {
  expect(said(source)).toBe(sentence)
})

test('the editor offers what compiles, with words', () => {
  expect(operatorsFor({ kind: 'field', key: 'age' }, catalog)).toBe(OPERATORS.number)
  expect(operatorsFor({ kind: 'field', key: 'gone' }, catalog)).toEqual([])
})
