import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCatalog, sampleFlows } from '../../fixtures/index.ts'
import { buildGraph } from '../../testing/build.ts'
import { branches, end, handsOver, manual, score, sends, waits } from '../../testing/check.ts'
import { arbitraryProgramme } from '../../testing/programmes.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { connect, moveNodes, planHash, removeNodes, setData, setNodeNote } from '../index.ts'
import { diffFlows, isSameFlow, touchedNodes } from './diff.ts'
import { diffWords } from './words.ts'

const before = buildGraph(
  [manual, branches('b', ['hot', [score('ge', 60)]], ['warm', [score('ge', 30)]]), waits('w', 2), sends('m', 'tpl_recording'), end],
  ['in.out>b', 'b.hot>w', 'b.warm>end', 'b.otherwise>end', 'w.out>m', 'm.sent>end'],
)
const with_ = (id: string, data: Record<string, unknown>): FlowGraph => ({
  ...before,
  nodes: before.nodes.map((it) => (it.id === id ? { ...it, data: { ...it.data, ...data } } : it)),
})
const said = (after: FlowGraph, from = before) =>
  diffWords(from, after, sampleCatalog).map(
    ({ how, name, lines }) => `${how} ${name}${lines.map((it) => ` | ${it.about}: ${it.from ?? '–'} → ${it.to ?? '–'}`).join('')}`,
  )

describe('E-340 what is different between two graphs', () => {
  test('steps that are new, gone or otherwise, and ways of those that stayed', () => {
    const after = buildGraph(
      [manual, branches('b', ['hot', [score('ge', 70)]], ['warm', [score('ge', 30)]]), waits('w', 3), handsOver('h'), end],
      ['in.out>b', 'b.hot>w', 'b.warm>h', 'b.otherwise>end', 'w.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
    )
    const diff = diffFlows(before, after)
    expect(diff).toMatchObject({ added: ['h'], removed: ['m'], settings: [] })
    expect(diff.changed.map((it) => [it.node, it.values.map((one) => one.path)])).toEqual([
      ['b', ['cases.hot.when']],
      ['w', ['until.amount']],
    ])
    expect(diff.ways).toEqual([
      { node: 'b', port: 'warm', from: 'end', to: 'h' },
      { node: 'w', port: 'out', from: 'm', to: 'h' },
    ])
    expect(touchedNodes(diff)).toEqual(['h', 'b', 'w', 'm'])
  })

  test.each<[string, FlowGraph]>([
    ['moved', moveNodes(before, { w: { x: 900, y: 4 }, m: { x: 1, y: 1 } })],
    ['in another order', { ...before, nodes: before.nodes.toReversed(), edges: before.edges.toReversed() }],
    [
      'grouped, with a slip of paper',
      { ...before, groups: [{ id: 'g', name: 'G', folded: true }], notes: [{ id: 'n', position: { x: 0, y: 0 }, text: 'x' }] },
    ],
    ['ways under other ids', { ...before, edges: before.edges.map((it) => ({ ...it, id: `x${it.id}` })) }],
    ['an older form of the same', with_('w', { v: 1, slot: undefined })],
  ])('%s is no difference', (_, after) => {
    const read = { ...before, nodes: before.nodes.map((it) => (it.id === 'w' ? { ...it, data: { ...it.data, v: 2, slot: 1 } } : it)) }
    expect(isSameFlow(diffFlows(read, after))).toBe(true)
  })

  test('a step that has become one of another kind is told as that', () => {
    const after = { ...before, nodes: before.nodes.map((it) => (it.id === 'w' ? { ...it, type: 'throttle', data: { v: 1 } } : it)) }
    expect(diffFlows(before, after).changed).toEqual([{ node: 'w', values: [{ path: 'type', from: 'wait', to: 'throttle' }] }])
  })
})

describe('E-341 in words', () => {
  test.each<[string, FlowGraph, string[]]>([
    ['an amount', with_('w', { until: { kind: 'duration', amount: 3, unit: 'days' } }), ['changed Wait 3 days | Waits: Amount: 2 → 3']],
    [
      'another sort of wait',
      with_('w', { until: { kind: 'time', time: '09:00', weekdays: [], late: { do: 'next' } } }),
      ['changed Wait until 09:00 | Waits: duration, 2, days → time, 09:00, next'],
    ],
    [
      'a mail by its name',
      with_('m', { templateId: 'tpl_we_miss_you' }),
      ['changed Send What you have missed | Mail: Recording and slides → What you have missed'],
    ],
    ['a name of the author’s', with_('w', { name: 'Let it sink in' }), ['changed Let it sink in | Name: – → Let it sink in']],
    ['a note', setNodeNote(before, 'w', 'Why two days?'), ['changed Wait 2 days | Note: – → Why two days?']],
    [
      'a condition as a sentence',
      setData(before, 'b', branches('b', ['hot', [score('ge', 70)]], ['warm', [score('ge', 30)]])[2], ['hot', 'warm', 'otherwise']),
      ['changed Which way: hot, warm, or otherwise | hot: Who goes here: Fit score is at least 60 → Fit score is at least 70'],
    ],
    [
      'a way',
      connect(before, { id: 'x', source: 'b', sourceHandle: 'warm', target: 'm' }),
      ['changed Which way: hot, warm, or otherwise | Way warm: to Finish → to Send Recording and slides'],
    ],
    [
      'the settings of the flow',
      { ...before, settings: { ...before.settings, reentry: { when: 'after-days', days: 30 } } },
      ['changed Settings of the flow | Who may come again: never → after-days, 30'],
    ],
    [
      'a step that is gone',
      removeNodes(before, ['m']),
      ['changed Wait 2 days | Way Then: to Send Recording and slides → to Finish', 'removed Send Recording and slides'],
    ],
  ])('%s', (_, after, expected) => expect(said(after)).toEqual(expected))

  test('a case that is new has its name', () => {
    const after = setData(
      before,
      'b',
      branches('b', ['hot', [score('ge', 60)]], ['warm', [score('ge', 30)]], ['cold', [score('lt', 5)]])[2],
      ['hot', 'warm', 'cold', 'otherwise'],
    )
    expect(said(after)).toEqual(['changed Which way: hot, warm, cold, or otherwise | Cases: cold: – → cold, Fit score is less than 5'])
  })
})

describe('E-342 for any two graphs', () => {
  const graphs = arbitraryProgramme.map(({ flows }) => Object.values(flows))
  test('a graph is the same as itself, the way back is the way there turned round, and what does the same is no difference', () => {
    fc.assert(
      fc.property(graphs, ([a, b = a]) => {
        if (!a || !b) return
        expect(isSameFlow(diffFlows(a, { ...a, nodes: a.nodes.map((it) => ({ ...it })) }))).toBe(true)
        const [there, back] = [diffFlows(a, b), diffFlows(b, a)]
        expect(back.added).toEqual(there.removed)
        expect(back.removed).toEqual(there.added)
        expect(new Set(back.changed.map((it) => it.node))).toEqual(new Set(there.changed.map((it) => it.node)))
        expect(new Set(back.ways.map((it) => `${it.node} ${it.port} ${it.to} ${it.from}`))).toEqual(
          new Set(there.ways.map((it) => `${it.node} ${it.port} ${it.from} ${it.to}`)),
        )
        if (isSameFlow(there)) expect(planHash(a)).toBe(planHash(b))
        if (planHash(a) === planHash(b)) expect(isSameFlow(there)).toBe(true)
      }),
      { numRuns: 60, seed: 3 },
    )
  })

  test.each(sampleFlows.map((it) => [it.name, it.graph] as const))(
    '%s: every step that is taken away is told, with nothing else removed',
    (_, graph) => {
      for (const { id } of graph.nodes) {
        const diff = diffFlows(graph, removeNodes(graph, [id]))
        expect(diff.removed).toEqual([id])
        expect(diff.added).toEqual([])
      }
    },
  )
})
