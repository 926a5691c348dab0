import { DAY, HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import {
  advance,
  type Catalog,
  type Condition,
  type ContactState,
  emptyCatalog,
  emptyState,
  type InboxItem,
  type Plan,
  type PublishedModel,
  publishRules,
  type ScoreRule,
} from '../index.ts'

const T = Date.UTC(2026, 2, 2, 9)
const catalog: Catalog = {
  ...emptyCatalog('UTC'),
  fields: [
    { key: 'job', label: 'Job', type: 'text' },
    { key: 'size', label: 'Size', type: 'number' },
  ],
  dimensions: [{ id: 'fit', name: 'Fit' }],
}
const all = (...rules: Condition['rules']): Condition => ({ combinator: 'and', rules })
const chief = all({ subject: { kind: 'field', key: 'job' }, op: 'is', value: 'chief' })
const large = all({ subject: { kind: 'field', key: 'size' }, op: 'ge', value: 100 })
const rule = (id: string, points: number, when: Condition): ScoreRule => ({
  kind: 'attribute',
  id,
  name: '',
  dimension: 'fit',
  points,
  when,
})
const modelOf = (rules: readonly ScoreRule[], version = 1, before: PublishedModel['rules'] = []): PublishedModel => ({
  version,
  rules: publishRules(rules, { before, version, catalog }),
  grade: null,
})
const planWith = (rules: readonly ScoreRule[]): Plan => planOf({}, [], catalog, modelOf(rules))
const ada = emptyState(samplePerson({ key: 'ada', fields: {} }))
const turn = (plan: Plan, state: ContactState, items: InboxItem[], now = T) => advance(plan, state, { now, items }, { now, seed: '' })
const set = (values: Record<string, string | number | null>, at = T): InboxItem => ({
  ...{ kind: 'fields', at, set: values },
  source: { kind: 'user', id: 'u' },
})
const keys = (lines: readonly { key: string }[]) => lines.map((it) => it.key)

describe('rules that are gone', () => {
  test.each([
    ['from the model', () => planWith([rule('large', 2000, large)])],
    ['with the model', () => planOf({}, [], catalog)],
  ])('E-353 nobody is looked at again for one that is gone %s', (_, plan) => {
    const state = { ...ada, rechecks: { '!chief': T + HOUR } }
    const result = turn(plan(), state, [], T + HOUR)
    expect(result.state.rechecks).toEqual({})
    expect(result.members).toEqual([{ segmentId: '!chief', since: null, recheckAt: null }])
    expect([result.ledger, result.ended]).toEqual([[], []])
  })

  test('E-355 without a model nothing is brought to it', () => {
    const state = turn(planWith([rule('chief', 3000, chief)]), ada, [set({ job: 'chief' })]).state
    const result = turn(planOf({}, [], catalog), state, [{ kind: 'rescore', at: T + 1 }], T + 1)
    expect([result.ledger, result.ended, result.state.ledger]).toEqual([[], [], state.ledger])
  })
})

describe('lines for what holds of somebody', () => {
  test('E-353 when to look again is told as it is kept', () => {
    const lately = all({ subject: { kind: 'event', type: 'visit', where: [], window: { kind: 'days', days: 2 } }, op: 'ge', value: 1 })
    const visit: InboxItem = { kind: 'event', at: T, event: { id: 'e', type: 'visit', props: {}, occurredAt: T, receivedAt: T } }
    const result = turn(planWith([rule('lately', 100, lately)]), ada, [visit])
    expect(result.members).toEqual([{ segmentId: '!lately', since: null, recheckAt: T + 2 * DAY }])
  })

  test('E-350 a rule that says something else now replaces the line of what it said', () => {
    const first = modelOf([rule('chief', 3000, chief)])
    const before = turn(planOf({}, [], catalog, first), ada, [set({ job: 'chief' })]).state
    const after = planOf({}, [], catalog, modelOf([rule('chief', 4000, chief)], 2, first.rules))
    const result = turn(after, before, [set({ job: 'Chief' }, T + 1)], T + 1)
    expect(keys(result.ended)).toEqual([`ada/!chief@1/${T}`])
    expect(result.ledger.map(({ key, points }) => [key, points])).toEqual([[`ada/!chief@2/${T + 1}`, 4000]])
  })

  test('E-354 only a line of the same rule was never gone: one rule that ends and another that begins are two', () => {
    const plan = planWith([rule('chief', 3000, chief), rule('large', 2000, large)])
    const before = turn(plan, ada, [set({ job: 'chief' })]).state
    const result = turn(plan, before, [set({ job: null, size: 500 }, T + 1)], T + 1)
    expect(keys(result.ended)).toEqual([`ada/!chief@1/${T}`])
    expect(keys(result.ledger)).toEqual([`ada/!large@1/${T + 1}`])
    expect(keys(result.state.ledger)).toEqual([`ada/!large@1/${T + 1}`])
  })

  test('E-354 whoever was above the points of a trigger before does not come in again by more of them', () => {
    const graph = buildGraph(
      [
        ['in', 'trigger', { v: 2, on: { kind: 'score', dimension: 'fit', way: 'up', points: 20 } }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>end'],
      { reentry: { when: 'always' } },
    )
    const rules = [rule('chief', 3000, chief), rule('large', 2000, large)]
    const before = turn(planWith(rules), ada, [set({ job: 'chief' })]).state
    expect(turn(planOf({ f: graph }, [], catalog, modelOf(rules)), before, [set({ size: 500 }, T + 1)], T + 1).enrolments).toEqual([])
  })
})
