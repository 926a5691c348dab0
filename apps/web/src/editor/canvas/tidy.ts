import { graphlib, layout } from '@dagrejs/dagre'
import { type Point, snap } from '../geometry.ts'

export interface TidyInput {
  nodes: readonly { id: string; width: number; height: number; x: number; y: number }[]
  /** In the order of the ports they leave by. */
  edges: readonly { source: string; target: string }[]
}

/** Places every step in rows from top to bottom. The upper left corner of the whole stays where it was. */
export function tidy({ nodes, edges }: TidyInput): Record<string, Point> {
  if (nodes.length === 0) return {}
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'TB', ranksep: 44, nodesep: 24, ranker: 'tight-tree' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { source, target } of edges) graph.setEdge(source, target)
  layout(graph)
  const placed = nodes.map(({ id, width, height }) => {
    const at = graph.node(id)
    return { id, x: (at.x ?? 0) - width / 2, y: (at.y ?? 0) - height / 2 }
  })
  const left = Math.min(...nodes.map((it) => it.x)) - Math.min(...placed.map((it) => it.x))
  const top = Math.min(...nodes.map((it) => it.y)) - Math.min(...placed.map((it) => it.y))
  return Object.fromEntries(placed.map(({ id, x, y }) => [id, { x: snap(x + left), y: snap(y + top) }]))
}
