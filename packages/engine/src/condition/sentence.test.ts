import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryCondition, catalog } from '../../testing/conditions.ts'
import { emptyCatalog } from '../catalog.ts'
import { type Condition, conditionSentence, OPERATORS, operatorsFor, type Rule } from './index.ts'

const steps = [{ id: 'n1', name: 'Welcome mail', ports: [{ id: 'sent', label: 'Sent' }] }]
const said = (source: Condition) =>
  conditionSentence(source, { ...catalog, steps })
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
  [one({ subject: { kind: 'mailable' }, op: 'is-not' }), 'they *cannot get mail*'],
  [one({ subject: { kind: 'passage', flowId: 'flw', is: 'ever' }, op: 'is' }), 'they are or were in the flow *Welcome*'],
  [one({ subject: { kind: 'passage', flowId: 'gone', is: 'now' }, op: 'is-not' }), 'they are not in the flow ?choose a flow?'],
  [one({ subject: { kind: 'today' }, op: 'before', value: '2026-05-01' }), '*today* is before *1 May 2026*'],
  [
    one({ subject: { kind: 'weekday' }, op: 'any-of', value: ['monday', 'friday'] }),
    '*the day of the week* is one of *Monday* or *Friday*',
  ],
  [
    one(
      {
        subject: { kind: 'related', of: 'purchase', where: [{ key: 'plan', op: 'is', value: 'pro' }], window: { kind: 'ever' } },
        op: 'ge',
        value: 2,
      },
      field('age', 'gt', 5),
    ),
    'they have at least *2 purchases* (where *plan* is *pro)* and *Age* is more than *5*',
  ],
  [
    one(
      field('seen', 'after', '2026-03-01T09:00'),
      field('seen', 'before', '2026-03-02T09:00:59.5Z'),
      field('seen', 'is', '2026-03-03T09:00:00+02:00'),
    ),
    '*Last seen* is after *1 Mar 2026 09:00* and *Last seen* is before *2 Mar 2026 09:00:59.5 UTC* and *Last seen* is on *3 Mar 2026 09:00 UTC+02:00*',
  ],
  [one(field('tags', 'all-of', ['a', 'b', 'c'])), '*Tags* has all of *a,* *b* and *c*'],
  [
    one({ subject: { kind: 'related', of: 'purchase', where: [], window: { kind: 'days', days: 30 } }, op: 'ge', value: 1 }),
    'they have at least *1 purchase* in the last *30 days*',
  ],
  [one({ subject: { kind: 'related', of: 'company', where: [], window: { kind: 'ever' } }, op: 'is', value: 0 }), 'they have *no company*'],
  [
    one({
      subject: { kind: 'related', of: 'purchase', where: [], window: { kind: 'ever' }, measure: { sum: 'amount' } },
      op: 'gt',
      value: 500,
    }),
    'the sum of *amount* over *purchases* is more than *500*',
  ],
  [
    one({ subject: { kind: 'event', type: 'page', where: [], window: { kind: 'ever' }, measure: 'days-since-last' }, op: 'ge', value: 30 }),
    'the last time they viewed *any page* is at least *30 days* ago',
  ],
  [
    one({ ...clicks, subject: { ...clicks.subject, window: { kind: 'since-arriving' } } as Rule['subject'] }),
    'they clicked *any link* at least *2 times* since they came to this step',
  ],
  [
    one({ subject: { kind: 'carried', key: 'order_total', type: 'number' }, op: 'ge', value: 50 }),
    'the value *order_total* is at least *50*',
  ],
  [
    one({ subject: { kind: 'journey', node: 'n1', port: 'sent' }, op: 'ge', value: 1 }),
    'they left *Welcome mail* by *Sent* at least *once*',
  ],
  [one({ subject: { kind: 'journey', node: 'n2' }, op: 'is', value: 0 }), 'they came to ?choose a step? *never*'],
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

/** Every value of a condition as a person would write it; of long lists those that are told. */
const valuesOf = (part: Rule | Condition): (string | number | boolean)[] => {
  if ('rules' in part) return part.rules.flatMap(valuesOf)
  const list = part.value === undefined ? [] : Array.isArray(part.value) ? part.value : [part.value]
  const { subject } = part
  const where =
    subject.kind === 'event' || subject.kind === 'related'
      ? subject.where.flatMap((it) => valuesOf({ ...part, subject: { kind: 'stage' }, value: it.value }))
      : []
  const never = part.op === 'lt' ? list[0] === 1 : (part.op === 'is' || part.op === 'le') && list[0] === 0
  return [...(never ? [] : list), ...where]
}

test('EC-23 the sentence of any condition names every value, whatever the catalog has', () => {
  const bare = emptyCatalog('UTC')
  fc.assert(
    fc.property(arbitraryCondition(true), (source) => {
      const text = conditionSentence(source, catalog)
        .map((it) => it.text)
        .join(' ')
        .toLowerCase()
      for (const value of valuesOf(source)) expect(text).toContain(shown(value))
      expect(conditionSentence(source, bare).length).toBeGreaterThan(0)
    }),
    { seed: 20261122, numRuns: 500 },
  )
})

const shown = (value: string | number | boolean): string => {
  if (value === 1) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const [year, month, day] = /^\d{4}-\d{2}-\d{2}/.test(String(value)) ? String(value).slice(0, 10).split('-') : []
  return day === undefined ? String(value).toLowerCase() : `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`
}
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
