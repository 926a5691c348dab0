import {
  addNote,
  type FlowGraph,
  groupNodes,
  type History,
  moveNodes,
  record,
  redo,
  removeNodes,
  setSettings,
  startHistory,
  undo,
} from '@baton/engine'
import { sampleFlows } from '@baton/engine/fixtures'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffGraphs } from './diff.ts'
import { MOST, packHistory, unpackHistory } from './history-keeper.ts'
import { applyPatch } from './patch.ts'

const start = sampleFlows[0]?.graph as FlowGraph
const ids = start.nodes.map((it) => it.id)

/** As after a reload: nothing is shared with what was there before. */
const anew = (graph: FlowGraph): FlowGraph => JSON.parse(JSON.stringify(graph)) as FlowGraph

const edit = fc.oneof(
  fc.record({ id: fc.constantFrom(...ids), x: fc.integer({ min: -900, max: 900 }) }).map(
    ({ id, x }) =>
      (graph: FlowGraph) =>
        moveNodes(graph, { [id]: { x, y: x } }),
  ),
  fc.constantFrom(...ids).map((id) => (graph: FlowGraph) => removeNodes(graph, [id])),
  fc.string().map((text) => (graph: FlowGraph) => addNote(graph, { id: `note ${text}`, position: { x: 0, y: 0 }, text })),
  fc.subarray(ids).map((some) => (graph: FlowGraph) => groupNodes(graph, some, { id: `g ${some.length}`, name: 'G', folded: false })),
  fc.integer({ min: 1, max: 99 }).map((days) => (graph: FlowGraph) => setSettings(graph, { reentry: { when: 'after-days', days } })),
  fc.constant((graph: FlowGraph): FlowGraph => ({ ...graph, nodes: graph.nodes.toReversed() })),
)

const after = (edits: readonly ((graph: FlowGraph) => FlowGraph)[]) =>
  edits.reduce((history: History, by) => record(history, by(history.present)), startHistory(start))

describe('a history that outlives the page', () => {
  it('leads back and forth through the same graphs', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), fc.nat(12), (edits, back) => {
        let history = after(edits)
        for (let i = 0; i < back; i++) history = undo(history)
        const found = unpackHistory(packHistory(history), anew(history.present))
        expect([found.past, found.future].map((it) => it.map(anew))).toEqual([history.past, history.future].map((it) => it.map(anew)))
      }),
      { seed: 5, numRuns: 200 },
    )
  })
  it('leads from any graph to any other', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), fc.array(edit, { maxLength: 8 }), (one, other) => {
        const [from, to] = [after(one).present, after(other).present]
        expect(anew(applyPatch(from, diffGraphs(from, to)))).toEqual(anew(to))
      }),
      { seed: 5, numRuns: 200 },
    )
  })
  it('shares with the present what a step did not touch, so that undo draws little anew', () => {
    const moved = moveNodes(start, { [ids[0] ?? '']: { x: 8, y: 8 } })
    const present = anew(moved)
    const { past } = unpackHistory(packHistory(record(startHistory(start), moved)), present)
    expect(past[0]?.nodes[1]).toBe(present.nodes[1])
  })
  it('is that of one graph only', () => {
    const moved = moveNodes(start, { [ids[0] ?? '']: { x: 8, y: 8 } })
    const text = packHistory(record(startHistory(start), moved))
    expect(unpackHistory(text, anew(start)).past).toEqual([])
    expect(unpackHistory(text, anew(moved)).past).toHaveLength(1)
  })
  it('is the same after the server sorted the keys of what it stores', () => {
    const moved = moveNodes(start, { [ids[0] ?? '']: { x: 8, y: 8 } })
    const sorted = JSON.parse(JSON.stringify(moved), (_, it: unknown) =>
      typeof it === 'object' && it !== null && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).sort().reverse()) : it,
    ) as FlowGraph
    expect(unpackHistory(packHistory(record(startHistory(start), moved)), sorted).past).toHaveLength(1)
  })
  it('forgets what is farthest away when it grows too large, and can still go back the steps before', () => {
    let history = startHistory(start)
    for (let i = 0; i < 40; i++) {
      const text = String(i).padEnd(4_990, 'x')
      history = record(history, addNote(history.present, { id: `n${i}`, position: { x: 0, y: 0 }, text: text.repeat(1) }))
    }
    // Going back takes a note away, which weighs nothing; going forth brings it again.
    for (let i = 0; i < 40; i++) history = undo(history)
    const big = { ...history, future: [...history.future, ...history.future.map((it) => anew(it))] }
    const text = packHistory(big)
    expect(text.length).toBeLessThan(MOST + 200)
    const found = unpackHistory(text, anew(big.present))
    expect(found.future.length).toBeGreaterThan(20)
    expect(found.future.length).toBeLessThan(big.future.length)
    expect(anew(redo(found).present)).toEqual(anew(redo(big).present))
  })
  it.each([null, '', 'no json', '{}', '{"of":1}', '{"of":"x","back":[{"nodes":{"put":[{"id":7}],"gone":[]}}],"forth":[]}'])(
    'what storage holds may be anything: %j is no history',
    (text) => expect(unpackHistory(text, start)).toEqual(startHistory(start)),
  )
})
