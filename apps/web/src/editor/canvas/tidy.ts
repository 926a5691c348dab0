import { graphlib, layout } from '@dagrejs/dagre'
import { type Point, snap } from '../grid.ts'

export interface TidyInput {
  nodes: readonly { id: string; width: number; height: number; x: number; y: number }[]
  /** In the order of the ports they leave by; `from` is the port's place on the lower edge of its card, 0 to 1. */
  edges: readonly { source: string; target: string; from: number }[]
}

type Places = Record<string, Point>

/** Rows from top to bottom. `inOrder` keeps what hangs on a step in the order of its ports; else the layout may swap it. */
function place({ nodes, edges }: TidyInput, inOrder: boolean): Places {
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'TB', ranksep: 44, nodesep: 24, ranker: 'tight-tree' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { source, target } of edges) graph.setEdge(source, target)
  layout(graph, { disableOptimalOrderHeuristic: inOrder })
  return Object.fromEntries(
    nodes.map(({ id, width, height }) => {
      const at = graph.node(id)
      return [id, { x: (at.x ?? 0) - width / 2, y: (at.y ?? 0) - height / 2 }]
    }),
  )
}

/** How many ways cross, with the ports they begin at. */
function crossings({ nodes, edges }: TidyInput, places: Places): number {
  const sizes = new Map(nodes.map((it) => [it.id, it]))
  const lines = edges.flatMap(({ source, target, from }) => {
    const [a, b] = [places[source], places[target]]
    const [s, t] = [sizes.get(source), sizes.get(target)]
    return a && b && s && t ? [{ x1: a.x + s.width * from, y1: a.y + s.height, x2: b.x + t.width / 2, y2: b.y }] : []
  })
  let count = 0
  for (const [at, a] of lines.entries()) {
    for (const b of lines.slice(at + 1)) {
      const apart = Math.max(a.y1, b.y1) >= Math.min(a.y2, b.y2)
      if (!apart && (a.x1 - b.x1) * (a.x2 - b.x2) < 0) count++
    }
  }
  return count
}

/** From here on comparing two layouts takes longer than it is worth. */
const MANY = 400

/** Places every step in rows from top to bottom. The upper left corner of the whole stays where it was. */
export function tidy(input: TidyInput): Places {
  const { nodes } = input
  if (nodes.length === 0) return {}
  const free = place(input, false)
  const ordered = nodes.length > MANY ? free : place(input, true)
  const placed = ordered !== free && crossings(input, ordered) <= crossings(input, free) ? ordered : free
  const all = Object.entries(placed)
  const left = Math.min(...nodes.map((it) => it.x)) - Math.min(...all.map(([, it]) => it.x))
  const top = Math.min(...nodes.map((it) => it.y)) - Math.min(...all.map(([, it]) => it.y))
  return Object.fromEntries(all.map(([id, { x, y }]) => [id, { x: snap(x + left), y: snap(y + top) }]))
}
