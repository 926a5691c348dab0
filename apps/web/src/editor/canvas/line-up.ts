import type { FlowGraph } from '@baton/engine'
import type { NodeChange } from '@xyflow/react'
import { createStore } from 'zustand/vanilla'
import { type Box, boxOf, stepIn } from '../geometry.ts'
import type { Point } from '../grid.ts'
import { type Guide, guidesFor, pullOf } from './drag.ts'
import type { CanvasNode } from './elements.ts'

/** Up to here a card that is dragged lines up with the others: it is compared with each of them at every frame. */
export const LINED_UP = 1000

const known = new WeakMap<FlowGraph['nodes'], readonly (Box & { id: string })[]>()

/** Where all cards stand: while one is carried the flow stays what it is, so they are measured once. */
function boxesOf({ nodes }: FlowGraph) {
  const before = known.get(nodes)
  if (before) return before
  const boxes = nodes.map((it) => ({ id: it.id, ...boxOf(it) }))
  known.set(nodes, boxes)
  return boxes
}

const othersOf = (graph: FlowGraph, id: string) => boxesOf(graph).filter((it) => it.id !== id)

/** Where a card that is dragged alone stands: it jumps onto the lines of others. */
export function pulledTo(graph: FlowGraph, id: string, at: Point): Point {
  const node = graph.nodes.length > LINED_UP ? undefined : stepIn(graph, id)
  if (!node) return at
  const by = pullOf({ ...boxOf(node), ...at }, othersOf(graph, id))
  return { x: at.x + by.x, y: at.y + by.y }
}

/** Several that are dragged go by the grid alone. */
export function pulled(changes: NodeChange<CanvasNode>[], graph: FlowGraph): NodeChange<CanvasNode>[] {
  const [only, ...more] = changes
  if (only?.type !== 'position' || !only.dragging || !only.position || more.length > 0) return changes
  return [{ ...only, position: pulledTo(graph, only.id, only.position) }]
}

const none: readonly Guide[] = []

/** The lines that are shown now. Apart from the canvas, which is not drawn anew for them. */
export const createGuides = () => {
  const store = createStore<{ guides: readonly Guide[] }>(() => ({ guides: none }))
  const set = (guides: readonly Guide[]) => store.getState().guides !== guides && store.setState({ guides })
  return {
    store,
    clear: () => set(none),
    /** Those of a card carried to this place. */
    show(graph: FlowGraph, box: Box & { id: string }) {
      const found = graph.nodes.length > LINED_UP ? none : guidesFor(box, othersOf(graph, box.id))
      set(found.length === 0 ? none : found)
    },
  }
}
export type Guides = ReturnType<typeof createGuides>
