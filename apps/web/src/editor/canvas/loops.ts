import type { FlowGraph } from '@baton/engine'
import { shapeOf } from '../geometry.ts'
import type { Point } from '../grid.ts'

const found = new WeakMap<FlowGraph, ReadonlyMap<string, number>>()

/** How often at most people come back to a step by a way that closes its loop; undefined for every other way. */
export function mostOf(graph: FlowGraph, way: string): number | undefined {
  const before = found.get(graph)
  if (before) return before.get(way)
  const { nodes, edges } = graph
  const bounds = new Map<string, number>()
  for (const node of nodes) {
    for (const { id, back, most } of shapeOf(node).ports) {
      if (!back || most === undefined || most < 1) continue
      const inside = behind(edges, node.id, id)
      for (const it of edges) if (it.target === node.id && inside.has(it.source)) bounds.set(it.id, most)
    }
  }
  found.set(graph, bounds)
  return bounds.get(way)
}

/** Steps that are reached by a way out without coming back to where it begins. */
function behind(edges: FlowGraph['edges'], from: string, port: string): ReadonlySet<string> {
  const seen = new Set<string>()
  const open = edges.filter((it) => it.source === from && it.sourceHandle === port).map((it) => it.target)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === from || seen.has(at)) continue
    seen.add(at)
    for (const it of edges) if (it.source === at) open.push(it.target)
  }
  return seen
}

/** "at most 2 times". */
export const mostWords = (most: number): string => (most === 1 ? 'at most once' : `at most ${most} times`)

/** Where words about a loop stand: outside, at the middle of its longest stretch upwards or downwards. */
export function outsideOf(line: readonly Point[]): Point & { right: boolean } {
  let best = { x: line[0]?.x ?? 0, y: line[0]?.y ?? 0, long: -1 }
  for (const [i, b] of line.entries()) {
    const a = line[i - 1]
    if (!a || a.x !== b.x) continue
    const long = Math.abs(a.y - b.y)
    if (long > best.long) best = { x: a.x, y: (a.y + b.y) / 2, long }
  }
  const right = best.x >= Math.max(line[0]?.x ?? 0, line.at(-1)?.x ?? 0)
  return { x: best.x + (right ? 8 : -8), y: best.y + 4, right }
}
