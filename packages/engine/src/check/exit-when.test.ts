import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { type CheckCase, end, manual, proved, told } from '../../testing/check.ts'
import { buildGraph } from '../../testing/index.ts'
import type { Condition } from '../condition/schema.ts'
import { checkFlow, compileFlow } from '../index.ts'

const graph = (exitWhen: Condition | undefined) =>
  buildGraph(
    [
      ['in', 'trigger', { v: 2, on: { kind: 'manual' } }],
      ['end', 'exit', { label: 'Done' }],
    ],
    ['in.out>end'],
    exitWhen === undefined ? {} : { exitWhen },
  )
const all = (...rules: Condition['rules']): Condition => ({ combinator: 'and', rules })
const leaves = (exitWhen: Condition): CheckCase => ({ nodes: [manual, end], ways: ['in.out>end'], settings: { exitWhen } })

describe('the rule for leaving', () => {
  test.each(
    proved('exitWhen', [
      ['none, in a flow of two steps', { nodes: [manual, end], ways: ['in.out>end'] }, []],
      ['one without conditions', leaves(all()), []],
      ['one that fits', leaves(all({ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'paid' })), []],
      ['one with a field that is gone', leaves(all({ subject: { kind: 'field', key: 'gone' }, op: 'is', value: 'x' })), ['exit-when']],
      ['one without a value', leaves(all({ subject: { kind: 'field', key: 'plan' }, op: 'is' })), ['exit-when']],
      ['one with a score that is gone', leaves(all({ subject: { kind: 'score', dimension: 'gone' }, op: 'ge', value: 1 })), ['exit-when']],
    ]),
  )('E-168 %s is told', (_, it, expected) => expect(told(it, ['exit-when'])).toEqual(expected))

  test.each([
    ['none', undefined, []],
    ['one without conditions', all(), []],
    ['one that fits', all({ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'paid' }), []],
    ['one with a field that is gone', all({ subject: { kind: 'field', key: 'gone' }, op: 'is', value: 'x' }), ['exit-when']],
    ['one without a value', all({ subject: { kind: 'field', key: 'plan' }, op: 'is' }), ['exit-when']],
  ])('E-168 %s', (_, rule, codes) => {
    const issues = checkFlow(graph(rule), sampleCatalog)
    expect(issues.map((it) => it.code)).toEqual(codes)
    for (const it of issues) expect(it.say).toMatch(/^The flow’s rule for leaving: ./)
    const compiled = compileFlow({ flowId: 'f', version: 1, graph: graph(rule), catalog: sampleCatalog })
    expect('ok' in compiled).toBe(codes.length === 0)
  })
})
