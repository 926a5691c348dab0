import { type FlowGraph, type FlowNode, kindOf } from '@baton/engine'
import { type Box, boxOf } from '../geometry.ts'
import type { Point } from '../grid.ts'

/** How far the middle of a card may be from a way to be dropped into it. */
const NEAR = 40
/** Cards further away than this are no help in lining up. */
const FAR = 1600

const inside = (value: number, a: number, b: number) => value >= Math.min(a, b) - NEAR && value <= Math.max(a, b) + NEAR

/** Whether a place is near a line of straight stretches. */
function isNear({ x, y }: Point, line: readonly Point[]): boolean {
  return line.slice(1).some((to, at) => {
    const from = line[at]
    if (!from) return false
    return from.x === to.x ? Math.abs(x - to.x) <= NEAR && inside(y, from.y, to.y) : Math.abs(y - to.y) <= NEAR && inside(x, from.x, to.x)
  })
}

/** The way that a step would stand in if it were dropped here: only for a step that nothing leads to yet. */
export function wayUnder(graph: FlowGraph, lines: ReadonlyMap<string, readonly Point[]>, node: FlowNode): string | null {
  if (kindOf(node.type)?.category === 'trigger' || graph.edges.some((it) => it.target === node.id)) return null
  const { x, y, width, height } = boxOf(node)
  const middle = { x: x + width / 2, y: y + height / 2 }
  const way = graph.edges.find((it) => it.source !== node.id && isNear(middle, lines.get(it.id) ?? []))
  return way?.id ?? null
}

/** A line to which a card that is being dragged has come, in the canvas's pixels. */
export interface Guide {
  along: 'x' | 'y'
  at: number
  from: number
  to: number
}

/** A card this near to a line of another one jumps onto it. */
const PULL = 5

/** How far a card has to go, across and down, to share an edge or a middle with one of the others: the grid knows nothing of wide cards. */
export function pullOf(box: Box, others: readonly Box[]): Point {
  const nearest = (wanted: (it: Box) => readonly number[], own: readonly number[]) => {
    let best = 0
    let far = PULL + 1
    for (const it of others) {
      if (Math.hypot(it.x - box.x, it.y - box.y) > FAR) continue
      for (const [i, at] of wanted(it).entries()) {
        const by = at - (own[i] ?? at)
        if (Math.abs(by) < far) {
          best = by
          far = Math.abs(by)
        }
      }
    }
    return best
  }
  return {
    x: nearest((it) => stops(it.x, it.width), stops(box.x, box.width)),
    y: nearest((it) => stops(it.y, it.height), stops(box.y, box.height)),
  }
}

const stops = (start: number, size: number) => [start, start + size / 2, start + size]

/** The lines on which edges or middles of a dragged card and of another one agree: at most the nearest for each. */
export function guidesFor(box: Box, others: readonly Box[]): Guide[] {
  const found = new Map<string, Guide & { far: number }>()
  for (const it of others) {
    const far = Math.hypot(it.x - box.x, it.y - box.y)
    if (far > FAR) continue
    for (const [i, x] of stops(box.x, box.width).entries()) {
      if (stops(it.x, it.width)[i] !== x) continue
      const guide = { along: 'y' as const, at: x, from: Math.min(it.y, box.y), to: Math.max(it.y + it.height, box.y + box.height), far }
      if (far < (found.get(`x${x}`)?.far ?? Number.POSITIVE_INFINITY)) found.set(`x${x}`, guide)
    }
    for (const [i, y] of stops(box.y, box.height).entries()) {
      if (stops(it.y, it.height)[i] !== y) continue
      const guide = { along: 'x' as const, at: y, from: Math.min(it.x, box.x), to: Math.max(it.x + it.width, box.x + box.width), far }
      if (far < (found.get(`y${y}`)?.far ?? Number.POSITIVE_INFINITY)) found.set(`y${y}`, guide)
    }
  }
  return [...found.values()].map(({ far: _, ...guide }) => guide)
}
