import { DAY, HOUR, MINUTE } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryCondition, arbitraryRule, catalog, foldsMeet, NOW } from '../../testing/conditions.ts'
import { arbitraryState } from '../../testing/people.ts'
import type { ContactState } from '../state/contact.ts'
import type { FieldValue } from '../state/person.ts'
import { type Condition, compileCondition, condition, MAX_DEPTH, type Rule, recomputeRule, recomputeTruth } from './index.ts'
import { foldFields } from './read.ts'

const SEED = { seed: 20261122, numRuns: 400 }

function compiled(source: Condition) {
  const result = compileCondition(source, catalog)
  if ('issues' in result) throw new Error(JSON.stringify(result.issues))
  return result.ok
}

const [anybody] = fc.sample(arbitraryState, { seed: 1, numRuns: 1 })
const person = (fields: Record<string, FieldValue>, rest: Partial<ContactState> = {}): ContactState => ({
  ...anybody!,
  person: { ...anybody!.person, fields, folded: foldFields(fields, ['city', 'plan', 'tags']), suppressed: null },
  events: [],
  ledger: [],
  related: [],
  enrolments: [],
  past: [],
  ...rest,
})
const decide = (rule: Rule, state: ContactState, now = NOW, enteredAt: number | null = null) =>
  compiled({ combinator: 'and', rules: [rule] }).evaluate({ now, state, enteredAt })
const field = (key: string, op: Rule['op'], value?: Rule['value']): Rule => ({ subject: { kind: 'field', key }, op, value })
const at = (occurredAt: number, props: Record<string, unknown> = {}, machine?: boolean) => ({
  id: `e${occurredAt}${machine ?? ''}`,
  type: 'page',
  props,
  occurredAt,
  receivedAt: occurredAt,
  machine,
})
const pages = (op: Rule['op'], value: Rule['value'], more: Partial<Extract<Rule['subject'], { kind: 'event' }>> = {}): Rule => ({
  subject: { kind: 'event', type: 'page', where: [], window: { kind: 'ever' }, ...more },
  op,
  value,
})

describe('EC-1 a comparison with a missing value is unknown', () => {
  test.each<[Rule, boolean | null]>([
    [field('city', 'is', 'Berlin'), null],
    [field('city', 'is-not', 'Berlin'), null],
    [field('city', 'none-of', ['Berlin']), null],
    [field('age', 'lt', 1), null],
    [field('vip', 'is', false), null],
    [field('renewal', 'in-last-days', 3), null],
    [field('city', 'empty'), true],
    [field('city', 'not-empty'), false],
  ])('%j → %s', (rule, truth) => {
    expect(decide(rule, person({})).truth).toBe(truth)
  })

  test('an empty text, and a value of another type, are missing', () => {
    expect(decide(field('city', 'is-not', 'x'), person({ city: '' })).truth).toBeNull()
    expect(decide(field('age', 'gt', 1), person({ age: '30' })).truth).toBeNull()
    expect(decide(field('renewal', 'before', '2030-01-01'), person({ renewal: 'soon' })).truth).toBeNull()
  })

  test('membership, consent, score, stage, owner and counts are never unknown', () => {
    const state = person({}, { members: {} })
    expect(decide({ subject: { kind: 'segment', segmentId: 'seg_b' }, op: 'is-not' }, state).truth).toBe(true)
    expect(decide({ subject: { kind: 'consent', topic: 'news' }, op: 'is' }, state).truth).toBe(false)
    expect(decide({ subject: { kind: 'score', dimension: 'fit' }, op: 'is', value: 0 }, state).truth).toBe(true)
    expect(decide(pages('lt', 1), state).truth).toBe(true)
  })
})

describe('EC-2 and, or, not are Kleene’s', () => {
  const T = field('age', 'ge', 0)
  const F = field('age', 'lt', 0)
  const U = field('city', 'is', 'x')
  test.each<[Condition['combinator'], boolean, Rule[], boolean | null]>([
    ['and', false, [T, U], null],
    ['and', false, [F, U], false],
    ['or', false, [T, U], true],
    ['or', false, [F, U], null],
    ['and', true, [T, U], null],
    ['or', true, [T, U], false],
    ['and', true, [F, U], true],
  ])('%s, not %s: %#', (combinator, not, rules, truth) => {
    expect(compiled({ combinator, not, rules }).evaluate({ now: NOW, state: person({ age: 1 }), enteredAt: null }).truth).toBe(truth)
  })
})

describe('EC-3 texts are compared by folded copies', () => {
  test.each<[string, Rule, boolean]>([
    ['Zu\u0308rich', field('city', 'is', 'ZÜRICH'), true],
    ['Zürich', field('city', 'starts-with', 'zu\u0308'), true],
    ['Straße', field('city', 'is', 'STRASSE'), false],
    ['100 % sure', field('city', 'contains', '%'), true],
    ['100 sure', field('city', 'contains', '%'), false],
    ['\u{1F98A}', field('city', 'gt', '\uFFFD'), true],
    ['Berlin', field('city', 'any-of', ['Bonn', 'berlin']), true],
  ])('%s %j → %s', (city, rule, truth) => {
    expect(decide(rule, person({ city })).truth).toBe(truth)
  })
  test('the made-up texts still contain pairs that fold alike', () => expect(foldsMeet).toBe(true))
})

describe('EC-4 dates and instants', () => {
  test.each<[string, Rule, boolean]>([
    // NOW is 01:00 on 29 March in Berlin, while UTC still has the same date.
    ['2026-03-29', field('renewal', 'in-last-days', 1), true],
    ['2026-03-28', field('renewal', 'in-last-days', 1), true],
    ['2026-03-27', field('renewal', 'in-last-days', 1), false],
    ['2026-03-30', field('renewal', 'in-next-days', 1), true],
    ['2026-03-28', field('renewal', 'in-next-days', 1), false],
    ['2026-03-29', field('renewal', 'is', '2026-03-29'), true],
    ['2026-03-29', field('renewal', 'before', '2026-03-29'), false],
    ['2026-03-29', field('renewal', 'after', '2026-03-28'), true],
    ['2026-03-29', field('renewal', 'between', ['2026-03-29', '2026-03-29']), true],
  ])('%s %j → %s', (renewal, rule, truth) => {
    expect(decide(rule, person({ renewal })).truth).toBe(truth)
  })

  test('a date stands for its whole day in the workspace’s zone', () => {
    const seen = (instant: string, rule: Rule) => decide(rule, person({ seen: instant })).truth
    expect(seen('2026-03-28T23:00:00.000Z', field('seen', 'is', '2026-03-29'))).toBe(true)
    expect(seen('2026-03-28T22:59:59.999Z', field('seen', 'is', '2026-03-29'))).toBe(false)
    // The 29th has 23 hours.
    expect(seen('2026-03-29T21:59:59.999Z', field('seen', 'is', '2026-03-29'))).toBe(true)
    expect(seen('2026-03-29T22:00:00.000Z', field('seen', 'after', '2026-03-29'))).toBe(true)
    // 02:30 does not exist that day: the instant of the change.
    expect(seen('2026-03-29T01:00:00.000Z', field('seen', 'is', '2026-03-29T02:30'))).toBe(true)
  })

  test('in the last N days is N × 24 hours for an instant, and says until when', () => {
    const state = person({ seen: new Date(NOW - DAY + 1).toISOString() })
    expect(decide(field('seen', 'in-last-days', 1), state)).toEqual({ truth: true, until: NOW + 1 })
    expect(decide(field('seen', 'in-last-days', 1), state, NOW + 1)).toEqual({ truth: false, until: Number.POSITIVE_INFINITY })
  })

  test('a date comes into reach at midnight of the workspace’s zone', () => {
    const verdict = decide(field('renewal', 'in-next-days', 1), person({ renewal: '2026-03-31' }))
    expect(verdict).toEqual({ truth: false, until: Date.UTC(2026, 2, 29, 22) })
  })
})

describe('EC-5 counts of events', () => {
  const history = person({}, { events: [at(NOW - DAY), at(NOW - DAY + 5, { url: '/Pricing' }), at(NOW - 1, { url: '/pricing' }, true)] })
  test.each<[string, Rule, boolean]>([
    ['machines do not count', pages('is', 2), true],
    ['unless asked for', pages('is', 1, { where: [{ key: 'machine', op: 'is', value: true }] }), true],
    ['a window is half-open', pages('is', 1, { window: { kind: 'days', days: 1 } }), true],
    ['properties narrow, folded', pages('is', 1, { where: [{ key: 'url', op: 'is', value: '/PRICING' }] }), true],
    ['what is unknown does not fit', pages('is', 0, { where: [{ key: 'ref', op: 'is-not', value: 'x' }] }), true],
  ])('%s', (_, rule, truth) => {
    expect(decide(rule, history).truth).toBe(truth)
  })

  test('since entering counts from the entry on, and the event that caused it', () => {
    const rule = pages('is', 2, { window: { kind: 'since-entering' } })
    const state = person({}, { events: [at(NOW - DAY), at(NOW - HOUR), at(NOW)] })
    const entered = { now: NOW, state, enteredAt: NOW - HOUR / 2 }
    expect(compiled({ combinator: 'and', rules: [rule] }).evaluate(entered).truth).toBe(false)
    expect(compiled({ combinator: 'and', rules: [rule] }).evaluate({ ...entered, enteredBy: `e${NOW - HOUR}` }).truth).toBe(true)
  })

  test('until is the event whose leaving changes the verdict, not the first to leave', () => {
    const state = person({}, { events: [at(NOW - 3 * HOUR), at(NOW - 2 * HOUR), at(NOW - HOUR)] })
    const verdict = decide(pages('ge', 2, { window: { kind: 'days', days: 1 } }), state)
    expect(verdict).toEqual({ truth: true, until: NOW - 2 * HOUR + DAY })
  })
})

/** Inside the passage that the made-up person is in, if any. */
const inFlow = (state: ContactState, now: number) => ({
  now,
  state,
  enteredAt: NOW - DAY,
  enteredBy: state.enrolments[0]?.vars.enteredBy,
  enrolment: state.enrolments[0],
})

describe('EC-6 holds-until misses no flip', () => {
  test('brute force over ten days, hour by hour and at every edge', () => {
    fc.assert(
      fc.property(arbitraryCondition(true), arbitraryState, (source, state) => {
        const it = compiled(source)
        const truthAt = (then: number) => it.evaluate(inFlow(state, then)).truth
        for (let now = NOW, rounds = 0; rounds < 6; rounds++) {
          const { truth, until } = it.evaluate(inFlow(state, now))
          expect(until).toBeGreaterThan(now)
          const end = Math.min(until, NOW + 10 * DAY)
          for (let then = now; then < end; then += HOUR) expect(truthAt(then)).toBe(truth)
          expect(truthAt(end - 1)).toBe(truth)
          if (until >= NOW + 10 * DAY) return
          now = until
        }
      }),
      { ...SEED, numRuns: 400 },
    )
  })

  test('every minute of three days', () => {
    fc.assert(
      fc.property(arbitraryRule(true), arbitraryState, (rule, state) => {
        const it = compiled({ combinator: 'and', rules: [rule] })
        let { truth, until } = it.evaluate(inFlow(state, NOW))
        for (let now = NOW; now < NOW + 3 * DAY; now += MINUTE) {
          if (now >= until) ({ truth, until } = it.evaluate(inFlow(state, now)))
          else if (it.evaluate(inFlow(state, now)).truth !== truth) throw new Error(`${now - NOW} ms: missed`)
        }
      }),
      { ...SEED, numRuns: 120 },
    )
  })
})

describe('EC-7 the reason alone decides again', () => {
  test('every rule, and the whole, after a trip through JSON', () => {
    fc.assert(
      fc.property(arbitraryCondition(true), arbitraryState, (source, state) => {
        const it = compiled(source)
        const scope = inFlow(state, NOW)
        const { truth, rules } = it.explain(scope)
        expect(truth).toBe(it.evaluate(scope).truth)
        const read: typeof rules = JSON.parse(JSON.stringify(rules))
        expect(read.map(recomputeRule)).toEqual(rules.map((rule) => rule.truth))
        expect(recomputeTruth(read)).toBe(truth)
      }),
      SEED,
    )
  })
})

describe('EC-8 only what is on the white list compiles', () => {
  test.each<[Rule, string, RegExp]>([
    [field('gone', 'is', 'x'), 'rules.0.subject.key', /no field “gone”/],
    [field('city', 'ge', 'x'), 'rules.0.op', /choose another comparison/],
    [field('city', 'is'), 'rules.0.value', /Choose a value/],
    [field('city', 'is', ''), 'rules.0.value', /Choose a value/],
    [field('plan', 'is', 'Gold'), 'rules.0.value', /“Gold” is no option/],
    [field('age', 'is', '7'), 'rules.0.value', /Give a number/],
    [field('age', 'between', [3, 1]), 'rules.0.value', /must not be above/],
    [field('renewal', 'is', '2026-02-30'), 'rules.0.value', /Give a date/],
    [field('renewal', 'in-last-days', 0.5), 'rules.0.value', /number of days/],
    [{ subject: { kind: 'segment', segmentId: 'seg_x' }, op: 'is' }, 'rules.0.subject.segmentId', /no longer exists/],
    [{ subject: { kind: 'score', dimension: 'x' }, op: 'ge', value: 1 }, 'rules.0.subject.dimension', /no score/],
    [pages('ge', 1, { where: [{ key: 'url', op: 'before', value: 'x' }] }), 'rules.0.subject.where.0.value', /Give a date/],
  ])('%j', (rule, path, say) => {
    const result = compileCondition({ combinator: 'and', rules: [rule] }, catalog)
    expect('issues' in result && result.issues).toMatchObject([{ path, say: expect.stringMatching(say) }])
  })

  test('an empty group, and since entering in a segment, are refused', () => {
    expect(compileCondition({ combinator: 'and', rules: [] }, catalog)).toMatchObject({
      issues: [{ code: 'condition.empty', path: 'rules' }],
    })
    const rule = pages('ge', 1, { window: { kind: 'since-entering' } })
    const result = compileCondition({ combinator: 'or', rules: [rule] }, catalog, 'segment')
    expect(result).toMatchObject({ issues: [{ code: 'condition.window', path: 'rules.0.subject.window' }] })
  })

  test('the parser refuses unknown keys, unknown operators, unstorable texts and depth', () => {
    const ok = { combinator: 'and', rules: [field('city', 'is', 'x')] }
    expect(condition.safeParse(ok).success).toBe(true)
    expect(condition.safeParse({ ...ok, sql: '1=1' }).success).toBe(false)
    expect(condition.safeParse({ combinator: 'and', rules: [{ ...field('city', 'is', 'x'), op: '= 1) or (1=1); --' }] }).success).toBe(
      false,
    )
    expect(condition.safeParse({ combinator: 'and', rules: [field('city', 'is', 'a\u0000b')] }).success).toBe(false)
    const nest = (depth: number): unknown => (depth === 1 ? ok : { combinator: 'or', rules: [nest(depth - 1)] })
    expect(condition.safeParse(nest(MAX_DEPTH)).success).toBe(true)
    expect(condition.safeParse(nest(MAX_DEPTH + 1)).success).toBe(false)
    expect(condition.safeParse(nest(5000)).success).toBe(false)
  })

  test.each([200, 100_000])('a condition nested %i deep is refused in words, as an object and from a text', (depth) => {
    let source: unknown = { combinator: 'and', rules: [field('city', 'is', 'x')] }
    for (let i = 1; i < depth; i++) source = { combinator: 'or', rules: [source] }
    const text = `${'{"combinator":"or","rules":['.repeat(depth)}${']}'.repeat(depth)}`
    for (const it of [source, JSON.parse(text)]) {
      const read = condition.safeParse(it)
      expect(read.success).toBe(false)
      expect(read.error?.issues).toMatchObject([
        { message: 'Groups of conditions nest at most 6 deep. Take the innermost out of their groups.' },
      ])
    }
  })

  test('a condition of more than a thousand parts is refused in words', () => {
    const group = { combinator: 'and', rules: Array.from({ length: 180 }, () => field('city', 'is', 'x')) }
    const read = condition.safeParse({ combinator: 'or', rules: Array.from({ length: 6 }, () => group) })
    expect(read.error?.issues).toMatchObject([{ message: expect.stringMatching(/More than 1000 conditions/) }])
  })
})

describe('EC-24 meeting an agreement', () => {
  const meets = (op: Rule['op'], agreementId = 'agr'): Rule => ({ subject: { kind: 'agreement', agreementId }, op })

  test.each<[Record<string, FieldValue>, boolean | null]>([
    [{ age: 30 }, true],
    [{ age: 29, vip: true }, true],
    [{ age: 29, vip: false }, false],
    [{ age: 29 }, null],
    [{}, null],
  ])('%j → %s', (fields, truth) => {
    expect(decide(meets('is'), person(fields)).truth).toBe(truth)
    expect(decide(meets('is-not'), person(fields)).truth).toBe(truth === null ? null : !truth)
  })

  test('its rules stand in the traces, and decide again', () => {
    const scope = { now: NOW, state: person({ age: 29, vip: false }), enteredAt: null }
    const { truth, rules } = compiled({ combinator: 'and', rules: [meets('is-not')] }).explain(scope)
    expect(rules.map((it) => it.rule)).toEqual(expect.arrayContaining([{ subject: { kind: 'field', key: 'age' }, op: 'ge', value: 30 }]))
    expect([truth, recomputeTruth(rules)]).toEqual([true, true])
  })

  test('one that is gone, asks for itself or cannot be read is refused', () => {
    const issues = (rule: Rule, agreements = catalog.agreements) => {
      const made = compileCondition({ combinator: 'and', rules: [rule] }, { ...catalog, agreements })
      return 'issues' in made ? made.issues : []
    }
    const asking = (...rules: Rule[]) => catalog.agreements.map((it) => ({ ...it, qualifies: { combinator: 'and' as const, rules } }))
    const path = 'rules.0.subject.agreementId'
    expect(issues(meets('is', 'gone'))).toMatchObject([{ path, say: expect.stringMatching(/no longer exists/) }])
    expect(issues(meets('is'), asking(meets('is')))).toMatchObject([{ path, say: expect.stringMatching(/cannot ask for itself/) }])
    expect(issues(meets('is'), asking())).toMatchObject([{ path, say: expect.stringMatching(/“Ready for sales” cannot be read/) }])
    expect(issues(meets('ge'))).toMatchObject([{ path: 'rules.0.op' }])
  })
})

test('EC-9 what a condition reads', () => {
  const { reads } = compiled({
    combinator: 'or',
    rules: [
      field('city', 'is', 'x'),
      pages('ge', 1, { window: { kind: 'days', days: 3 } }),
      {
        combinator: 'and',
        not: true,
        rules: [pages('ge', 1, { window: { kind: 'days', days: 9 } }), { subject: { kind: 'stage' }, op: 'is', value: 'lead' }],
      },
    ],
  })
  expect(reads).toEqual({
    fields: new Set(['city']),
    events: new Map([['page', 9]]),
    segments: new Set(),
    dimensions: new Set(),
    related: new Set(),
    flows: new Set(),
    ways: new Set(),
    stage: true,
    owner: false,
    consent: false,
  })
})
