import { describe, expect, test } from 'vitest'
import { emptyCatalog } from '../catalog.ts'
import { compileCondition } from '../condition/index.ts'
import type { SentencePart } from '../sentence.ts'
import { emptyState } from '../state/empty.ts'
import type { Person } from '../state/person.ts'
import {
  type AgreementContent,
  agreementChanges,
  agreementContent,
  agreementHash,
  agreementProblems,
  agreementSentence,
  criteriaOf,
  EMPTY_AGREEMENT,
  lateFields,
  qualifiesOf,
  returnWords,
} from './index.ts'

const catalog = {
  ...emptyCatalog('UTC'),
  fields: [
    { key: 'employees', label: 'Employees', type: 'number' as const },
    { key: 'country', label: 'Country', type: 'text' as const },
    { key: 'duration', label: 'Duration of the call', type: 'number' as const, afterOutcome: true },
  ],
  dimensions: [{ id: 'fit', name: 'Fit' }],
}
const employees = (value: number) => ({ subject: { kind: 'field', key: 'employees' }, op: 'ge', value }) as const
const content: AgreementContent = {
  ...EMPTY_AGREEMENT,
  fit: { combinator: 'and', rules: [employees(20)] },
  engagement: {
    combinator: 'or',
    rules: [
      { subject: { kind: 'event', type: 'page', where: [], window: { kind: 'days', days: 14 } }, op: 'ge', value: 3 },
      { subject: { kind: 'event', type: 'form', where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 },
    ],
  },
  thresholds: [{ dimension: 'fit', atLeast: 60 }],
}
const nobody: Person = {
  id: 1,
  key: 'a',
  zone: null,
  fields: {},
  folded: {},
  consent: {},
  suppressed: null,
  stage: 'lead',
  ownerSide: 'marketing',
  ownerId: null,
  createdAt: 0,
}
const words = (parts: readonly SentencePart[] | null) => parts?.map((it) => it.text).join(' ') ?? null

describe('AG-1 who qualifies', () => {
  test('everybody who meets each criterion and each threshold', () => {
    expect(criteriaOf(content)).toHaveLength(3)
    const made = compileCondition(qualifiesOf(content), catalog, 'segment')
    if ('issues' in made) throw new Error(JSON.stringify(made.issues))
    const state = emptyState(nobody)
    const line = { key: 'l', dimension: 'fit', points: 6000, at: 1, rule: 'r', cause: { flowId: 'f', node: 'n', visit: 1 } }
    const event = { id: 'e', type: 'form', props: {}, occurredAt: 5, receivedAt: 5 }
    const person = { ...state.person, fields: { employees: 20 } }
    const verdict = (more: object) =>
      made.ok.evaluate({ now: 10, enteredAt: null, state: { ...state, person, events: [event], ledger: [line], ...more } }).truth
    expect(verdict({})).toBe(true)
    expect(verdict({ ledger: [{ ...line, points: 5999 }] })).toBe(false)
    expect(verdict({ events: [] })).toBe(false)
    expect(verdict({ person: { ...person, fields: { employees: 19 } } })).toBe(false)
    expect(verdict({ person: { ...person, fields: {} } })).toBe(null)
  })

  test('and it is said in one sentence', () => {
    expect(words(agreementSentence(content, catalog))).toBe(
      'A lead qualifies when Employees is at least 20 and (they viewed any page at least 3 times in the last 14 days or they did form at least once) and Fit score is at least 60',
    )
    expect(words(agreementSentence(EMPTY_AGREEMENT, catalog))).toBe('A lead qualifies when add a criterion')
  })
})

test('AG-2 any change has another hash; the order of keys is none', () => {
  const { note, ...rest } = content
  expect(agreementHash({ note, ...rest })).toBe(agreementHash(content))
  expect(agreementHash({ ...content, note: 'x' })).not.toBe(agreementHash(content))
  expect(agreementHash({ ...content, reviewOn: '2027-01-01' })).not.toBe(agreementHash(content))
})

describe('AG-3 what cannot be signed says why', () => {
  test('nothing agreed on, and what the workspace does not have', () => {
    expect(agreementProblems(EMPTY_AGREEMENT, catalog)).toEqual(['It says of nobody who qualifies: add a criterion or a threshold.'])
    expect(agreementProblems(content, { ...catalog, dimensions: [] })).toEqual(['There is no score “fit”: choose another.'])
    expect(agreementProblems(content, catalog)).toEqual([])
  })

  test('a score with two thresholds, and a date that is none, are not read', () => {
    const twice = [
      { dimension: 'fit', atLeast: 1 },
      { dimension: 'fit', atLeast: 2 },
    ]
    expect(agreementContent.safeParse({ ...content, thresholds: twice }).success).toBe(false)
    expect(agreementContent.safeParse({ ...content, reviewOn: '2027-02-30' }).success).toBe(false)
  })

  test('fields that are known only afterwards are named', () => {
    const late = {
      ...content,
      fit: { combinator: 'and' as const, rules: [{ subject: { kind: 'field' as const, key: 'duration' }, op: 'gt' as const, value: 1 }] },
    }
    expect(lateFields(late, catalog)).toEqual(['Duration of the call'])
    expect(lateFields(content, catalog)).toEqual([])
  })
})

test('AG-4 two versions differ in words, rule by rule', () => {
  const after: AgreementContent = {
    ...content,
    fit: { combinator: 'and', rules: [employees(50), { subject: { kind: 'field', key: 'country' }, op: 'is', value: 'DE' }] },
    thresholds: [],
    returns: { ...content.returns, lost: { coolOffDays: 1, scores: { cap: 2500 } } },
    reviewOn: '2027-03-01',
  }
  expect(agreementChanges(content, after, catalog).map((it) => [it.about, words(it.before), words(it.after)])).toEqual([
    ['Who they are', 'Employees is at least 20', 'Employees is at least 50'],
    ['Who they are', null, 'Country is DE'],
    ['Threshold', 'Fit score is at least 60', null],
    [
      'When it comes back',
      'When a deal is lost, the person rests 180 days and keeps its score',
      'When a deal is lost, the person rests 1 day and each of its scores is at most 25',
    ],
    ['Review', null, '1 Mar 2027'],
  ])
  expect(agreementChanges(content, agreementContent.parse(content), catalog)).toEqual([])
  expect(words(returnWords('rejected', { coolOffDays: 0, scores: 'reset' }))).toBe(
    'When sales rejects a lead, it rests no time at all and its score begins at 0',
  )
})
