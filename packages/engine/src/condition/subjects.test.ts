import { DAY, HOUR, modelFactors } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalog, NOW } from '../../testing/conditions.ts'
import { arbitraryState } from '../../testing/people.ts'
import type { Catalog } from '../catalog.ts'
import type { ContactState } from '../state/contact.ts'
import type { Enrolment } from '../state/enrolment.ts'
import type { RelatedFact } from '../state/person.ts'
import { compileCondition, condition, foldFields, foldProps, type Rule } from './index.ts'

const [anybody] = fc.sample(arbitraryState, { seed: 1, numRuns: 1 })
const nobody: ContactState = {
  ...anybody!,
  person: { ...anybody!.person, fields: {}, folded: {}, suppressed: null },
  enrolments: [],
  past: [],
  events: [],
  ledger: [],
  related: [],
}
const passage: Enrolment = {
  id: null,
  flowId: 'flw',
  key: '',
  entry: 1,
  version: 1,
  node: 'mail',
  nodeSince: NOW - HOUR,
  enteredAt: NOW - DAY,
  dueAt: null,
  seq: 3,
  vars: {
    visits: { mail: 2 },
    here: {},
    held: [],
    frozenMs: 0,
    took: { 'mail/sent': 1 },
    data: { city: 'ZÜRICH', total: '49.90', paid: true },
  },
}
const verdict = (rule: Rule, state: ContactState, now = NOW, known: Catalog = catalog) => {
  const made = compileCondition({ combinator: 'and', rules: [rule] }, known)
  if ('issues' in made) throw new Error(JSON.stringify(made.issues))
  return made.ok.evaluate({ now, state, enteredAt: NOW - DAY, enrolment: state.enrolments[0] })
}
const truth = (rule: Rule, state: ContactState, now = NOW, known = catalog) => verdict(rule, state, now, known).truth
const reasons = (rule: Rule, place: 'flow' | 'segment', known: Catalog = catalog) => {
  const made = compileCondition({ combinator: 'and', rules: [rule] }, known, place)
  return 'issues' in made ? made.issues : []
}

const bought = (id: string, at: number, data: RelatedFact['data']): RelatedFact => ({
  kind: 'purchase',
  id,
  data,
  folded: foldProps(data),
  at,
})
type Related = Extract<Rule['subject'], { kind: 'related' }>
const purchases = (op: Rule['op'], value: Rule['value'], more: Partial<Related> = {}): Rule => ({
  subject: { kind: 'related', of: 'purchase', where: [], window: { kind: 'ever' }, ...more },
  op,
  value,
})

describe('EC-12 related records', () => {
  const state = {
    ...nobody,
    related: [
      bought('a', NOW - 3 * DAY, { product: 'Ünï', amount: 20.5 }),
      bought('b', NOW - DAY, { product: 'uni', amount: '9.5' }),
      bought('c', NOW + DAY, { product: 'x', amount: 'n/a' }),
    ],
  }
  test.each<[string, Rule, boolean]>([
    ['all there are count, whatever their date', purchases('is', 3), true],
    ['a window is half-open and ends now', purchases('is', 1, { window: { kind: 'days', days: 3 } }), true],
    ['properties narrow, folded', purchases('is', 1, { where: [{ key: 'product', op: 'is', value: 'ÜNÏ' }] }), true],
    ['amounts add up, texts of numbers too', purchases('is', 30, { measure: { sum: 'amount' } }), true],
    [
      'another kind is nothing',
      { ...purchases('is', 0), subject: { kind: 'related', of: 'company', where: [], window: { kind: 'ever' } } },
      true,
    ],
    ['a sum of nothing is 0', purchases('lt', 1, { measure: { sum: 'amount' }, where: [{ key: 'product', op: 'is', value: 'q' }] }), true],
  ])('%s', (_, rule, expected) => {
    expect(truth(rule, state)).toBe(expected)
  })

  test('a sum changes when what it adds up leaves the window', () => {
    const rule = purchases('ge', 5, { measure: { sum: 'amount' }, window: { kind: 'days', days: 2 } })
    expect(verdict(rule, state)).toEqual({ truth: true, until: NOW + DAY })
  })
})

describe('EC-13 in a flow', () => {
  const inside = { ...nobody, enrolments: [passage], past: [{ flowId: 'flw_b', key: '', entry: 1, endedAt: NOW - DAY }] }
  test.each<[string, 'now' | 'ever', Rule['op'], boolean]>([
    ['flw', 'now', 'is', true],
    ['flw', 'ever', 'is', true],
    ['flw_b', 'now', 'is', false],
    ['flw_b', 'now', 'is-not', true],
    ['flw_b', 'ever', 'is', true],
  ])('%s, %s, %s: %s', (flowId, is, op, expected) => {
    expect(truth({ subject: { kind: 'passage', flowId, is }, op }, inside)).toBe(expected)
  })

  test('a flow that is gone is refused', () => {
    expect(reasons({ subject: { kind: 'passage', flowId: 'x', is: 'now' }, op: 'is' }, 'segment')).toMatchObject([
      { code: 'condition.missing', path: 'rules.0.subject.flowId' },
    ])
  })
})

describe('EC-14 steps passed', () => {
  const inside = { ...nobody, enrolments: [passage] }
  test.each<[string, string | undefined, number]>([
    ['mail', undefined, 2],
    ['mail', 'sent', 1],
    ['mail', 'not-sent', 0],
    ['constructor', undefined, 0],
  ])('%s by %s: %i times', (node, port, times) => {
    const subject: Rule['subject'] = { kind: 'journey', node, ...(port ? { port } : {}) }
    expect(truth({ subject, op: 'is', value: times }, inside)).toBe(true)
    expect(truth({ subject, op: 'is', value: 0 }, nobody)).toBe(true)
  })

  test('mean nothing in a segment; a step that is gone is refused where the steps are known', () => {
    const rule: Rule = { subject: { kind: 'journey', node: 'mail', port: 'sent' }, op: 'ge', value: 1 }
    expect(reasons(rule, 'segment')).toMatchObject([{ code: 'condition.place' }])
    expect(reasons(rule, 'flow')).toEqual([])
    expect(reasons(rule, 'flow', { ...catalog, steps: [] })).toMatchObject([{ path: 'rules.0.subject.node' }])
    const steps = [{ id: 'mail', name: 'Mail', ports: [{ id: 'out', label: 'Next' }] }]
    expect(reasons(rule, 'flow', { ...catalog, steps })).toMatchObject([{ path: 'rules.0.subject.port' }])
  })
})

describe('EC-15 carried values', () => {
  const inside = { ...nobody, enrolments: [passage] }
  const carried = (key: string, type: 'text' | 'number' | 'boolean', op: Rule['op'], value?: Rule['value']): Rule => ({
    subject: { kind: 'carried', key, type },
    op,
    ...(value === undefined ? {} : { value }),
  })
  test.each<[Rule, boolean | null]>([
    [carried('city', 'text', 'is', 'zu\u0308rich'), true],
    [carried('total', 'number', 'ge', 49.9), true],
    [carried('city', 'number', 'ge', 1), null],
    [carried('city', 'number', 'empty'), true],
    [carried('paid', 'boolean', 'is', true), true],
    [carried('gone', 'text', 'is-not', 'x'), null],
    [carried('__proto__', 'text', 'empty'), true],
  ])('%j → %s', (rule, expected) => {
    expect(truth(rule, inside)).toBe(expected)
  })

  test('are kept in a draft before anybody has chosen which, and then not compiled', () => {
    const draft = { combinator: 'and', rules: [carried('', 'text', 'empty')] }
    expect(condition.parse(draft)).toEqual(draft)
    expect(reasons(carried('', 'text', 'empty'), 'flow')).toMatchObject([{ path: 'rules.0.subject.key', say: 'Choose which value.' }])
  })

  test('mean nothing in a segment', () => {
    expect(reasons(carried('city', 'text', 'empty'), 'segment')).toMatchObject([{ code: 'condition.place' }])
  })
})

describe('EC-16 today and the day of the week', () => {
  // NOW is 01:00 on Sunday, 29 March 2026 in Berlin; the day has 23 hours.
  const midnight = Date.UTC(2026, 2, 29, 22)
  test.each<[Rule, number, boolean, number]>([
    [{ subject: { kind: 'today' }, op: 'is', value: '2026-03-29' }, NOW, true, midnight],
    [{ subject: { kind: 'today' }, op: 'after', value: '2026-03-29' }, NOW, false, midnight],
    [{ subject: { kind: 'today' }, op: 'before', value: '2026-03-29' }, NOW, false, Number.POSITIVE_INFINITY],
    [{ subject: { kind: 'today' }, op: 'between', value: ['2026-03-28', '2026-03-30'] }, NOW, true, midnight + DAY],
    [{ subject: { kind: 'weekday' }, op: 'is', value: 'sunday' }, NOW, true, midnight],
    [{ subject: { kind: 'weekday' }, op: 'any-of', value: ['Monday', 'tuesday'] }, NOW, false, midnight],
    [{ subject: { kind: 'weekday' }, op: 'none-of', value: ['wednesday'] }, NOW, true, midnight + 2 * DAY],
  ])('%j', (rule, now, expected, until) => {
    expect(verdict(rule, nobody, now)).toEqual({ truth: expected, until })
  })
})

test('EC-17 can get mail unless the address is suppressed', () => {
  const rule: Rule = { subject: { kind: 'mailable' }, op: 'is' }
  expect(truth(rule, nobody)).toBe(true)
  expect(truth(rule, { ...nobody, person: { ...nobody.person, suppressed: 'bounced' } })).toBe(false)
})

describe('EC-18 how long ago, and how much in all', () => {
  const page = (id: string, occurredAt: number, amount: unknown) => ({
    id,
    type: 'page',
    props: { amount },
    occurredAt,
    receivedAt: occurredAt,
  })
  const state = { ...nobody, events: [page('a', NOW - 50 * HOUR, 0.1), page('b', NOW - 30 * HOUR, 0.2), page('c', NOW - 30 * HOUR, 1e300)] }
  type Event = Extract<Rule['subject'], { kind: 'event' }>
  const asked = (measure: Event['measure'], op: Rule['op'], value: number, window: Event['window'] = { kind: 'ever' }): Rule => ({
    subject: { kind: 'event', type: 'page', where: [], window, measure },
    op,
    value,
  })
  test('whole days since the last, unknown where there is none', () => {
    expect(verdict(asked('days-since-last', 'is', 1), state)).toEqual({ truth: true, until: NOW + 18 * HOUR })
    expect(verdict(asked('days-since-last', 'ge', 2), state)).toEqual({ truth: false, until: NOW + 18 * HOUR })
    expect(truth(asked('days-since-last', 'ge', 0), nobody)).toBeNull()
    expect(verdict(asked('days-since-last', 'ge', 1, { kind: 'days', days: 2 }), state)).toEqual({ truth: true, until: NOW + 18 * HOUR })
    expect(truth(asked('days-since-last', 'ge', 1, { kind: 'days', days: 1 }), state)).toBeNull()
  })

  test('a sum in the order of time, without what is no amount', () => {
    expect(truth(asked({ sum: 'amount' }, 'is', 0.1 + 0.2), state)).toBe(true)
    expect(truth(asked({ sum: 'amount' }, 'is', 0.2, { kind: 'days', days: 2 }), state)).toBe(true)
    expect(truth(asked({ sum: 'gone' }, 'is', 0), state)).toBe(true)
  })
})

test('EC-19 since they came to this step: later than the arrival, not what made them come', () => {
  const at = (occurredAt: number) => ({ id: `e${occurredAt}`, type: 'page', props: {}, occurredAt, receivedAt: occurredAt })
  const events = [at(NOW - 2 * HOUR), at(passage.nodeSince), at(passage.nodeSince + 1)]
  const rule: Rule = { subject: { kind: 'event', type: 'page', where: [], window: { kind: 'since-arriving' } }, op: 'is', value: 1 }
  expect(truth(rule, { ...nobody, enrolments: [passage], events })).toBe(true)
  expect(truth({ ...rule, value: 0 }, { ...nobody, events })).toBe(true)
  expect(reasons(rule, 'segment')).toMatchObject([{ code: 'condition.window' }])
})

describe('EC-20 tags', () => {
  const tagged = (...tags: string[]) => {
    const fields = { tags }
    return { ...nobody, person: { ...nobody.person, fields, folded: foldFields(fields, ['tags']) } }
  }
  const asked = (op: Rule['op'], ...value: string[]): Rule => ({
    subject: { kind: 'field', key: 'tags' },
    op,
    ...(value.length ? { value } : {}),
  })
  test.each<[string[], Rule, boolean]>([
    [['VIP', 'Zürich'], asked('any-of', 'zu\u0308rich', 'x'), true],
    [['VIP'], asked('any-of', 'vi'), false],
    [['VIP', 'b'], asked('all-of', 'vip', 'B'), true],
    [['VIP'], asked('all-of', 'vip', 'b'), false],
    [['VIP'], asked('none-of', 'b'), true],
    [[], asked('none-of', 'b'), true],
    [[], asked('any-of', 'b'), false],
    [[], asked('empty'), true],
    [['b'], asked('not-empty'), true],
  ])('%j %j → %s', (tags, rule, expected) => {
    expect(truth(rule, tagged(...tags))).toBe(expected)
  })

  test('what no tag can be is refused', () => {
    expect(reasons(asked('any-of', 'a|b'), 'segment')).toMatchObject([{ say: expect.stringMatching(/cannot hold the sign/) }])
    expect(reasons(asked('any-of', 'x'.repeat(65)), 'segment')).toMatchObject([{ say: expect.stringMatching(/at most 64/) }])
  })
})

test('EC-21 a score is decayed and capped as read, until the midnight that changes it', () => {
  const line = (points: number, at: number) => ({
    key: `l${points}`,
    dimension: 'fit',
    points,
    at,
    rule: 'r',
    cause: { flowId: 'f', node: 'n', visit: 1 },
  })
  const dimensions = [{ id: 'fit', name: 'Fit', cap: 1500, factors: modelFactors({ halfLifeDays: 1, expiryDays: null }) }]
  const state = { ...nobody, ledger: [line(4000, NOW), line(-100, NOW)] }
  const asked = (op: Rule['op'], value: number): Rule => ({ subject: { kind: 'score', dimension: 'fit' }, op, value })
  const at = (rule: Rule, now: number) => verdict(rule, state, now, { ...catalog, dimensions })
  expect(at(asked('is', 14), NOW)).toEqual({ truth: true, until: NOW + DAY })
  expect(at(asked('ge', 14.5), NOW + DAY).truth).toBe(true)
  expect(at(asked('ge', 14.5), NOW + DAY).until).toBe(NOW + 2 * DAY)
  expect(at(asked('lt', 5), NOW + 2 * DAY)).toEqual({ truth: false, until: NOW + 3 * DAY })
})

test.each<[unknown, 'before' | 'after', boolean | null]>([
  ['2026-03-28', 'before', true],
  ['2026-03-29', 'before', false],
  ['2026-03-29T09:00:00Z', 'after', false],
  ['2026-03-30T00:00:00Z', 'after', true],
  ['soon', 'after', null],
  [20260330, 'after', null],
])('EC-22 the property %s is %s 2026-03-29: %s', (value, op, fits) => {
  const where = [{ key: 'due', op, value: '2026-03-29' }]
  const state = { ...nobody, related: [bought('a', NOW, { due: value })] }
  expect(truth(purchases('is', fits === true ? 1 : 0, { where }), state)).toBe(true)
})
