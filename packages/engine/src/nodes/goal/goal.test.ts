import { DAY, HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../../testing/index.ts'
import { checkFlow, emptyState, type FlowGraph, type InboxItem } from '../../index.ts'

const paid = {
  combinator: 'and' as const,
  rules: [
    { subject: { kind: 'event' as const, type: 'order.paid', where: [], window: { kind: 'ever' as const } }, op: 'ge' as const, value: 1 },
  ],
}
const quiet = {
  combinator: 'and' as const,
  rules: [
    {
      subject: { kind: 'event' as const, type: 'page', where: [], window: { kind: 'days' as const, days: 1 } },
      op: 'is' as const,
      value: 0,
    },
  ],
}
const hand = { on: { kind: 'manual' } }
const wait = (amount: number) => ({ until: { kind: 'duration', amount, unit: 'hours' } })
const enrol: InboxItem = { kind: 'enrol', at: 0, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
const event = (type: string, at: number): InboxItem => ({
  kind: 'event',
  at,
  event: { id: `${type}${at}`, type, props: {}, occurredAt: at, receivedAt: at },
})
type Nodes = Parameters<typeof buildGraph>[0]
const journal = (graph: FlowGraph, items: readonly InboxItem[]) => {
  const run = runInMemory(planOf({ f: graph }), [{ state: emptyState(samplePerson({ key: 'ada', fields: {} })), items }], 10 * DAY)
  for (const { reason, port } of run.journal) expect(recompute(reason)).toBe(port)
  return run.journal.map(({ node, port, reason, time }) => `${Date.parse(time) / HOUR} ${node}.${port} ${reason.code}`)
}
const issues = (nodes: Nodes, ways: string[]) =>
  checkFlow(buildGraph(nodes, ways), sampleCatalog).map(({ code, nodes: at, severity }) => `${severity} ${code} ${at.join('+')}`.trim())

describe('a goal', () => {
  const start: Nodes = [['in', 'trigger', hand]]
  const end: Nodes[number] = ['end', 'exit', { label: '' }]

  test('E-180 needs no way in, and of its ports only what leads on from it', () => {
    const alone = (data: Record<string, unknown>): Nodes => [...start, end, ['g', 'goal', { when: paid, ...data }]]
    expect(issues(alone({}), ['in.out>end'])).toEqual([])
    expect(issues(alone({ reached: 'jump' }), ['in.out>end'])).toEqual(['error port-open g'])
    expect(issues(alone({ reached: 'jump' }), ['in.out>end', 'g.reached>end'])).toEqual([])
    expect(issues([...alone({}), ['s', 'score', { dimension: 'fit', points: 1 }]], ['in.out>end', 'g.not-reached>s', 's.out>end'])).toEqual(
      ['error unreachable s'],
    )
  })

  test('E-180 what stands behind a goal that people are put at can be reached', () => {
    const nodes: Nodes = [...start, end, ['g', 'goal', { when: paid, reached: 'jump' }], ['s', 'score', { dimension: 'fit', points: 1 }]]
    expect(issues(nodes, ['in.out>end', 'g.reached>s', 's.out>end'])).toEqual([])
    expect(issues(nodes, ['in.out>end', 'g.reached>s', 's.out>s'])).toEqual(expect.arrayContaining(['error no-end s']))
  })

  test('E-180 everybody who has not left leaves by it, wherever they stand', () => {
    const graph = buildGraph([...start, ['w', 'wait', wait(48)], end, ['g', 'goal', { when: paid }]], ['in.out>w', 'w.out>end'])
    expect(journal(graph, [enrol, event('order.paid', 5 * HOUR)])).toEqual(['0 in.out trigger.manual', '5 w.end goal.reached'])
  })

  const led = (data: Record<string, unknown>, reached = 'jump') =>
    buildGraph(
      [...start, ['w', 'wait', wait(2)], ['g', 'goal', { when: paid, reached, ...data }], end],
      ['in.out>w', 'w.out>g', ...(reached === 'jump' ? ['g.reached>end'] : []), ...(data.ifNotYet === 'wait' ? [] : ['g.not-reached>end'])],
    )

  test('E-181 who comes before it is true goes on by a way of their own', () => {
    expect(journal(led({}), [enrol])).toEqual([
      '0 in.out trigger.manual',
      '2 w.out wait.duration',
      '2 g.not-reached goal.not-yet',
      '2 end.end exit',
    ])
  })

  test('E-181 or waits until it is, and then goes on as reached or leaves', () => {
    const waiting = { ifNotYet: 'wait' }
    const before = ['0 in.out trigger.manual', '2 w.out wait.duration']
    expect(journal(led(waiting), [enrol, event('order.paid', 7 * HOUR)])).toEqual([...before, '7 g.reached goal.met', '7 end.end exit'])
    expect(journal(led(waiting, 'leave'), [enrol, event('order.paid', 7 * HOUR)])).toEqual([...before, '7 g.end goal.met'])
    expect(journal(led(waiting, 'leave'), [enrol])).toEqual(before)
  })

  test('E-181 whoever left by it has reached it', () => {
    const plan = planOf({ f: led({ ifNotYet: 'wait' }, 'leave') })
    const state = emptyState(samplePerson({ key: 'ada', fields: {} }))
    const { turns } = runInMemory(plan, [{ state, items: [enrol, event('order.paid', 7 * HOUR)] }], DAY)
    expect(turns.at(-1)?.result.enrolments[0]?.ended).toEqual({ how: 'reached', at: 7 * HOUR, label: null })
  })

  test('E-182 time alone may make it true, and what happens meanwhile puts that off', () => {
    const graph = buildGraph(
      [...start, ['g', 'goal', { when: quiet, reached: 'jump', ifNotYet: 'wait' }], end],
      ['in.out>g', 'g.reached>end'],
    )
    const seen = event('page', 0)
    expect(journal(graph, [seen, enrol])).toEqual(['0 in.out trigger.manual', '24 g.reached goal.met', '24 end.end exit'])
    expect(journal(graph, [seen, enrol, event('page', 10 * HOUR)])[1]).toMatch(/^34/)
  })

  test('E-183 whoever the goal brought has reached it, though something changed it back in the same moment', () => {
    const inB = { subject: { kind: 'passage' as const, flowId: 'b', is: 'now' as const }, op: 'is' as const }
    const a = buildGraph(
      [
        ...start,
        ['w', 'wait', wait(48)],
        ['g', 'goal', { when: { combinator: 'and', rules: [...paid.rules, inB] }, reached: 'jump' }],
        end,
      ],
      ['in.out>w', 'w.out>end', 'g.reached>end', 'g.not-reached>end'],
    )
    // The goal of `a` is looked at first, then the rule by which the person leaves `b`; only then `a` is asked at the goal.
    const b = buildGraph([...start, ['w', 'wait', wait(48)], end], ['in.out>w', 'w.out>end'], { exitWhen: paid })
    const known = { ...sampleCatalog, flows: [{ id: 'b', name: 'B', version: 1, startable: false }] }
    const items = [{ ...enrol, flowId: 'a' }, { ...enrol, flowId: 'b' }, event('order.paid', HOUR)]
    const run = runInMemory(planOf({ a, b }, [], known), [{ state: emptyState(samplePerson({ key: 'ada', fields: {} })), items }], DAY)
    const codes = run.journal.map(({ flow, node, port, reason }) => `${flow} ${node}.${port} ${reason.code}`)
    expect(codes.slice(2)).toEqual(['a w.away goal.reached', 'b w.end exit-rule', 'a g.reached goal.earlier', 'a end.end exit'])
  })
})
