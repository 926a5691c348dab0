import { describe, expect, test } from 'vitest'
import { sampleCatalog, sampleFlows } from '../../fixtures/index.ts'
import { buildGraph } from '../../testing/index.ts'
import { checkFlow, compileFlow, type FlowGraph, type Issue } from '../index.ts'

type Nodes = Parameters<typeof buildGraph>[0]
const go: Nodes[number] = ['in', 'trigger', { on: { kind: 'manual' } }]
const end: Nodes[number] = ['end', 'exit', { label: '' }]
const score = (id: string): Nodes[number] => [id, 'score', { dimension: 'fit', points: 1 }]
const field = (key: string) => ({ combinator: 'and', rules: [{ subject: { kind: 'field', key }, op: 'not-empty' }] })
/** Nobody is lost for good. */
const again = { reentry: { when: 'always' as const } }
const found = (graph: FlowGraph) =>
  checkFlow(graph, sampleCatalog).map(({ code, nodes, severity }) => `${severity} ${code} ${nodes.join('+')}`.trim())
const issues = (nodes: Nodes, ways: string[]) => found(buildGraph(nodes, ways))

describe('checks before launch', () => {
  test.each<[string, Nodes, string[], string[]]>([
    ['E-100 no trigger', [end], [], ['error no-trigger']],
    ['E-101 a node nobody gets to', [go, end, score('s')], ['in.out>end', 's.out>end'], ['error unreachable s']],
    ['E-102 a port that leads nowhere', [go, end, score('s')], ['in.out>s'], ['error port-open s', 'error unreachable end']],
    [
      'E-103 a circle without a wait',
      [go, score('a'), score('b'), end],
      ['in.out>a', 'a.out>b', 'b.out>a'],
      ['error circle a+b', 'error no-end in+a+b', 'error unreachable end'],
    ],
    ['E-105 a way to nowhere', [go, end], ['in.out>end', 'end.out>gone'], ['error dangling-edge end']],
    ['E-105 a way from a port that is not there', [go, end], ['in.out>end', 'in.up>end'], ['error dangling-edge in+end']],
    ['E-105 two ways out of one port', [go, score('s'), end], ['in.out>end', 'in.out>s', 's.out>end'], ['error two-ways in+s']],
    ['E-90 an unknown kind', [go, ['x', 'teleport', { to: 'moon' }], end], ['in.out>x', 'x.beam>end'], ['error unknown-kind x']],
    ['E-90 a newer config', [go, ['s', 'score', { v: 99, magic: true }], end], ['in.out>s', 's.out>end'], ['error newer-config s']],
    [
      'a config that cannot be read',
      [go, ['s', 'score', { points: 'ten' }], end],
      ['in.out>s', 's.out>end'],
      ['error config s', 'error config s'],
    ],
  ])('%s', (_, nodes, ways, expected) => {
    expect(issues(nodes, ways)).toEqual(expected)
  })

  test('E-103 E-104 a circle with a wait is no circle, but it needs a way out', () => {
    const round: Nodes = [go, ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }], score('a'), end]
    expect(issues(round, ['in.out>w', 'w.out>a', 'a.out>w'])).toEqual(['error no-end in+w+a', 'error unreachable end'])
  })

  test.each<[string, Nodes[number], string]>([
    ['segment', ['n', 'trigger', { on: { kind: 'segment', segmentId: 'seg_gone' } }], 'missing-segment'],
    ['field', ['n', 'update-field', { field: 'gone', action: { do: 'clear' } }], 'missing-field'],
    ['field of the packet', ['n', 'hand-to-sales', { teamId: 'team_phone', why: 'x', fields: ['gone'] }], 'missing-field'],
    ['mail', ['n', 'send-email', { templateId: 'tpl_gone' }], 'missing-template'],
    ['team', ['n', 'hand-to-sales', { teamId: 'team_gone', why: 'x' }], 'missing-team'],
    ['score', ['n', 'score', { dimension: 'gone', points: 1 }], 'missing-dimension'],
  ])('E-106 E-93 a %s that is gone stops a publish, not a version that is live', (_, node, code) => {
    const graph = buildGraph(
      [go, node, end],
      [
        `in.out>${node[1] === 'trigger' ? 'end' : 'n'}`,
        ...['out', 'sent', 'accepted', 'rejected', 'overflow'].map((port) => `n.${port}>end`),
      ],
      again,
    )
    const kept = {
      ...graph,
      edges: graph.edges.filter(
        (edge) => !checkFlow(graph, sampleCatalog).some((it) => it.code === 'dangling-edge' && it.say.includes(edge.id)),
      ),
    }
    expect(checkFlow(kept, sampleCatalog).map((it) => it.code)).toEqual([code])
    expect(compileFlow({ flowId: 'f', version: 1, graph: kept, catalog: sampleCatalog })).toHaveProperty('ok')
  })

  test('a mail that was put away is named, stops a publish and leaves what is live alone', () => {
    const graph = buildGraph([go, ['n', 'send-email', { templateId: 'tpl_old' }], end], ['in.out>n', 'n.sent>end'])
    const old = { id: 'tpl_old', name: 'Spring offer', purpose: 'marketing' as const, archived: true }
    const catalog = { ...sampleCatalog, templates: [...sampleCatalog.templates, old] }
    expect(checkFlow(graph, catalog).map(({ code, say }) => [code, say])).toEqual([
      ['missing-template', 'The mail “Spring offer” was put away. Choose another, or take it out again under Messages.'],
    ])
    expect(compileFlow({ flowId: 'f', version: 1, graph, catalog })).toHaveProperty('ok')
  })

  test('E-93 a team that has emptied, or a field of another type, stops a publish, not a version that is live', () => {
    const graph = buildGraph(
      [
        go,
        ['u', 'update-field', { field: 'job', action: { do: 'set', value: 'x' } }],
        ['h', 'hand-to-sales', { teamId: 't', why: 'x' }],
        end,
      ],
      ['in.out>u', 'u.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
      again,
    )
    const catalog = {
      ...sampleCatalog,
      teams: [{ id: 't', name: 'T', members: 0 }],
      fields: [{ key: 'job', label: 'Job', type: 'number' as const }],
    }
    expect(checkFlow(graph, catalog).map((it) => it.code)).toEqual(['field.value', 'hand-off.members'])
    expect(compileFlow({ flowId: 'f', version: 1, graph, catalog })).toHaveProperty('ok')
  })

  test('E-106 a field that is gone from a condition', () => {
    const branch: Nodes[number] = ['b', 'branch', { cases: [{ id: 'c', name: 'C', when: field('gone') }] }]
    expect(issues([go, branch, end], ['in.out>b', 'b.c>end', 'b.otherwise>end'])).toEqual(['error condition.missing b'])
  })

  test('issues name the step by the author’s name, or by its sentence, and say what to do', () => {
    const said = (nodes: Nodes, ways: string[]) => checkFlow(buildGraph(nodes, ways, again), sampleCatalog).map((it: Issue) => it.say)
    expect(said([go, end, ['s', 'score', { dimension: 'fit', points: 1, name: 'A start' }]], ['in.out>end', 's.out>end'])).toEqual([
      'No way leads to “A start”. Connect it, or take it away.',
    ])
    expect(said([go, end, score('s')], ['in.out>end', 's.out>end'])).toEqual([
      'No way leads to “Add 1 point to Fit”. Connect it, or take it away.',
    ])
    expect(
      said([go, ['h', 'hand-to-sales', { teamId: 'team_phone', why: 'x' }], end], ['in.out>h', 'h.accepted>end', 'h.rejected>end']),
    ).toEqual(['Port Overflow leads nowhere. People would stop here. Connect it to the next step, or end it with Finish.'])
  })

  test('a flow of 5,000 steps is checked without running out of stack', () => {
    const nodes = Array.from({ length: 4998 }, (_, i) => score(`n${i}`))
    const ways = nodes.map((_, i) => `n${i}.out>${i === 4997 ? 'end' : `n${i + 1}`}`)
    expect(issues([go, ...nodes, end], ['in.out>n0', ...ways])).toEqual([])
  })

  test.each(sampleFlows.map((it) => [it.name, it.graph] as const))(
    '%s is clean, and every way that is taken away is noticed',
    (_, graph) => {
      expect(found(graph)).toEqual([])
      for (const edge of graph.edges) {
        const codes = found({ ...graph, edges: graph.edges.filter((it) => it !== edge) })
        expect(codes).toContain(`error port-open ${edge.source}`)
      }
    },
  )
})
