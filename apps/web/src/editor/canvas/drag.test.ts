import { type FlowGraph, flowGraph } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { guidesFor, pullOf, wayUnder } from './drag.ts'
import { routeAll } from './route.ts'

const node = (id: string, type: string, x: number, y: number, data: object = {}) => ({
  id,
  type,
  position: { x, y },
  data: { v: 1, ...data },
})
const wait = { until: { kind: 'duration', amount: 1, unit: 'days' } }
const graph: FlowGraph = flowGraph.parse({
  nodes: [
    node('start', 'trigger', 0, 0, { on: { kind: 'manual' } }),
    node('end', 'exit', 0, 400, { label: 'Done', finished: true }),
    node('loose', 'wait', 600, 200, wait),
  ],
  edges: [{ id: 'way', source: 'start', sourceHandle: 'out', target: 'end' }],
})
const at = (id: string, x: number, y: number, from = graph) => {
  const it = from.nodes.find((one) => one.id === id)
  if (!it) throw new Error(`There is no ${id}`)
  return { ...it, position: { x, y } }
}

describe('dropping a step on a way', () => {
  const lines = routeAll(graph)

  test.each([
    ['over the way', 0, 200, 'way'],
    ['a little beside it', 20, 200, 'way'],
    ['far from it', 120, 200, null],
    ['below its end', 0, 640, null],
  ])('a loose step %s', (_, x, y, way) => expect(wayUnder(graph, lines, at('loose', x, y))).toBe(way))

  test('a step that something leads to stays where it is wired', () => {
    const edges = [...graph.edges, { id: 'in', source: 'start', sourceHandle: 'out', target: 'loose' }]
    expect(wayUnder({ ...graph, edges }, lines, at('loose', 0, 200))).toBeNull()
  })

  test('nothing leads to a start, so it is dropped into no way', () => {
    expect(wayUnder(graph, lines, at('start', 0, 200))).toBeNull()
  })
})

describe('coming near a line', () => {
  const card = (x: number, y: number, width = 224) => ({ x, y, width, height: 56 })

  test.each([
    ['the middle of a wide card', card(152, 200), [card(0, 0, 532)], { x: 2, y: 0 }],
    ['a side', card(4, 200), [card(0, 0)], { x: -4, y: 0 }],
    ['one of two, the nearer', card(4, 200), [card(0, 0), card(6, 100)], { x: 2, y: 0 }],
    ['its top, and its column', card(3, 197), [card(300, 200), card(0, 0)], { x: -3, y: 3 }],
    ['none that is near enough', card(8, 200), [card(0, 0)], { x: 0, y: 0 }],
  ])('a card jumps onto %s', (_, box, others, by) => expect(pullOf(box, others)).toEqual(by))
})

describe('lines to come to', () => {
  const box = (x: number, y: number) => ({ x, y, width: 224, height: 56 })

  test('a card in one column with another has its two sides and its middle in common', () => {
    expect(guidesFor(box(0, 200), [box(0, 0)])).toEqual([0, 112, 224].map((x) => ({ along: 'y', at: x, from: 0, to: 256 })))
  })

  test('of several on one line the nearest decides how long it is', () => {
    expect(guidesFor(box(0, 200), [box(0, -400), box(0, 80)])[0]).toEqual({ along: 'y', at: 0, from: 80, to: 256 })
  })

  test('none for a card that stands by itself', () => expect(guidesFor(box(0, 0), [box(300, 100)])).toEqual([]))
})
