import { type FlowGraph, type FlowNode, type ParsedNode, type Port, parseNode } from '@baton/engine'
import { type Point, snap } from './grid.ts'

/** Between a card and the one below it. */
export const GAP = 32
export const CARD = { width: 224, wide: 532, body: 56, wideBody: 70, ports: 26, countedPorts: 36 } as const
/** From one column to the next. */
export const COLUMN = 248

/** How big a card is, and its ways out. */
export interface Shape {
  width: number
  height: number
  wide: boolean
  /** Carries a line of terms. */
  contract: boolean
  ports: readonly Port[]
  /** The row of port names; a single way has none. */
  row: boolean
}

/** A step's data as its kind read it; undefined for what this Baton cannot read. */
export type ReadStep = Pick<ParsedNode, 'kind' | 'config'>

interface Known {
  type: string
  read: ReadStep | undefined
  shape: Shape
}

const known = new WeakMap<FlowNode['data'], Known>()

/** Both are remembered by the data, which no edit ever changes in place: reading costs more than drawing, and a card asks at every frame. */
function knownOf({ id, type, data }: Pick<FlowNode, 'id' | 'type' | 'data'>): Known {
  const before = known.get(data)
  if (before?.type === type) return before
  const parsed = parseNode({ id, type, data })
  const read = 'ok' in parsed ? { kind: parsed.ok.kind, config: parsed.ok.config } : undefined
  const now = { type, read, shape: shapeFor(read) }
  known.set(data, now)
  return now
}

function shapeFor(read: ReadStep | undefined): Shape {
  const ports = read?.kind.ports(read.config) ?? []
  // What waits for an answer of sales is the one card that carries its contract (LOOK 4).
  const contract = read !== undefined && read.kind.category === 'sales' && read.kind.rests
  const wide = contract || ports.length > 4
  const row = ports.length > 1
  return {
    wide,
    contract,
    row,
    ports,
    width: wide ? CARD.wide : CARD.width,
    height: (contract ? CARD.wideBody : CARD.body) + (row ? CARD.ports : 0),
  }
}

/** What a step says about itself. */
export const readStep = (node: Pick<FlowNode, 'id' | 'type' | 'data'>): ReadStep | undefined => knownOf(node).read

/** The shape of a step. */
export const shapeOf = (node: Pick<FlowNode, 'id' | 'type' | 'data'>): Shape => knownOf(node).shape

const indexes = new WeakMap<FlowGraph['nodes'], ReadonlyMap<string, FlowNode>>()

/** A step of a flow by its id, without going through all of them: cards ask whenever anything changes. */
export function stepIn({ nodes }: FlowGraph, id: string): FlowNode | undefined {
  const before = indexes.get(nodes)
  if (before) return before.get(id)
  const index = new Map(nodes.map((it) => [it.id, it]))
  indexes.set(nodes, index)
  return index.get(id)
}

/** Whether two flows look the same but for what is written on their cards: then nothing has to be placed or led anew. */
export function sameLayout(a: FlowGraph, b: FlowGraph): boolean {
  if (a === b) return true
  if (a.edges !== b.edges || a.groups !== b.groups || a.notes !== b.notes || a.nodes.length !== b.nodes.length) return false
  return a.nodes.every((it, at) => {
    const other = b.nodes[at]
    return other !== undefined && (it === other || sameBox(it, other))
  })
}

function sameBox(a: FlowNode, b: FlowNode): boolean {
  if (a.id !== b.id || a.type !== b.type || a.parentId !== b.parentId) return false
  if (a.position.x !== b.position.x || a.position.y !== b.position.y) return false
  const [one, other] = [shapeOf(a), shapeOf(b)]
  const samePorts = one.ports.length === other.ports.length && one.ports.every((it, at) => it.id === other.ports[at]?.id)
  return samePorts && one.width === other.width && one.height === other.height
}

/** Where the way out by a port begins, from the card's corner. */
export function portAt({ width, height, ports }: Shape, port: string): Point {
  const at = ports.findIndex((it) => it.id === port)
  if (ports.length < 2 || at < 0) return { x: width / 2, y: height }
  return { x: (width * (at + 0.5)) / ports.length, y: height }
}

export const entryAt = ({ width }: Shape): Point => ({ x: width / 2, y: 0 })

export interface Box extends Point {
  width: number
  height: number
}

export function boxOf(node: FlowNode): Box {
  const { width, height } = shapeOf(node)
  return { ...node.position, width, height }
}

export const overlaps = (a: Box, b: Box, gap = 0) =>
  a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap

/** The nearest place from `at` on, to the right, where a card of this size stands free. */
export function freePlace(graph: FlowGraph, at: Point, size: Pick<Shape, 'width' | 'height'>): Point {
  const boxes = graph.nodes.map(boxOf)
  const place = { x: snap(at.x), y: snap(at.y) }
  for (let tries = 0; tries < 200; tries++) {
    const hit = boxes.find((box) => overlaps({ ...place, ...size }, box, 16))
    if (!hit) return place
    place.x = snap(hit.x + hit.width + 24)
  }
  return place
}
