import { DAY, HOUR } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalog, NOW } from '../../testing/conditions.ts'
import { arbitraryState } from '../../testing/people.ts'
import type { ContactState } from '../state/contact.ts'
import type { Enrolment } from '../state/enrolment.ts'
import { compileCondition, foldProps, type Rule, recomputeRule, windowBounds } from './index.ts'

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
const page = (id: string, occurredAt: number, props: Record<string, unknown> = {}) => ({
  id,
  type: 'page',
  props,
  occurredAt,
  receivedAt: occurredAt,
})
const bought = (id: string, at: number, data: Record<string, unknown>) => ({
  kind: 'purchase' as const,
  id,
  data,
  folded: foldProps(data),
  at,
})
type Event = Extract<Rule['subject'], { kind: 'event' }>
type Related = Extract<Rule['subject'], { kind: 'related' }>
const pages = (op: Rule['op'], value: Rule['value'], more: Partial<Event> = {}): Rule => ({
  subject: { kind: 'event', type: 'page', where: [], window: { kind: 'ever' }, ...more },
  op,
  value: value ?? 0,
})
const purchases = (op: Rule['op'], value: Rule['value'], more: Partial<Related> = {}): Rule => ({
  subject: { kind: 'related', of: 'purchase', where: [], window: { kind: 'ever' }, ...more },
  op,
  value: value ?? 0,
})
const compiled = (rule: Rule) => {
  const made = compileCondition({ combinator: 'and', rules: [rule] }, catalog)
  if ('issues' in made) throw new Error(JSON.stringify(made.issues))
  return made.ok
}
const at = (state: ContactState, now = NOW, enteredAt: number | null = null) => ({ now, state, enteredAt, enrolment: state.enrolments[0] })
const saw = (rule: Rule, state: ContactState, enteredAt: number | null = null) =>
  compiled(rule).explain(at(state, NOW, enteredAt)).rules[0]?.saw
const verdict = (rule: Rule, state: ContactState, now = NOW) => compiled(rule).evaluate(at(state, now))
const passage: Enrolment = {
  id: null,
  flowId: 'flw',
  key: '',
  entry: 1,
  version: 1,
  node: 'w',
  nodeSince: NOW - HOUR,
  enteredAt: NOW - DAY,
  dueAt: null,
  seq: 1,
  vars: { visits: { w: 1 }, here: {}, held: [], frozenMs: 0 },
}

describe('EC-7 what a count saw', () => {
  const events = [6, 5, 4, 3, 2, 1, -1].map((hours) => page(`e${hours}`, NOW - hours * HOUR))

  test('the newest five up to now, and no lower end where all count', () => {
    expect(saw(pages('ge', 1), { ...nobody, events })).toMatchObject({ value: 6, from: null, latest: ['e1', 'e2', 'e3', 'e4', 'e5'] })
  })

  test('only those in the window, and where it begins', () => {
    const two = pages('ge', 1, { window: { kind: 'days', days: 2 / 24 } })
    expect(saw(two, { ...nobody, events })).toMatchObject({ value: 1, from: NOW - 2 * HOUR, latest: ['e1'] })
    const now = { ...nobody, events: [page('now', NOW), page('edge', NOW - 2 * HOUR)] }
    expect(saw(two, now)).toMatchObject({ value: 1, latest: ['now'] })
  })

  test('since entering, and since they came to the step', () => {
    const entering = pages('ge', 1, { window: { kind: 'since-entering' } })
    expect(saw(entering, { ...nobody, events }, NOW - 3 * HOUR)).toMatchObject({
      value: 3,
      from: NOW - 3 * HOUR,
      latest: ['e1', 'e2', 'e3'],
    })
    expect(saw(entering, { ...nobody, events })).toMatchObject({ value: 0, from: null, latest: [] })
    const arriving = pages('ge', 1, { window: { kind: 'since-arriving' } })
    const inside = { ...nobody, events: [page('later', NOW - 1), page('at', NOW - HOUR)], enrolments: [passage] }
    expect(saw(arriving, inside)).toMatchObject({ value: 1, from: NOW - HOUR, latest: ['later'] })
    expect(saw(arriving, { ...inside, enrolments: [] })).toMatchObject({ value: 0, from: null })
  })

  test('EC-12 of records the same', () => {
    const related = [bought('a', NOW - 3 * HOUR, {}), bought('b', NOW - HOUR, {}), bought('c', NOW + HOUR, {})]
    expect(saw(purchases('ge', 1), { ...nobody, related })).toMatchObject({ value: 3, from: null })
    const window = { kind: 'days' as const, days: 2 / 24 }
    expect(saw(purchases('ge', 1, { window }), { ...nobody, related })).toMatchObject({ value: 1, from: NOW - 2 * HOUR, latest: ['b'] })
  })

  test.each([
    { on: 'number', op: 'any-of', values: [1, 2] },
    { on: 'number', op: 'none-of', values: [3] },
  ])('numbers of a list are decided again: $op', (test) => {
    const trace = { subject: 'x', op: 'is', value: null, truth: true, saw: { value: 2, test, now: NOW } }
    expect(recomputeRule(trace as never)).toBe(true)
    expect(recomputeRule({ ...trace, saw: { ...trace.saw, value: 3 } } as never)).toBe(false)
  })
})

describe('EC-18 sums of doubles, in the order of time and then of id', () => {
  const amounts = [0.1, 0.2, 0.3, 1e15, -1e15, 0.7]
  const inOrder = amounts.reduce((sum, it) => sum + it, 0)
  const sum = { measure: { sum: 'amount' }, window: { kind: 'days' as const, days: 9 } }

  test.each([
    ['events of one instant, stored in another order', amounts.map((amount, i) => page(`e${i}`, NOW - HOUR, { amount })).reverse()],
    ['events of several instants', amounts.map((amount, i) => page(`e${9 - i}`, NOW - HOUR + i, { amount })).reverse()],
  ])('%s', (_, events) => {
    expect(saw(pages('gt', 0, sum), { ...nobody, events })).toMatchObject({ value: inOrder })
  })

  test('records', () => {
    const related = amounts.map((amount, i) => bought(`e${i}`, NOW - HOUR, { amount })).reverse()
    expect(saw(purchases('gt', 0, sum), { ...nobody, related })).toMatchObject({ value: inOrder })
  })
})

describe('EC-6 until when a count holds', () => {
  const day = { window: { kind: 'days' as const, days: 1 } }
  const two = { ...nobody, events: [page('b', NOW - HOUR), page('a', NOW - 2 * HOUR)] }

  test.each<[string, Rule, ContactState, number]>([
    ['the one that goes out first', pages('ge', 2, day), two, NOW - 2 * HOUR + DAY],
    ['the one that is enough', pages('ge', 1, day), two, NOW - HOUR + DAY],
    ['all of them for ever', pages('ge', 2), two, Number.POSITIVE_INFINITY],
    ['one to come', pages('ge', 3), { ...two, events: [...two.events, page('c', NOW + HOUR)] }, NOW + HOUR],
    ['one at this instant is there', pages('ge', 1), { ...nobody, events: [page('c', NOW)] }, Number.POSITIVE_INFINITY],
    [
      'one comes as another goes',
      pages('is', 1, day),
      { ...nobody, events: [page('a', NOW - DAY + HOUR), page('b', NOW + HOUR)] },
      NOW + HOUR + DAY,
    ],
    ['a record to come', purchases('ge', 1, day), { ...nobody, related: [bought('a', NOW + HOUR, {})] }, NOW + HOUR],
    [
      'a sum that loses a part',
      pages('ge', 3, { ...day, measure: { sum: 'n' } }),
      { ...nobody, events: [page('a', NOW - 3 * HOUR, { n: 1 }), page('b', NOW - HOUR, { n: 2 })] },
      NOW - 3 * HOUR + DAY,
    ],
    ['whole days since the last', pages('ge', 2, { measure: 'days-since-last' }), two, NOW - HOUR + 2 * DAY],
    ['at most so many days', pages('le', 2, { measure: 'days-since-last' }), two, NOW - HOUR + 3 * DAY],
    ['half a day more than one', pages('gt', 1.5, { measure: 'days-since-last' }), two, NOW - HOUR + 2 * DAY],
  ])('%s', (_, rule, state, until) => {
    const now = verdict(rule, state)
    expect(now.until).toBe(until)
    if (until < Number.POSITIVE_INFINITY) {
      expect(verdict(rule, state, until - 1).truth).toBe(now.truth)
      expect(verdict(rule, state, until).truth).not.toBe(now.truth)
    }
  })
})

describe('EC-4 the texts between which a value lies in a window', () => {
  const last = { on: 'window', towards: 'last', days: 2, zone: 'Europe/Berlin' } as const
  const next = { ...last, towards: 'next' } as const

  test.each([
    [last, 'date', '2026-03-27', '2026-03-29'],
    [next, 'date', '2026-03-29', '2026-03-31'],
    [last, 'datetime', '2026-03-27T00:00:00.001Z', '2026-03-29T00:00:00.000Z'],
    [next, 'datetime', '2026-03-29T00:00:00.001Z', '2026-03-31T00:00:00.000Z'],
  ] as const)('$towards of a %s', (window, type, from, to) => {
    expect(windowBounds(window, type, NOW)).toEqual({ from, to })
  })
})

describe('EC-1 a stored value of another type is missing', () => {
  const holds = (key: string, value: unknown, op: Rule['op'], than?: Rule['value']) => {
    const person = { ...nobody.person, fields: { [key]: value } } as ContactState['person']
    return verdict({ subject: { kind: 'field', key }, op, ...(than === undefined ? {} : { value: than }) }, { ...nobody, person }).truth
  }

  test.each<[string, unknown, Rule['op'], Rule['value']]>([
    ['age', '30', 'ge', 1],
    ['age', Number.NaN, 'ge', 1],
    ['age', Number.POSITIVE_INFINITY, 'ge', 1],
    ['age', true, 'ge', 1],
    ['vip', 'true', 'is', true],
    ['vip', 1, 'is', true],
    ['renewal', 20260329, 'is', '2026-03-29'],
    ['renewal', '2026-03-29T00:00:00.000Z', 'is', '2026-03-29'],
    ['seen', '2026-03-29', 'is', '2026-03-29'],
  ])('%s holds %j', (key, value, op, than) => {
    expect(holds(key, value, op, than)).toBeNull()
    expect(holds(key, value, 'empty')).toBe(true)
  })
})

test('EC-13 one of several passages that are over is enough', () => {
  const past = ['a', 'flw'].map((flowId) => ({ flowId, key: '', entry: 1, endedAt: NOW - DAY }))
  expect(verdict({ subject: { kind: 'passage', flowId: 'flw', is: 'ever' }, op: 'is' }, { ...nobody, past }).truth).toBe(true)
})
