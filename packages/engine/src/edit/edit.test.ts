import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FlowGraph, flowGraph } from '../graph/schema.ts'
import * as edits from './index.ts'

const empty: FlowGraph = flowGraph.parse({ nodes: [], edges: [] })
const node = (id: string, x = 0, y = 0) => ({ id, type: 'exit', position: { x, y }, data: {} })
const edge = (source: string, target: string, port = 'out') => ({ id: `${source}.${port}-${target}`, source, sourceHandle: port, target })
const line: FlowGraph = { ...empty, nodes: ['a', 'b', 'c'].map((id) => node(id)), edges: [edge('a', 'b'), edge('b', 'c')] }

/** One generator per exported edit: an edit without one fails the last test of this file. */
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
  paste: fc
    .array(someId, { maxLength: 3 })
    .map((ids) => (g: FlowGraph) => edits.paste(g, edits.copy(g, ids), { x: 24, y: 24 }, () => `n${fresh++}`).graph),
  setSettings: fc
    .constantFrom('ignore' as const, 'restart' as const)
    .map((whileInside) => (g: FlowGraph) => edits.setSettings(g, { whileInside })),
}
const anyEdit = fc.oneof(...Object.values(generators))

describe('edits', () => {
  test('any sequence leaves no dangling way, no double id and one way a port', () => {
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

  test('every exported edit of a graph has a generator', () => {
    const others = ['copy', 'fragment', 'HISTORY_LIMIT', 'record', 'redo', 'startHistory', 'undo']
    expect(Object.keys(generators).sort()).toEqual(
      Object.keys(edits)
        .filter((name) => !others.includes(name))
        .sort(),
    )
  })
})
