import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, samplePerson } from '../../../testing/index.ts'
import { advance, emptyCatalog, emptyState, type FieldValue, type InboxItem, UNDECIDED } from '../../index.ts'
import { branch } from './index.ts'
import { branchRun } from './run.ts'

const enrol: InboxItem = { kind: 'enrol', at: 1, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
const ENV = { now: 1, seed: '' }
const rule = (key: string, op: string, value?: unknown) => ({ subject: { kind: 'field', key }, op, value })
const graph = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'manual' } }],
    [
      'b',
      'branch',
      {
        cases: [
          { id: 'old', name: 'Old', when: { combinator: 'and', rules: [rule('age', 'ge', 60)] } },
          { id: 'grown', name: 'Grown', when: { combinator: 'or', rules: [rule('age', 'ge', 18), rule('job', 'is', 'CLERK')] } },
          { id: 'not-clerk', name: 'No clerk', when: { combinator: 'and', rules: [rule('job', 'is-not', 'clerk')] } },
          {
            id: 'nobody',
            name: 'Nothing known',
            when: { combinator: 'and', rules: [rule('job', 'empty'), rule('age', 'empty'), rule('balance', 'ge', 0)] },
          },
        ],
      },
    ],
    ['end', 'exit', { label: '' }],
  ],
  ['in.out>b', ...['old', 'grown', 'not-clerk', 'nobody', 'otherwise'].map((port) => `b.${port}>end`)],
)

describe('a branch', () => {
  test.each([
    ['E-60 the first that is true', { age: 70 }, 'old', [true]],
    ['E-60 the second, though a later one is true as well', { age: 30, job: 'smith' }, 'grown', [false, true]],
    ['E-60 texts whatever their case', { age: 3, job: 'Clerk' }, 'grown', [false, true]],
    ['E-60 one of an “or”', { age: 3, job: 'clerk', balance: 1 }, 'grown', [false, true]],
    ['E-61 unknown or true is true', { job: 'clerk' }, 'grown', [null, true]],
    ['E-61 unknown matches nothing, “is not” neither', {}, 'otherwise', [null, null, null, null]],
    ['E-61 unknown and false is false', { age: 3, balance: 1 }, 'otherwise', [false, null, null, false]],
    ['E-61 only “is empty” sees what is missing', { balance: 1 }, 'nobody', [null, null, null, true]],
  ] as [string, Record<string, FieldValue>, string, (boolean | null)[]][])('%s', (_, fields, port, truths) => {
    const state = emptyState(samplePerson({ key: 'a', fields }))
    const step = advance(planOf({ f: graph }), state, { now: 1, items: [enrol] }, { now: 1, seed: '' }).enrolments[0]?.steps[1]
    expect(step?.port).toBe(port)
    expect(step?.reason).toMatchObject({ code: port === 'otherwise' ? 'branch.otherwise' : 'branch.case', now: 1, enteredAt: 1 })
    if (!step || !('cases' in step.reason)) throw new Error('no cases')
    expect(step.reason.cases.map((it) => it.truth)).toEqual(truths)
    expect(recompute(step.reason)).toBe(port)
  })

  test.each([
    ['a case looked at before the one taken', { job: 'clerk' }, [null, 'grown', '?']],
    ['several cases: once for each who comes by', {}, [null, 'otherwise', '?']],
    ['none that was looked at, though a later one is', { age: 70 }, [null, 'old']],
  ] as [string, Record<string, FieldValue>, (string | null)[]][])('E-61 counts who could not be decided: %s', (_, fields, ports) => {
    const { deltas } = advance(planOf({ f: graph }), emptyState(samplePerson({ key: 'a', fields })), { now: 1, items: [enrol] }, ENV)
    const there = deltas.filter((it) => it.node === 'b').map((it) => it.port)
    expect(new Set(there)).toEqual(new Set(ports))
    expect(there).toHaveLength(ports.length)
  })

  test('E-61 no way has the name that the count has', () => {
    const config = branch.config.parse(graph.nodes.find((it) => it.id === 'b')?.data)
    const issues = branchRun.check(
      { ...config, cases: config.cases.map((it) => ({ ...it, id: it.id === 'old' ? UNDECIDED : it.id })) },
      emptyCatalog('UTC'),
    )
    expect(issues).toContainEqual(expect.objectContaining({ code: 'branch.id', path: 'cases.0' }))
  })
})
