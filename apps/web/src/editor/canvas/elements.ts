import type { Catalog, FlowGraph, FlowGroup, FlowNode, FlowNote } from '@baton/engine'
import { type Node, Position } from '@xyflow/react'
import { CARD, portAt, readStep, sameLayout, shapeOf } from '../geometry.ts'
import { spokenSentence, wordsOf } from './card-words.ts'
import { drawnId, FOLDED, type Frame, framesOf } from './groups.ts'
import { routeAll } from './route.ts'
import type { StepNode } from './step-card.tsx'
import type { WayEdge } from './way-edge.tsx'

/** As wide as LOOK 5 wants a note. */
export const NOTE_WIDTH = 200
export const NOTE_HEIGHT = 96

/** A frame around steps, or the card that stands for them while it is folded. */
export type FrameNode = Node<{ group: FlowGroup; steps: number }, 'frame'>
export type FoldedNode = Node<{ group: string; name: string; ids: readonly string[] }, 'folded'>
export type NoteNode = Node<{ note: FlowNote }, 'note'>
export type CanvasNode = StepNode | FrameNode | FoldedNode | NoteNode

const dot = { width: 8, height: 8 }

/**
 * What lies on the canvas, in the form that its library wants: frames first, since steps lie in them by their distance from the frame. What did
 * not change keeps its object, so that it is not drawn anew. A card reads its words from the flow itself, so that they are no change here.
 * @param view the flow with folded groups as cards
 */
export function canvasNodes(view: FlowGraph, selected: ReadonlySet<string>, counted: boolean, before: readonly CanvasNode[]): CanvasNode[] {
  const known = new Map(before.map((it) => [it.id, it]))
  const frames = new Map(framesOf(view).map((it) => [it.group.id, it]))
  const kept = <T extends CanvasNode>(next: T, same: (old: CanvasNode) => boolean): CanvasNode => {
    const old = known.get(next.id)
    const still =
      old?.type === next.type && old.parentId === next.parentId && old.selected === next.selected && old.width === next.width && same(old)
    return still && old.height === next.height && old.position.x === next.position.x && old.position.y === next.position.y ? old : next
  }
  const groups = [...frames.values()].map((it) =>
    kept(frameNode(it), (old) => old.type === 'frame' && old.data.group === it.group && old.data.steps === it.steps),
  )
  const steps = view.nodes.map((node) => {
    if (node.type === FOLDED) return foldedNode(node, selected)
    const frame = node.parentId === undefined ? undefined : frames.get(node.parentId)
    const chosen = selected.has(node.id)
    const old = known.get(node.id)
    // Most stand where they stood: only what changed is worth a new object.
    if (old?.type === 'step' && old.data.node === node && stands(old, node, frame, chosen)) return old
    return kept(stepNode(node, frame, chosen, counted), (it) => it.type === 'step' && shapeOf(it.data.node) === shapeOf(node))
  })
  const notes = (view.notes ?? []).map((note) =>
    kept(noteNode(note, selected.has(note.id), known.get(note.id)), (old) => old.type === 'note' && old.data.note === note),
  )
  return [...groups, ...steps, ...notes]
}

const stands = (old: StepNode, { position: { x, y } }: FlowNode, frame: Frame | undefined, chosen: boolean) =>
  old.selected === chosen &&
  old.parentId === (frame && drawnId(frame.group.id)) &&
  old.position.x === x - (frame?.x ?? 0) &&
  old.position.y === y - (frame?.y ?? 0)

function frameNode({ group, steps, x, y, width, height }: Frame): FrameNode {
  return {
    id: drawnId(group.id),
    type: 'frame',
    position: { x, y },
    data: { group, steps },
    width,
    height,
    measured: { width, height },
    selectable: false,
    dragHandle: '.frame-head',
    // Only its name takes the mouse: what lies in it and the canvas behind stay in reach.
    style: { pointerEvents: 'none' },
    zIndex: -1,
  }
}

const noteNode = (note: FlowNote, selected: boolean, before: CanvasNode | undefined): NoteNode => ({
  id: note.id,
  type: 'note',
  position: { ...note.position },
  data: { note },
  selected,
  width: NOTE_WIDTH,
  // Shown before it is measured, so that a fresh one can take the focus; and fitting waits for nothing that is out of view.
  measured: before?.measured ?? { width: NOTE_WIDTH, height: NOTE_HEIGHT },
  zIndex: 1,
})

/** The card of a folded group is chosen when all that lies in it is: so it is copied, moved and removed like what it stands for. */
function foldedNode({ id, position, data }: FlowNode, selected: ReadonlySet<string>): FoldedNode {
  const ids = Array.isArray(data.ids) ? data.ids.map(String) : []
  const words = { group: String(data.group), name: String(data.name), ids }
  return {
    id,
    type: 'folded',
    position: { ...position },
    data: words,
    selected: ids.every((it) => selected.has(it)),
    width: CARD.width,
    height: CARD.body,
    measured: { width: CARD.width, height: CARD.body },
    handles: [
      { type: 'target', position: Position.Top, x: CARD.width / 2 - 4, y: -4, ...dot },
      { type: 'source', id: 'out', position: Position.Bottom, x: CARD.width / 2 - 4, y: CARD.body - 4, ...dot },
    ],
  }
}

function stepNode(node: FlowNode, frame: Frame | undefined, selected: boolean, counted: boolean): StepNode {
  const shape = shapeOf(node)
  const height = shape.height + (counted && shape.row ? 10 : 0)
  const { x, y } = node.position
  return {
    id: node.id,
    type: 'step',
    position: frame ? { x: x - frame.x, y: y - frame.y } : { x, y },
    ...(frame ? { parentId: drawnId(frame.group.id) } : {}),
    data: { node },
    selected,
    width: shape.width,
    height,
    // Given by hand, so that ways are drawn also to steps that are out of view, and that no card has to be measured (see trust-sizes.ts).
    measured: { width: shape.width, height },
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

/** Finds the lines of all ways, and keeps them while nothing moves: words do not decide how ways run. */
export function lineKeeper() {
  let known: FlowGraph | undefined
  let lines: ReturnType<typeof routeAll> = new Map()
  return (graph: FlowGraph) => {
    if (!known || !sameLayout(known, graph)) lines = routeAll(graph)
    known = graph
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
    return { id, source, sourceHandle, target, type: 'way', selected: on, data: { line } }
  })
}

/** The card's name for screen readers: "Branch, Is this lead ready, 3 exits, 1 error". */
export function spokenName(node: FlowNode, title: string, catalog: Catalog, errors: number, lacks = false): string {
  const { sentence, name } = wordsOf(node, readStep(node), catalog)
  const { ports } = shapeOf(node)
  const exits = ports.length < 2 ? '' : `, ${ports.length} exits`
  return `${title}, ${name ?? spokenSentence(sentence)}${exits}${errors === 0 ? '' : errors === 1 ? ', 1 error' : `, ${errors} errors`}${lacks ? ', to be set up' : ''}`
}
