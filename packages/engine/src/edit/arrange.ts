import type { FlowGraph, FlowNode } from '../graph/schema.ts'
import { moveNodes } from './nodes.ts'

/** How big the card of a step is, in the canvas's pixels: known to whoever draws it. */
export type SizeOf = (node: FlowNode) => { width: number; height: number }

/** The line that steps are brought to. */
export type AlignTo = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom'

/** Everything stands on the grid of the canvas, so that aligned cards stay aligned when they are dragged. */
const GRID = 8
const snap = (value: number) => Math.round(value / GRID) * GRID

interface Box {
  id: string
  x: number
  y: number
  width: number
  height: number
}

const boxesOf = (graph: FlowGraph, ids: readonly string[], sizeOf: SizeOf): Box[] => {
  const wanted = new Set(ids)
  return graph.nodes.filter((it) => wanted.has(it.id)).map((it) => ({ id: it.id, ...it.position, ...sizeOf(it) }))
}

const byId = (boxes: readonly Box[]) => Object.fromEntries(boxes.map(({ id, x, y }) => [id, { x, y }]))

/** Brings steps to one line: the outermost of their edges, or the middle of all. Fewer than two change nothing. */
export function alignNodes(graph: FlowGraph, ids: readonly string[], to: AlignTo, sizeOf: SizeOf): FlowGraph {
  const boxes = boxesOf(graph, ids, sizeOf)
  if (boxes.length < 2) return graph
  const left = Math.min(...boxes.map((it) => it.x))
  const right = Math.max(...boxes.map((it) => it.x + it.width))
  const top = Math.min(...boxes.map((it) => it.y))
  const bottom = Math.max(...boxes.map((it) => it.y + it.height))
  const place = (it: Box): Box => {
    switch (to) {
      case 'left':
        return { ...it, x: left }
      case 'centre':
        return { ...it, x: snap((left + right - it.width) / 2) }
      case 'right':
        return { ...it, x: right - it.width }
      case 'top':
        return { ...it, y: top }
      case 'middle':
        return { ...it, y: snap((top + bottom - it.height) / 2) }
      case 'bottom':
        return { ...it, y: bottom - it.height }
    }
  }
  return moveNodes(graph, byId(boxes.map(place)))
}

/**
 * Gives steps the same distance from one to the next, side by side (`across`) or below each other (`down`). The outermost two stay where
 * they are; where the cards are wider than the room between them, they follow each other without a gap. Fewer than three change nothing.
 */
export function distributeNodes(graph: FlowGraph, ids: readonly string[], along: 'across' | 'down', sizeOf: SizeOf): FlowGraph {
  const [start, size] = along === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const)
  const boxes = boxesOf(graph, ids, sizeOf).sort((a, b) => a[start] - b[start] || (a.id < b.id ? -1 : 1))
  const [first] = boxes
  const last = boxes.at(-1)
  if (!first || !last || boxes.length < 3) return graph
  const room = last[start] - first[start] - boxes.slice(0, -1).reduce((sum, it) => sum + it[size], 0)
  const gap = Math.max(0, room / (boxes.length - 1))
  let at = first[start]
  const placed = boxes.map((it) => {
    const here = { ...it, [start]: it === last && room >= 0 ? it[start] : it === first ? it[start] : snap(at) }
    at += it[size] + gap
    return here
  })
  return moveNodes(graph, byId(placed))
}
