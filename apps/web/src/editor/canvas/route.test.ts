import type { FlowGraph } from '@baton/engine'
import { sampleFlows } from '@baton/engine/fixtures'
import { describe, expect, it } from 'vitest'
import { type Box, boxOf } from '../geometry.ts'
import type { Point } from '../grid.ts'
import { middleOf, pathOf, routeAll } from './route.ts'
import { tidy } from './tidy.ts'
import { inputOf, toTidy } from './tidy-up.ts'

const within = (box: Box, at: Point) =>
  at.x > box.x + 1 && at.x < box.x + box.width - 1 && at.y > box.y + 1 && at.y < box.y + box.height - 1

/** Points every two pixels along a line. */
function along(line: readonly Point[]): Point[] {
  return line.slice(1).flatMap((b, at) => {
    const a = line[at] ?? b
    const far = Math.abs(b.x - a.x) + Math.abs(b.y - a.y)
    return Array.from({ length: Math.floor(far / 2) }, (_, n) => ({
      x: a.x + ((b.x - a.x) * n * 2) / far,
      y: a.y + ((b.y - a.y) * n * 2) / far,
    }))
  })
}

function tidied(graph: FlowGraph): FlowGraph {
  const places = tidy(inputOf(graph))
  return { ...graph, nodes: graph.nodes.map((it) => ({ ...it, position: places[it.id] ?? it.position })) }
}

describe.each(sampleFlows.map((it) => [it.name, it.graph] as const))('the ways of %s', (_, graph) => {
  it.each([
    ['as drawn', graph],
    ['tidied', tidied(graph)],
  ])('%s: straight across and down, and through no card', (_name, drawn) => {
    const lines = routeAll(drawn)
    expect(lines.size).toBe(drawn.edges.length)
    const boxes = drawn.nodes.map(boxOf)
    for (const [id, line] of lines) {
      for (const [at, b] of line.slice(1).entries()) {
        const a = line[at]
        expect(a?.x === b.x || a?.y === b.y, id).toBe(true)
      }
      const hit = along(line).find((at) => boxes.some((box) => within(box, at)))
      expect(hit, id).toBeUndefined()
    }
  })

  it('tidied: no card on another, everything on the grid, ways lead down', () => {
    const drawn = tidied(graph)
    const boxes = drawn.nodes.map(boxOf)
    for (const [at, a] of boxes.entries()) {
      expect([a.x % 8, a.y % 8].map(Math.abs)).toEqual([0, 0])
      for (const b of boxes.slice(at + 1)) {
        expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false)
      }
    }
  })
})

describe('a way that passes a card', () => {
  const step = (id: string, x: number, y: number) => ({ id, type: 'exit', position: { x, y }, data: {} })
  const edges = [{ id: 'way', source: 'from', sourceHandle: 'out', target: 'to' }]
  const { graph: sample } = sampleFlows[0] ?? { graph: undefined }
  if (!sample) throw new Error('There are no sample flows')
  const drawn = (beside: number): FlowGraph => ({
    ...{ format: sample.format, settings: sample.settings },
    ...{ nodes: [step('from', 0, 0), step('to', 0, 400), step('beside', 112 + beside, 200)], edges },
  })

  it.each([
    ['far enough away it runs straight', 12, 2],
    ['close along it, it goes around', 4, 6],
    ['through it, it goes around', -40, 6],
  ] as const)('%s', (_, beside, points) => {
    const graph = drawn(beside)
    const line = routeAll(graph).get('way') ?? []
    expect(line).toHaveLength(points)
    const [box] = graph.nodes.filter((it) => it.id === 'beside').map(boxOf)
    if (!box) throw new Error('There is no card.')
    const wider = { x: box.x - 9, y: box.y, width: box.width + 18, height: box.height }
    expect(along(line).filter((at) => within(wider, at))).toEqual([])
  })
})

describe('the picture of a line', () => {
  it('has rounded corners that never overshoot a short stretch', () => {
    const path = pathOf([
      { x: 0, y: 0 },
      { x: 0, y: 6 },
      { x: 40, y: 6 },
      { x: 40, y: 30 },
    ])
    expect(path).toBe('M0 0L0 3Q0 6 3 6L32 6Q40 6 40 14L40 30')
  })
  it('has its middle half way along', () => {
    expect(
      middleOf([
        { x: 0, y: 0 },
        { x: 0, y: 10 },
        { x: 30, y: 10 },
      ]),
    ).toEqual({ x: 10, y: 10 })
  })
})

describe('putting a part in order', () => {
  const graph = sampleFlows[0]?.graph
  if (!graph) throw new Error('There are no sample flows')
  const ids = new Set(graph.nodes.slice(0, 4).map((it) => it.id))

  it('moves the chosen steps only, with the ways among them, and keeps their corner', () => {
    const part = toTidy(graph, ids)
    const places = tidy(inputOf(part))
    expect(new Set(Object.keys(places))).toEqual(ids)
    expect(part.edges.every((it) => ids.has(it.source) && ids.has(it.target))).toBe(true)
    const corner = (all: readonly { x: number; y: number }[]) => [Math.min(...all.map((it) => it.x)), Math.min(...all.map((it) => it.y))]
    const [left, top] = corner(part.nodes.map((it) => it.position))
    expect(corner(Object.values(places))).toEqual([Math.round((left ?? 0) / 8) * 8, Math.round((top ?? 0) / 8) * 8])
  })

  it('one step or none means all', () => {
    expect(toTidy(graph, new Set())).toBe(graph)
    expect(toTidy(graph, new Set([...ids].slice(0, 1)))).toBe(graph)
  })
})
