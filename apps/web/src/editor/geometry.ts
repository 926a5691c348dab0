import { type FlowGraph, type FlowNode, type Port, parseNode } from '@baton/engine'
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

const shapes = new WeakMap<FlowNode['data'], { type: string; shape: Shape }>()

/** The shape of a step; remembered by its data, since a card asks at every frame. */
export function shapeOf({ id, type, data }: Pick<FlowNode, 'id' | 'type' | 'data'>): Shape {
  const known = shapes.get(data)
  if (known?.type === type) return known.shape
  const parsed = parseNode({ id, type, data })
  const ports = 'ok' in parsed ? parsed.ok.kind.ports(parsed.ok.config) : []
  // What waits for an answer of sales is the one card that carries its contract (LOOK 4).
  const contract = 'ok' in parsed && parsed.ok.kind.category === 'sales' && parsed.ok.kind.rests
  const wide = contract || ports.length > 4
  const row = ports.length > 1
  const shape: Shape = {
    wide,
    contract,
    row,
    ports,
    width: wide ? CARD.wide : CARD.width,
    height: (contract ? CARD.wideBody : CARD.body) + (row ? CARD.ports : 0),
  }
  shapes.set(data, { type, shape })
  return shape
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
