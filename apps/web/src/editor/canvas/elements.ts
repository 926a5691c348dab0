import { type Catalog, type FlowGraph, type FlowNode, parseNode } from '@baton/engine'
import { Position } from '@xyflow/react'
import { portAt, shapeOf } from '../geometry.ts'
import { routeAll } from './route.ts'
import { type StepNode, wordsOf } from './step-card.tsx'
import type { WayEdge } from './way-edge.tsx'

/** Steps in the form the canvas library wants. A step that did not change keeps its object, so that its card is not drawn anew. */
export function stepNodes(graph: FlowGraph, selected: ReadonlySet<string>, counted: boolean, before: readonly StepNode[]): StepNode[] {
  const known = new Map(before.map((it) => [it.id, it]))
  return graph.nodes.map((node) => {
    const old = known.get(node.id)
    const on = selected.has(node.id)
    const same = old?.data.node === node && old.position.x === node.position.x && old.position.y === node.position.y
    if (old && same && old.selected === on) return old
    if (old && old.data.node === node) return { ...old, position: { ...node.position }, selected: on }
    return fresh(node, on, counted)
  })
}

function fresh(node: FlowNode, selected: boolean, counted: boolean): StepNode {
  const shape = shapeOf(node)
  const height = shape.height + (counted && shape.row ? 10 : 0)
  const dot = { width: 8, height: 8 }
  return {
    id: node.id,
    type: 'step',
    position: { ...node.position },
    data: { node },
    selected,
    width: shape.width,
    height,
    // Given by hand, so that ways are drawn also to steps that are out of view and never were measured.
    handles: [
      { type: 'target', position: Position.Top, x: shape.width / 2 - 4, y: -4, ...dot },
      ...shape.ports.map(({ id }) => ({
        type: 'source' as const,
        id,
        position: Position.Bottom,
        x: portAt(shape, id).x - 4,
        y: height - 4,
        ...dot,
      })),
    ],
  }
}

/** What decides how ways run: ends, places and sizes. Words do not. */
const layoutKey = (graph: FlowGraph) =>
  graph.nodes
    .map((it) => {
      const { width, height, ports } = shapeOf(it)
      return `${it.id},${it.position.x},${it.position.y},${width},${height},${ports.map((port) => port.id).join('/')}`
    })
    .join(';')

/** Finds the lines of all ways, and keeps them while nothing moves. */
export function lineKeeper() {
  let key = ''
  let edges: FlowGraph['edges'] | undefined
  let lines: ReturnType<typeof routeAll> = new Map()
  return (graph: FlowGraph) => {
    const next = layoutKey(graph)
    if (next !== key || edges !== graph.edges) {
      key = next
      edges = graph.edges
      lines = routeAll(graph)
    }
    return lines
  }
}

/** Ways in the form the canvas library wants. */
export function wayEdges(
  graph: FlowGraph,
  lines: ReturnType<typeof routeAll>,
  selected: string | null,
  before: readonly WayEdge[],
): WayEdge[] {
  const known = new Map(before.map((it) => [it.id, it]))
  return graph.edges.map((edge) => {
    const line = lines.get(edge.id) ?? []
    const old = known.get(edge.id)
    const on = edge.id === selected
    if (old && old.data?.line === line && old.selected === on && old.target === edge.target && old.source === edge.source) return old
    const { id, source, sourceHandle, target } = edge
    return { id, source, sourceHandle, target, type: 'way', selected: on, data: { line, words: '' } }
  })
}

/** The card's name for screen readers: "Branch, Is this lead ready, 3 exits, 1 error". */
export function spokenName(node: FlowNode, title: string, catalog: Catalog, errors: number): string {
  const read = parseNode(node)
  const { text, name } = wordsOf(node, 'ok' in read ? read.ok : undefined, catalog)
  const { ports } = shapeOf(node)
  const exits = ports.length === 1 ? '' : `, ${ports.length} exits`
  return `${title}, ${name ?? text}${exits}${errors === 0 ? '' : errors === 1 ? ', 1 error' : `, ${errors} errors`}`
}
