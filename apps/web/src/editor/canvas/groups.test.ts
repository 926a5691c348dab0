import { addNode, type FlowGraph, flowGraph, groupNodes, setGroup } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { crossing, drawnId, foldedView, framesOf } from './groups.ts'

const node = (id: string, x: number, y: number) => ({ id, type: 'exit', position: { x, y }, data: { v: 1, label: id, finished: true } })
const way = (source: string, target: string) => ({ id: `${source}>${target}`, source, sourceHandle: 'out', target })
const line: FlowGraph = flowGraph.parse({
  nodes: [node('a', 0, 0), node('b', 0, 100), node('c', 0, 200), node('d', 0, 300)],
  edges: [way('a', 'b'), way('b', 'c'), way('c', 'd')],
})
const grouped = groupNodes(line, ['b', 'c'], { id: 'g', name: 'Middle', folded: false })

describe('groups on the canvas', () => {
  test('the frame lies around its steps, with room for the name', () => {
    expect(framesOf(grouped)).toMatchObject([{ steps: 2, x: -16, y: 60, width: 256, height: 212 }])
  })

  test('a flow without folded groups is drawn as it is', () => expect(foldedView(grouped)).toBe(grouped))

  test('a folded group is one card between what led in and what leads on', () => {
    const view = foldedView(setGroup(grouped, 'g', { folded: true }))
    expect(view.nodes.map((it) => it.id)).toEqual(['a', 'd', drawnId('g')])
    expect(view.edges.map((it) => `${it.source}>${it.target}`)).toEqual([`a>${drawnId('g')}`, `${drawnId('g')}>d`])
  })

  test('ways between two folded groups lead from card to card', () => {
    const two = groupNodes(addNode(grouped, node('e', 0, 400)), ['d', 'e'], { id: 'h', name: 'End', folded: true })
    const view = foldedView(setGroup(two, 'g', { folded: true }))
    expect(view.edges.map((it) => `${it.source}>${it.target}`)).toEqual([`a>${drawnId('g')}`, `${drawnId('g')}>${drawnId('h')}`])
  })

  test('what crosses the frame is counted once, by the way it took', () => {
    const counts: Record<string, number> = { 'a.out': 12, 'b.out': 11, 'c.out': 7 }
    expect(crossing(grouped, 'g', (id, port) => counts[`${id}.${port}`] ?? 0)).toEqual({ into: 12, out: 7 })
  })
})
