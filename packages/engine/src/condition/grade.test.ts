import { GRADES, gradeOf } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { samplePerson } from '../../testing/index.ts'
import { type Catalog, compileCondition, conditionSentence, emptyCatalog, emptyState, type Rule, type RuleValue } from '../index.ts'

const T = Date.UTC(2026, 2, 2, 9)
const catalog: Catalog = {
  ...emptyCatalog('UTC'),
  dimensions: [
    { id: 'fit', name: 'Fit' },
    { id: 'engagement', name: 'Engagement' },
  ],
  grade: { fit: { dimension: 'fit', at: [6000, 4000, 1050] }, engagement: { dimension: 'engagement', at: [5000, 2510, 0] } },
}
const rule = (op: Rule['op'], value?: RuleValue): Rule => ({ subject: { kind: 'grade' }, op, ...(value !== undefined && { value }) })
const compiled = (it: Rule, around = catalog) => compileCondition({ combinator: 'and', rules: [it] }, around, 'segment')
const says = (it: Rule, around = catalog) => {
  const made = compiled(it, around)
  return 'issues' in made ? made.issues.map((one) => `${one.code} ${one.path}: ${one.say}`) : made.ok
}
const someone = (fit: number, engagement: number) => ({
  ...emptyState(samplePerson({ key: 'ada', fields: {} })),
  ledger: [
    { key: 'f', dimension: 'fit', points: fit, at: T, rule: 'r', cause: { flowId: 'f', node: 'n', visit: 1 } },
    { key: 'e', dimension: 'engagement', points: engagement, at: T, rule: 'r', cause: { flowId: 'f', node: 'n', visit: 1 } },
  ],
})
const LEVELS = [-1, 0, 1, 1049, 1050, 1051, 2509, 2510, 3999, 4000, 4999, 5000, 5999, 6000, 9999]

describe('EC-25 a grade in a condition', () => {
  const chosen: [Rule['op'], RuleValue][] = [
    ...GRADES.flatMap((it): [Rule['op'], RuleValue][] => [
      ['is', it],
      ['is-not', it],
    ]),
    ['any-of', ['A1', 'A2', 'B1', 'B2']],
    ['any-of', ['A1', 'C1', 'D4']],
    ['none-of', ['A1', 'a3', 'B2', 'C2', 'D1', 'D2', 'D3', 'D4']],
    ['any-of', GRADES.slice(1)],
    ['none-of', ['D1', 'D2', 'D3', 'D4']],
    ['any-of', ['A1', 'B1', 'C1', 'D1']],
    ['any-of', ['A1', 'A4', 'D1', 'D4']],
  ]
  test.each(chosen)('is what the grade says of every pair of scores: %s %j', (op, value) => {
    const made = compiled(rule(op, value))
    if ('issues' in made) throw new Error(JSON.stringify(made.issues))
    const list = (Array.isArray(value) ? value : [value]).map((it) => String(it).toUpperCase())
    const wanted = op === 'is' || op === 'any-of'
    for (const fit of LEVELS)
      for (const engagement of LEVELS) {
        const grade = catalog.grade ? gradeOf(fit, engagement, catalog.grade) : ''
        const { truth } = made.ok.evaluate({ now: T, state: someone(fit, engagement), enteredAt: null })
        expect([fit, engagement, truth]).toEqual([fit, engagement, list.includes(grade) === wanted])
      }
  })

  test('reads both scores, and its traces say which thresholds were looked at', () => {
    const made = compiled(rule('is', 'B1'))
    if ('issues' in made) throw new Error(JSON.stringify(made.issues))
    expect([...made.ok.reads.dimensions].sort()).toEqual(['engagement', 'fit'])
    const { rules } = made.ok.explain({ now: T, state: someone(4500, 100), enteredAt: null })
    expect(rules).toMatchObject([
      { rule: { subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 40 }, truth: true },
      { rule: { subject: { kind: 'score', dimension: 'fit' }, op: 'lt', value: 60 }, truth: true },
      { rule: { subject: { kind: 'score', dimension: 'engagement' }, op: 'ge', value: 50 }, truth: false },
    ])
  })

  test('EC-8 says what is wrong, and what to do', () => {
    const none = { ...catalog, grade: null }
    expect(says(rule('is', 'A1'), none)).toEqual([
      'condition.missing rules.0.subject.kind: The score model has no grade: set one under Scoring, or choose something else.',
    ])
    expect(says(rule('is', 'A1'), { ...catalog, dimensions: [] })).toEqual([
      'condition.missing rules.0.subject.dimension: There is no score “fit”: choose another.',
    ])
    expect(says(rule('is', 'E1'))).toEqual(['condition.value rules.0.value: “E1” is no grade: choose one of the list.'])
    expect(says(rule('any-of', []))).toEqual(['condition.value rules.0.value: Choose at least one value.'])
    expect(says(rule('any-of', [...GRADES]))).toEqual(['condition.value rules.0.value: These are all grades there are: leave one out.'])
    expect(says(rule('contains', 'A'))).toEqual([
      'condition.operator rules.0.op: This cannot be compared like that: choose another comparison.',
    ])
  })

  test('EC-23 is read aloud', () => {
    const words = (it: Rule) =>
      conditionSentence({ combinator: 'and', rules: [it] }, catalog)
        .map((part) => part.text)
        .join(' ')
    expect(words(rule('any-of', ['A1', 'A2']))).toBe('grade is one of A1 or A2')
    expect(words(rule('is-not', 'D4'))).toBe('grade is not D4')
  })
})
