import type { FlowGraph, FlowNode } from '@baton/engine'
import { copy } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { boxOf, overlaps } from '../geometry.ts'
import { moveBehind, moveDown, moveUp, pasteBehind, type ViaOf } from './moves.ts'

const at: Record<string, { x: number; y: number }> = {}
const node = (id: string, type: string, x: number, y: number): FlowNode => {
  at[id] = { x, y }
  const data = {
    wait: { until: { kind: 'duration', amount: 1, unit: 'days' } },
    trigger: { on: { kind: 'api' } },
    split: {
      v: 1,
      goal: null,
      ways: [
        { id: 'a', name: 'A', weight: 50, holdOut: false },
        { id: 'b', name: 'B', weight: 50, holdOut: false },
      ],
    },
  }[type]
  return { id, type, position: { x, y }, data: data ?? {} }
}
const edge = (source: string, target: string, sourceHandle = 'out') => ({ id: `${source}-${target}`, source, sourceHandle, target })
/** start → x → y → fork: a → end, b → z */
const graph: FlowGraph = {
  format: 1,
  nodes: [
    node('s', 'trigger', 0, 0),
    node('x', 'wait', 0, 88),
    node('y', 'wait', 0, 176),
    node('f', 'split', 0, 264),
    node('end', 'exit', -128, 400),
    node('z', 'wait', 128, 400),
  ],
  edges: [edge('s', 'x'), edge('x', 'y'), edge('y', 'f'), edge('f', 'end', 'a'), edge('f', 'z', 'b')],
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
}
const via: ViaOf = (id) => graph.edges.find((it) => it.target === id) ?? null
const ways = (it: FlowGraph | null) =>
  it?.edges.map((e) => `${e.source}${e.sourceHandle === 'out' ? '' : `.${e.sourceHandle}`}>${e.target}`).sort()
const clear = (it: FlowGraph) => {
  const boxes = it.nodes.map(boxOf)
  return boxes.every((a, i) => boxes.slice(i + 1).every((b) => !overlaps(a, b)))
}

describe('moving steps without dragging', () => {
  test('up and down change places with the neighbour, on the canvas too', () => {
    const down = moveDown(graph, 'x', via)
    expect(ways(down)).toEqual(['f.a>end', 'f.b>z', 's>y', 'x>f', 'y>x'])
    expect(down?.nodes.find((it) => it.id === 'x')?.position).toEqual(at.y)
    expect(down?.nodes.find((it) => it.id === 'y')?.position).toEqual(at.x)
    expect(ways(moveUp(graph, 'y', via))).toEqual(ways(down))
  })

  test('a step goes into the first way of a branch, and out of any', () => {
    expect(ways(moveDown(graph, 'y', via))).toEqual(['f.a>y', 'f.b>z', 's>x', 'x>f', 'y>end'])
    expect(ways(moveUp(graph, 'z', via))).toEqual(['f.a>end', 's>x', 'x>y', 'y>z', 'z>f'])
  })

  test('not before the start, not behind an end', () => {
    expect(moveUp(graph, 'x', via)).toBeNull()
    expect(moveDown(graph, 'z', via)).toBeNull()
    expect(moveDown(graph, 'end', via)).toBeNull()
    expect(moveUp(graph, 's', via)).toBeNull()
  })

  test('to another place, with room made for its card', () => {
    const moved = moveBehind(graph, 'x', { node: 'f', port: 'b' })
    expect(ways(moved)).toEqual(['f.a>end', 'f.b>x', 's>y', 'x>z', 'y>f'])
    expect(clear(moved)).toBe(true)
    expect(moveBehind(graph, 'end', { node: 'x', port: 'out' })).toBe(graph)
  })
})

describe('putting a copy down', () => {
  test('behind a way out: what came there comes behind the copy', () => {
    const done = pasteBehind(graph, copy(graph, ['x', 'y']), { node: 'f', port: 'b' })
    const [x, y] = done.added
    expect(ways(done.graph)).toEqual([...(ways(graph) ?? []).filter((it) => it !== 'f.b>z'), `f.b>${x}`, `${x}>${y}`, `${y}>z`].sort())
    expect(clear(done.graph)).toBe(true)
  })

  test('a copy that ends takes an open way, and stands apart where the way leads on', () => {
    const open = pasteBehind(graph, copy(graph, ['end']), { node: 'z', port: 'out' })
    expect(ways(open.graph)).toContain(`z>${open.added[0]}`)
    const apart = pasteBehind(graph, copy(graph, ['end']), { node: 'x', port: 'out' })
    expect(ways(apart.graph)).toEqual(ways(graph))
    expect(apart.added).toHaveLength(1)
  })

  test('a start is never led to', () => {
    const done = pasteBehind(graph, copy(graph, ['s']), { node: 'z', port: 'out' })
    expect(ways(done.graph)).toEqual(ways(graph))
  })
})
