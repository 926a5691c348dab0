import { type FlowGraph, flowTest, issueKey } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, KINDS, openApi, type TestApi } from './harness.ts'

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}
const rule = (segmentId: string) => ({ subject: { kind: 'segment', segmentId }, op: 'is' })

describe.each(KINDS)('tests of a flow at its publish (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let id: string
  let segmentId: string
  const graph = (ways: readonly string[]): FlowGraph => ({
    format: 1,
    settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
    nodes: [
      node('in', 'trigger', { on: { kind: 'segment', segmentId } }),
      node('w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }),
      node('b', 'branch', { cases: [{ id: 'yes', name: 'Yes', when: { combinator: 'and', rules: [rule(segmentId)] } }] }),
      node('yes', 'exit', { label: 'Yes', finished: true }),
      node('no', 'exit', { label: 'No', finished: false }),
    ],
    edges: ways.map(edge),
    tests: [
      flowTest.parse({
        ...{ id: 't1', name: 'Fits', from: '2026-03-02T09:00:00Z', until: '2026-03-03T09:00:00Z' },
        persona: { fields: { company: 'Kiesel' } },
        expect: ['in', 'w', 'b', 'yes'].map((it) => ({ node: it })),
      }),
    ],
  })
  const right = ['in.out>w', 'w.out>b', 'b.yes>yes', 'b.otherwise>no']
  const wrong = ['in.out>w', 'w.out>b', 'b.yes>no', 'b.otherwise>yes']

  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer')
    const rules = [{ subject: { kind: 'field' as const, key: 'company' }, op: 'is' as const, value: 'Kiesel' }]
    segmentId = (await marketer.segments.create({ name: 'Kiesel', condition: { combinator: 'and', rules } })).id
    id = (await marketer.flows.create({ name: 'Tested' })).id
  })
  afterAll(() => api.close())

  test('as expected, nothing is said; the persona joins the segment by which the flow lets in', async () => {
    await marketer.flows.saveDraft({ id, rev: 0, graph: graph(right) })
    const { issues, rev } = await marketer.flows.publishPreview({ id })
    expect(issues.filter((it) => it.code === 'test.failed')).toEqual([])
    expect(rev).toBe(1)
  })

  test('a test that fails is a warning that has to be acknowledged, with the difference', async () => {
    await marketer.flows.saveDraft({ id, rev: 1, graph: graph(wrong) })
    const { issues } = await marketer.flows.publishPreview({ id })
    const [failed] = issues.filter((it) => it.code === 'test.failed')
    expect(failed).toMatchObject({ severity: 'warning', nodes: ['no'], path: 'tests.t1' })
    expect(failed?.say).toContain('The test “Fits” fails: expected “Finish: Yes”, went by “Leave: No”')
    await expect(marketer.flows.publish({ id, rev: 2, enrolMatching: false })).rejects.toThrow()
    const reasons = Object.fromEntries(issues.filter((it) => it.severity === 'warning').map((it) => [issueKey(it), 'It is meant so.']))
    const done = await marketer.flows.publish({ id, rev: 2, enrolMatching: false, reasons })
    expect(done.version).toBe(1)
  })

  test('S-49 points that the score model gives count in a test as in a walk', async () => {
    const visit = { kind: 'behaviour' as const, id: 'visit', dimension: 'engagement', points: 3000, event: 'visit' }
    const { dimensions } = (await marketer.scores.model()).inForce
    await marketer.scores.save({ rev: 0, model: { dimensions, rules: [{ ...visit, where: [], atMost: null }], grade: null } })
    await marketer.scores.publish({ rev: 1 })
    const made = await marketer.flows.create({ name: 'By score' })
    const base = graph(right)
    const busy = { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'engagement' }, op: 'ge', value: 30 }] }
    const nodes = base.nodes.map((it) => {
      if (it.id === 'in') return node('in', 'trigger', { on: { kind: 'manual' } })
      return it.id === 'b' ? node('b', 'branch', { cases: [{ id: 'yes', name: 'Yes', when: busy }] }) : it
    })
    const events = [
      { time: '2026-03-02T09:00:00Z', enrol: { node: 'in' } },
      { time: '2026-03-02T09:30:00Z', type: 'visit' },
    ]
    const tests = base.tests?.map((it) => flowTest.parse({ ...it, events }))
    await marketer.flows.saveDraft({ id: made.id, rev: 0, graph: { ...base, nodes, tests } })
    const { issues } = await marketer.flows.publishPreview({ id: made.id })
    expect(issues.filter((it) => it.code === 'test.failed')).toEqual([])
  })
})
