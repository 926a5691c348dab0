import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planHash } from '../compile/compile-flow.ts'
import { parseGraph } from '../graph/parse.ts'
import { type FlowGraph, flowGraph } from '../graph/schema.ts'
import { flowTest } from '../simulate/tests/schema.ts'
import * as edits from './index.ts'

const empty: FlowGraph = flowGraph.parse({ nodes: [], edges: [] })
const node = (id: string, x = 0, y = 0) => ({ id, type: 'exit', position: { x, y }, data: {} })
const edge = (source: string, target: string, port = 'out') => ({ id: `${source}.${port}-${target}`, source, sourceHandle: port, target })
const line: FlowGraph = { ...empty, nodes: ['a', 'b', 'c'].map((id) => node(id)), edges: [edge('a', 'b'), edge('b', 'c')] }

const told = (id: string, at: string, port = 'out') =>
  flowTest.parse({
    id,
    name: 'Goes through',
    from: '2026-03-02T09:00:00Z',
    until: '2026-03-03T09:00:00Z',
    persona: { drawn: { [at]: port } },
    events: [{ time: '2026-03-02T09:00:00Z', enrol: { node: at } }],
    expect: [{ node: at, port }],
    end: { how: 'rests', node: `${at}/inner` },
  })

/** One generator per exported edit: an edit without one fails the last test of this file. */
const ALIGN = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
const card = () => ({ width: 224, height: 56 })
const someId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const place = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) })
let fresh = 0
const generators = {
  addNode: someId.map((id) => (g: FlowGraph) => edits.addNode(g, node(id))),
  moveNodes: fc.tuple(someId, place).map(
    ([id, at]) =>
      (g: FlowGraph) =>
        edits.moveNodes(g, { [id]: at }),
  ),
  setData: fc.tuple(someId, fc.subarray(['out', 'yes', 'no'])).map(
    ([id, ports]) =>
      (g: FlowGraph) =>
        edits.setData(g, id, { v: 1 }, ports),
  ),
  removeNodes: fc.array(someId, { maxLength: 3 }).map((ids) => (g: FlowGraph) => edits.removeNodes(g, ids)),
  connect: fc.tuple(someId, someId, fc.constantFrom('out', 'yes', 'no')).map(
    ([s, t, p]) =>
      (g: FlowGraph) =>
        edits.connect(g, { ...edge(s, t, p), id: `e${fresh++}` }),
  ),
  disconnect: fc.nat(5).map(
    (n) => (g: FlowGraph) =>
      edits.disconnect(
        g,
        g.edges.slice(n, n + 1).map((e) => e.id),
      ),
  ),
  insertOnEdge: fc.tuple(someId, fc.nat(5), fc.constantFrom('out', null)).map(
    ([id, n, port]) =>
      (g: FlowGraph) =>
        edits.insertOnEdge(g, g.edges[n]?.id ?? 'none', node(id), port, `e${fresh++}`),
  ),
  paste: fc.tuple(fc.array(someId, { maxLength: 3 }), fc.nat(2)).map(([ids, notes]) => (g: FlowGraph) => {
    const copied = edits.copy(g, [...ids, ...(g.notes ?? []).slice(0, notes).map((it) => it.id)])
    return edits.paste(g, copied, { x: 24, y: 24 }, () => `n${fresh++}`).graph
  }),
  placeOnEdge: fc.tuple(someId, fc.nat(5), fc.constantFrom('out', null)).map(
    ([id, n, port]) =>
      (g: FlowGraph) =>
        edits.placeOnEdge(g, g.edges[n]?.id ?? 'none', id, port, `e${fresh++}`),
  ),
  moveStep: fc.tuple(someId, someId, fc.constantFrom('out', 'yes', 'no'), fc.constantFrom('out', null)).map(
    ([id, source, sourceHandle, port]) =>
      (g: FlowGraph) =>
        edits.moveStep(g, id, { source, sourceHandle }, port, `e${fresh++}`),
  ),
  reconnect: fc.tuple(fc.nat(5), someId, someId, fc.constantFrom('out', 'yes')).map(
    ([n, source, target, sourceHandle]) =>
      (g: FlowGraph) =>
        edits.reconnect(g, g.edges[n]?.id ?? 'none', { source, sourceHandle, target }),
  ),
  swapNode: fc.tuple(someId, fc.constantFrom('exit', 'wait', 'score', 'branch', 'trigger')).map(
    ([id, type]) =>
      (g: FlowGraph) =>
        edits.swapNode(g, id, { id: `n${fresh++}`, type }),
  ),
  alignNodes: fc.tuple(fc.array(someId, { maxLength: 4 }), fc.constantFrom(...ALIGN)).map(
    ([ids, to]) =>
      (g: FlowGraph) =>
        edits.alignNodes(g, ids, to, card),
  ),
  distributeNodes: fc.tuple(fc.array(someId, { maxLength: 5 }), fc.constantFrom('across' as const, 'down' as const)).map(
    ([ids, along]) =>
      (g: FlowGraph) =>
        edits.distributeNodes(g, ids, along, card),
  ),
  groupNodes: fc
    .array(someId, { maxLength: 3 })
    .map((ids) => (g: FlowGraph) => edits.groupNodes(g, ids, { id: `g${fresh++}`, name: 'Group', folded: false })),
  ungroup: fc.nat(3).map((n) => (g: FlowGraph) => edits.ungroup(g, g.groups?.slice(n, n + 1).map((it) => it.id) ?? [])),
  setGroup: fc.tuple(fc.nat(3), fc.boolean()).map(
    ([n, folded]) =>
      (g: FlowGraph) =>
        edits.setGroup(g, g.groups?.[n]?.id ?? 'none', { folded, name: 'Other' }),
  ),
  addNote: place.map((position) => (g: FlowGraph) => edits.addNote(g, { id: `t${fresh++}`, position, text: 'Ask sales' })),
  setNote: fc.tuple(fc.nat(3), fc.string()).map(
    ([n, text]) =>
      (g: FlowGraph) =>
        edits.setNote(g, g.notes?.[n]?.id ?? 'none', { text }),
  ),
  removeNotes: fc.nat(3).map((n) => (g: FlowGraph) => edits.removeNotes(g, g.notes?.slice(n, n + 1).map((it) => it.id) ?? [])),
  setNodeNote: fc.tuple(someId, fc.constantFrom('', 'Why so long')).map(
    ([id, text]) =>
      (g: FlowGraph) =>
        edits.setNodeNote(g, id, text),
  ),
  setSettings: fc
    .constantFrom('ignore' as const, 'restart' as const)
    .map((whileInside) => (g: FlowGraph) => edits.setSettings(g, { whileInside })),
  addTest: fc.tuple(fc.nat(3), someId, fc.constantFrom('out', 'yes')).map(
    ([n, at, port]) =>
      (g: FlowGraph) =>
        edits.addTest(g, told(`k${n}`, at, port)),
  ),
  removeTests: fc.nat(3).map((n) => (g: FlowGraph) => edits.removeTests(g, [`k${n}`])),
  replaceGraph: fc.constantFrom(line, empty).map((next) => (g: FlowGraph) => edits.replaceGraph(g, next)),
}
const anyEdit = fc.oneof(...Object.values(generators))

describe('edits', () => {
  test('any sequence leaves no dangling way, no double id, one way a port, no empty group, and can be read back', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 40 }), (sequence) => {
        const graph = sequence.reduce((g, edit) => edit(g), line)
        const ids = graph.nodes.map((n) => n.id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const e of graph.edges) expect(ids.includes(e.source) && ids.includes(e.target)).toBe(true)
        const ports = graph.edges.map((e) => `${e.source}.${e.sourceHandle}`)
        expect(new Set(ports).size).toBe(ports.length)
        const edgeIds = graph.edges.map((e) => e.id)
        expect(new Set(edgeIds).size).toBe(edgeIds.length)
        const parents = new Set(graph.nodes.flatMap((n) => n.parentId ?? []))
        expect([...parents].sort()).toEqual((graph.groups ?? []).map((it) => it.id).sort())
        expect(parseGraph(JSON.parse(JSON.stringify(graph)))).toHaveProperty('ok')
      }),
      { seed: 7, numRuns: 500 },
    )
  })

  test('undo after an edit is the identity, redo brings it back', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 20 }), (sequence) => {
        let history = edits.startHistory(line)
        for (const edit of sequence) {
          const before = history.present
          history = edits.record(history, edit(history.present))
          if (history.present === before) continue
          const back = edits.undo(history)
          expect(back.present).toBe(before)
          expect(edits.redo(back).present).toBe(history.present)
        }
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  test('edits do not change the graph they are given', () => {
    fc.assert(
      fc.property(anyEdit, (edit) => {
        const before = JSON.stringify(line)
        edit(line)
        expect(JSON.stringify(line)).toBe(before)
      }),
      { seed: 7 },
    )
  })

  test('removing the middle of a line heals the gap', () => {
    expect(edits.removeNodes(line, ['b']).edges).toEqual([{ ...edge('a', 'b'), target: 'c' }])
  })

  test('removing a step with two ways out heals nothing', () => {
    const fork = { ...line, nodes: [...line.nodes, node('d')], edges: [edge('a', 'b'), edge('b', 'c', 'yes'), edge('b', 'd', 'no')] }
    expect(edits.removeNodes(fork, ['b']).edges).toEqual([])
  })

  test('one gesture is one step of undo', () => {
    let history = edits.startHistory(line)
    for (const x of [1, 2, 3]) history = edits.record(history, edits.moveNodes(history.present, { a: { x, y: 0 } }), 'drag a')
    expect(edits.undo(history).present).toBe(line)
  })

  test('a copy of a whole group is a group, a part of it is only steps', () => {
    const grouped = edits.groupNodes(line, ['a', 'b'], { id: 'g', name: 'Start', folded: false })
    let n = 0
    const put = (ids: string[]) => edits.paste(grouped, edits.copy(grouped, ids), { x: 0, y: 200 }, () => `x${n++}`).graph
    expect(put(['a', 'b']).groups?.map((it) => it.name)).toEqual(['Start', 'Start'])
    expect(put(['a']).groups?.map((it) => it.name)).toEqual(['Start'])
  })

  test('notes are copied with steps and without, under new ids, and can be read from the clipboard', () => {
    const noted = edits.addNote(line, { id: 'n', position: { x: 8, y: 16 }, text: 'Ask sales', by: 'Mara', at: 5 })
    let n = 0
    const put = (ids: string[]) => {
      const read = edits.fragment.parse(JSON.parse(JSON.stringify(edits.copy(noted, ids))))
      return edits.paste(noted, read, { x: 100, y: 0 }, () => `x${n++}`)
    }
    const alone = put(['n'])
    expect(alone.added).toEqual(['x0'])
    expect(alone.graph.notes?.[1]).toEqual({ id: 'x0', position: { x: 108, y: 16 }, text: 'Ask sales', by: 'Mara', at: 5 })
    expect(alone.graph.nodes).toEqual(line.nodes)
    expect(put(['a', 'n', 'b'])).toMatchObject({ added: ['x1', 'x2', 'x4'], graph: { notes: [{ id: 'n' }, { id: 'x4' }] } })
    expect(edits.fragment.safeParse(edits.copy(noted, [])).success).toBe(false)
  })

  test('what is for the eye only does not change what the flow is', () => {
    const marked = edits.addNote(edits.setNodeNote(line, 'a', 'Why'), { id: 'n', position: { x: 0, y: 0 }, text: 'Ask' })
    expect(planHash(edits.groupNodes(marked, ['a'], { id: 'g', name: 'G', folded: true }))).toBe(planHash(line))
  })

  test.each([
    ['left', [0, 0, 0]],
    ['right', [400, 400, 400]],
    ['centre', [200, 200, 200]],
  ] as const)('steps aligned %s', (to, xs) => {
    const spread = edits.moveNodes(line, { a: { x: 0, y: 0 }, b: { x: 104, y: 100 }, c: { x: 400, y: 300 } })
    expect(edits.alignNodes(spread, ['a', 'b', 'c'], to, card).nodes.map((it) => it.position.x)).toEqual(xs)
  })

  test.each([
    ['top', [0, 0, 0]],
    ['bottom', [304, 304, 304]],
    ['middle', [152, 152, 152]],
  ] as const)('steps aligned to the %s', (to, ys) => {
    const spread = edits.moveNodes(line, { a: { x: 0, y: 0 }, b: { x: 104, y: 96 }, c: { x: 400, y: 304 } })
    expect(edits.alignNodes(spread, ['a', 'b', 'c'], to, card).nodes.map((it) => it.position.y)).toEqual(ys)
  })

  test('steps are spread with equal gaps between the outermost two, and never over each other', () => {
    const spread = edits.moveNodes(line, { a: { x: 0, y: 0 }, b: { x: 10, y: 80 }, c: { x: 0, y: 400 } })
    const down = edits.distributeNodes(spread, ['a', 'b', 'c'], 'down', card)
    expect(down.nodes.map((it) => it.position.y)).toEqual([0, 200, 400])
    const across = edits.distributeNodes(spread, ['a', 'b', 'c'], 'across', card)
    expect(across.nodes.map((it) => it.position.x).sort((a, b) => a - b)).toEqual([0, 224, 448])
  })

  test('a step dropped on a way stands in it; one that something leads to is not moved there', () => {
    const loose = { ...line, nodes: [...line.nodes, node('d')] }
    const placed = edits.placeOnEdge(loose, 'a.out-b', 'd', 'out', 'new')
    expect(placed.edges.map((e) => `${e.source}>${e.target}`).sort()).toEqual(['a>d', 'b>c', 'd>b'])
    expect(edits.placeOnEdge(loose, 'a.out-b', 'c', 'out', 'new')).toBe(loose)
  })

  test('a step is moved along its line and to another one; the gap is healed, what comes after stands behind it', () => {
    const ways = (g: FlowGraph) => g.edges.map((e) => `${e.source}.${e.sourceHandle}>${e.target}`).sort()
    const four = { ...line, nodes: [...line.nodes, node('d'), node('e')], edges: [...line.edges, edge('c', 'd'), edge('b', 'e', 'no')] }
    const down = edits.moveStep(four, 'b', { source: 'c', sourceHandle: 'out' }, 'out', 'new')
    expect(ways(down)).toEqual(['a.out>c', 'b.no>e', 'b.out>d', 'c.out>b'])
    expect(ways(edits.moveStep(down, 'b', { source: 'a', sourceHandle: 'out' }, 'out', 'new'))).toEqual(ways(four))
    expect(ways(edits.moveStep(four, 'c', { source: 'e', sourceHandle: 'out' }, 'out', 'new'))).toEqual([
      'a.out>b',
      'b.no>e',
      'b.out>d',
      'e.out>c',
    ])
  })

  test('a step is not moved to where it is, behind itself, nor to where it would cut off what follows', () => {
    expect(edits.moveStep(line, 'b', { source: 'a', sourceHandle: 'out' }, 'out', 'new')).toBe(line)
    expect(edits.moveStep(line, 'c', { source: 'a', sourceHandle: 'out' }, null, 'new')).toBe(line)
    const fork = { ...line, nodes: [...line.nodes, node('d')], edges: [...line.edges, edge('b', 'd', 'no')] }
    expect(edits.moveStep(fork, 'b', { source: 'd', sourceHandle: 'out' }, 'out', 'new')).toBe(fork)
    const started = { ...line, nodes: line.nodes.map((it) => (it.id === 'a' ? { ...it, type: 'trigger' } : it)) }
    expect(edits.moveStep(started, 'a', { source: 'c', sourceHandle: 'out' }, 'out', 'new')).toBe(started)
  })

  test('a way led elsewhere takes the place of the way that its new port had', () => {
    const next = edits.reconnect(line, 'a.out-b', { source: 'b', sourceHandle: 'out', target: 'a' })
    expect(next.edges.map((e) => `${e.id} ${e.source}>${e.target}`)).toEqual(['a.out-b b>a'])
  })

  test('swapping a kind keeps the name, the ways in and the way on, under a new id', () => {
    const named = {
      ...line,
      nodes: line.nodes.map((it) => (it.id === 'b' ? { ...it, type: 'tag', data: { name: 'Mark', nonsense: 1 } } : it)),
    }
    const next = edits.swapNode(named, 'b', { id: 'x', type: 'branch' })
    const swapped = next.nodes.find((it) => it.id === 'x')
    expect(swapped?.data).toMatchObject({ name: 'Mark' })
    expect(swapped?.data).not.toHaveProperty('nonsense')
    expect(next.edges.map((e) => `${e.source}>${e.target}`)).toEqual(['a>x', 'x>c'])
    expect(edits.swapNode(named, 'b', { id: 'x', type: 'trigger' })).toBe(named)
  })

  test('what names a swapped step names the new one, by its new way; what names others is the same object', () => {
    const asked = { combinator: 'and', rules: [{ subject: { kind: 'journey', node: 'b', port: 'out' }, op: 'ge', value: 1 }] }
    const asking = { ...node('d'), type: 'branch', data: { v: 1, cases: [{ id: 'x', name: 'X', when: asked }] } }
    const flow = { ...line, nodes: [...line.nodes, asking], tests: [told('t', 'b'), told('other', 'c')] }
    const next = edits.swapNode(flow, 'b', { id: 'new', type: 'branch' })
    const port = next.edges.find((it) => it.source === 'new')?.sourceHandle ?? ''
    expect(port).not.toBe('out')
    expect(JSON.stringify(next.nodes[3]?.data)).toContain(`"node":"new","port":"${port}"`)
    expect(next.tests?.[0]).toEqual({ ...told('t', 'new', port), persona: { ...told('t', 'b').persona, drawn: { new: 'out' } } })
    expect(next.tests?.[1]).toBe(flow.tests[1])
    expect(next.nodes[0]).toBe(flow.nodes[0])
    expect(next.settings).toBe(flow.settings)
  })

  test('a flow takes as many tests as it may hold, and no id twice', () => {
    const full = { ...line, tests: Array.from({ length: 200 }, (_, i) => told(`t${i}`, 'a')) }
    expect(edits.addTest(full, told('more', 'a'))).toBe(full)
    const one = edits.addTest(line, told('t', 'a'))
    expect(edits.addTest(one, told('t', 'b'))).toBe(one)
    expect(edits.removeTests(one, ['t']).tests).toEqual([])
  })

  test('every exported edit of a graph has a generator', () => {
    const others = ['copy', 'fragment', 'HISTORY_LIMIT', 'record', 'redo', 'startHistory', 'undo']
    expect(Object.keys(generators).sort()).toEqual(
      Object.keys(edits)
        .filter((name) => !others.includes(name))
        .sort(),
    )
  })
})
