import { describe, expect, test } from 'vitest'
import { catalog } from '../../testing/conditions.ts'
import type { Catalog } from '../catalog.ts'
import { type Condition, compileCondition, type Rule } from './index.ts'

const faults = (source: Condition, place: 'flow' | 'segment' = 'flow', known: Catalog = catalog) => {
  const made = compileCondition(source, known, place)
  return 'issues' in made ? made.issues.map(({ code, path, severity, say }) => [code, path, severity, say]) : []
}
const of = (rule: Rule, place: 'flow' | 'segment' = 'flow', known: Catalog = catalog) =>
  faults({ combinator: 'and', rules: [rule] }, place, known)
const field = (key: string, op: Rule['op'], value?: Rule['value']): Rule => ({
  subject: { kind: 'field', key },
  op,
  ...(value === undefined ? {} : { value }),
})
type Where = Extract<Rule['subject'], { kind: 'event' }>['where']
const pages = (where: Where): Rule => ({ subject: { kind: 'event', type: 'page', where, window: { kind: 'ever' } }, op: 'ge', value: 1 })

describe('EC-8 a value that cannot be compared is refused in words that say what to do', () => {
  test.each<[Rule, string]>([
    [field('city', 'is'), 'Choose a value.'],
    [field('city', 'is', ''), 'Choose a value.'],
    [field('city', 'any-of', ['a', '']), 'Choose a value.'],
    [field('city', 'is', ['a', 'b']), 'Give one value, not a list.'],
    [field('city', 'any-of', []), 'Choose at least one value.'],
    [field('city', 'is', 3), 'Give a text.'],
    [field('city', 'any-of', ['a', 3]), 'Give a text.'],
    [field('age', 'is', 'three'), 'Give a number.'],
    [field('age', 'between', 3), 'Give two values: from and to.'],
    [field('age', 'between', [1, 2, 3]), 'Give two values: from and to.'],
    [field('age', 'between', [3, 2]), 'The first number must not be above the second.'],
    [field('plan', 'is', 'Gold'), '“Gold” is no option of this field: choose one of the list.'],
    [field('plan', 'any-of', ['free', 'Gold']), '“Gold” is no option of this field: choose one of the list.'],
    [field('plan', 'is', 3), '“3” is no option of this field: choose one of the list.'],
    [{ subject: { kind: 'stage' }, op: 'is', value: 'king' }, '“king” is no stage: choose one of the list.'],
    [{ subject: { kind: 'owner' }, op: 'is', value: 'us' }, '“us” is no owner: choose one of the list.'],
    [{ subject: { kind: 'weekday' }, op: 'is', value: 'mo' }, '“mo” is no day of the week: choose one of the list.'],
    [field('tags', 'any-of', [3]), 'Give tags.'],
    [field('vip', 'is', 'yes'), 'Choose yes or no.'],
    [field('renewal', 'in-last-days', 0), 'Give a number of days between 1 and 3650.'],
    [field('renewal', 'in-last-days', 1.5), 'Give a number of days between 1 and 3650.'],
    [field('renewal', 'in-last-days', 3651), 'Give a number of days between 1 and 3650.'],
    [field('seen', 'in-next-days', '3'), 'Give a number of days between 1 and 3650.'],
    [field('renewal', 'is', '2026-02-30'), 'Give a date as 2026-12-31.'],
    [field('renewal', 'before', 20260301), 'Give a date as 2026-12-31.'],
    [field('renewal', 'between', ['2026-03-02', 'x']), 'Give a date as 2026-12-31.'],
    [field('renewal', 'between', ['2026-03-02', '2026-03-01']), 'The first date must not be after the second.'],
    ...[
      '2026-02-30',
      '2026-02-30T09:00',
      '2026-03-01T25:00',
      '2026-03-01 09:00',
      'x2026-03-01T09:00',
      '2026-03-01T09:00x',
      '0001-01-01',
      '9999-12-31',
      3,
    ].map((value): [Rule, string] => [field('seen', 'is', value), 'Give a date as 2026-12-31, or with a time as 2026-12-31T09:00.']),
    [{ subject: { kind: 'today' }, op: 'is', value: 'today' }, 'Give a date as 2026-12-31.'],
  ])('%j', (rule, say) => {
    expect(of(rule)).toEqual([['condition.value', 'rules.0.value', 'error', say]])
  })

  test.each([1, 3650])('EC-4 %i days are not refused', (days) => {
    expect(of(field('renewal', 'in-last-days', days))).toEqual([])
  })

  test.each<[Where[number], string]>([
    [{ key: 'p', op: 'all-of', value: ['a'] }, 'A property cannot be compared like this: choose another comparison.'],
    [{ key: 'p', op: 'is' }, 'Choose a value.'],
    [{ key: 'p', op: 'before', value: 'soon' }, 'Give a date as 2026-12-31.'],
    [{ key: 'p', op: 'contains', value: true }, 'Yes and no can only be “is” or “is not”.'],
    [{ key: 'p', op: 'ge', value: 'x' }, 'Give a text.'],
    [{ key: 'p', op: 'contains', value: 3 }, 'Give a number.'],
    [{ key: 'p', op: 'between', value: ['a', 'b'] }, 'Give a number.'],
  ])('EC-5 a property: %j', (where, say) => {
    expect(of(pages([{ key: 'ok', op: 'not-empty' }, where]))).toEqual([['condition.value', 'rules.0.subject.where.1.value', 'error', say]])
  })
})

describe('EC-8 what the catalog does not have, or a place does not know, is refused where it stands', () => {
  const steps = [{ id: 'mail', name: 'Mail', ports: [{ id: 'out', label: 'Next' }] }]

  test.each<[Rule, 'flow' | 'segment', Catalog, string, string, string]>([
    [field('gone', 'is', 'x'), 'flow', catalog, 'condition.missing', 'key', 'There is no field “gone”: choose another, or create it.'],
    [
      { subject: { kind: 'score', dimension: 'gone' }, op: 'ge', value: 1 },
      'flow',
      catalog,
      'condition.missing',
      'dimension',
      'There is no score “gone”: choose another.',
    ],
    [
      { subject: { kind: 'segment', segmentId: 'gone' }, op: 'is' },
      'flow',
      catalog,
      'condition.missing',
      'segmentId',
      'This segment no longer exists: choose another.',
    ],
    [
      { subject: { kind: 'passage', flowId: 'gone', is: 'now' }, op: 'is' },
      'flow',
      catalog,
      'condition.missing',
      'flowId',
      'This flow no longer exists: choose another.',
    ],
    [
      { subject: { kind: 'journey', node: 'gone' }, op: 'ge', value: 1 },
      'flow',
      { ...catalog, steps },
      'condition.missing',
      'node',
      'This step no longer exists: choose another.',
    ],
    [
      { subject: { kind: 'journey', node: 'mail', port: 'gone' }, op: 'ge', value: 1 },
      'flow',
      { ...catalog, steps },
      'condition.missing',
      'port',
      'This step has no such way out: choose another.',
    ],
    [
      { subject: { kind: 'carried', key: '', type: 'text' }, op: 'is', value: 'x' },
      'flow',
      catalog,
      'condition.missing',
      'key',
      'Choose which value.',
    ],
    ...[
      { subject: { kind: 'carried', key: 'tier', type: 'text' }, op: 'is', value: 'x' } satisfies Rule,
      { subject: { kind: 'journey', node: 'mail' }, op: 'ge', value: 1 } satisfies Rule,
    ].map((rule): [Rule, 'segment', Catalog, string, string, string] => [
      rule,
      'segment',
      catalog,
      'condition.place',
      'kind',
      'Only people in a flow have that: use it in a step of a flow.',
    ]),
    ...(
      [
        ['since-entering', 'Nobody enters a segment by a flow: choose “ever” or a number of days.'],
        ['since-arriving', 'A segment has no steps to arrive at: choose “ever” or a number of days.'],
      ] as const
    ).map(([kind, say]): [Rule, 'segment', Catalog, string, string, string] => [
      { subject: { kind: 'event', type: 'page', where: [], window: { kind } }, op: 'ge', value: 1 },
      'segment',
      catalog,
      'condition.window',
      'window',
      say,
    ]),
  ])('%j in a %s', (rule, place, known, code, at, say) => {
    expect(of(rule, place, known)).toEqual([[code, `rules.0.subject.${at}`, 'error', say]])
  })

  test('a way out that the step has is not refused', () => {
    expect(of({ subject: { kind: 'journey', node: 'mail', port: 'out' }, op: 'ge', value: 1 }, 'flow', { ...catalog, steps })).toEqual([])
  })

  test('a comparison that a subject does not know', () => {
    expect(of(field('age', 'contains', 3))).toEqual([
      ['condition.operator', 'rules.0.op', 'error', 'This cannot be compared like that: choose another comparison.'],
    ])
  })

  test('a group of nothing, and every other fault with it, each at its place', () => {
    const source: Condition = {
      combinator: 'or',
      rules: [field('age', 'ge'), { combinator: 'and', rules: [] }, { combinator: 'and', rules: [field('gone', 'empty')] }],
    }
    expect(faults(source)).toEqual([
      ['condition.value', 'rules.0.value', 'error', 'Choose a value.'],
      ['condition.empty', 'rules.1.rules', 'error', 'This group has no condition: add one, or remove the group.'],
      ['condition.missing', 'rules.2.rules.0.subject.key', 'error', 'There is no field “gone”: choose another, or create it.'],
    ])
    expect(faults({ combinator: 'and', rules: [] })).toMatchObject([['condition.empty', 'rules', 'error', expect.any(String)]])
  })
})
