import { addNode, connect, type FlowGraph, type FlowNode, insertOnEdge, kindOf, moveNodes, swapNode } from '@baton/engine'
import type { Preset } from '../nodes/screen.ts'
import { boxOf, COLUMN, freePlace, GAP, portAt, shapeOf } from './geometry.ts'
import { type Point, snap } from './grid.ts'

/** Where a new step goes: anywhere, behind a port of another step, into the middle of a way, or in the place of another step. */
export type Target =
  | { on: 'place'; at: Point }
  | { on: 'port'; node: string; port: string; at?: Point | undefined }
  | { on: 'edge'; edge: string }
  | { on: 'swap'; node: string }

/** What a new step is: a kind with what its palette line lays over the defaults. */
export interface NewStep {
  type: string
  preset?: Preset | undefined
}

/** Ids are for life, so they are long enough never to meet again. */
export const newId = () => crypto.randomUUID().slice(0, 13).replace('-', '')

const nodeOf = (graph: FlowGraph, id: string) => graph.nodes.find((it) => it.id === id)

function make({ type, preset }: NewStep): FlowNode {
  const data = { ...kindOf(type)?.defaults(), ...preset?.data }
  return { id: newId(), type, position: { x: 0, y: 0 }, data }
}

/** The port by which a way goes on through a step that is put into it: the first, which is the good news. */
export const onward = (node: FlowNode) => shapeOf(node).ports[0]?.id ?? null

/** Everything that can be reached from a step, itself included. */
export function behind(graph: FlowGraph, start: string): Set<string> {
  const seen = new Set([start])
  for (const id of seen) for (const edge of graph.edges) if (edge.source === id) seen.add(edge.target)
  return seen
}

/** Moves what comes after down until a card of `height` fits below `top`. */
export function makeRoom(graph: FlowGraph, first: string, top: number, height: number): FlowGraph {
  const target = nodeOf(graph, first)
  if (!target) return graph
  const lack = top + height + GAP - target.position.y
  if (lack <= 0) return graph
  const down = snap(lack + 4)
  const after = behind(graph, first)
  const moved = graph.nodes.filter((it) => after.has(it.id) && it.position.y >= target.position.y)
  return moveNodes(graph, Object.fromEntries(moved.map((it) => [it.id, { x: it.position.x, y: it.position.y + down }])))
}

/** Where a card as wide as `width` belongs behind a port. */
export function spotBehind(from: FlowNode, port: string, width: number): Point {
  const shape = shapeOf(from)
  const below = from.position.y + shape.height + GAP
  const start = portAt(shape, port)
  const many = shape.ports.length
  const column = many < 2 || shape.wide ? 0 : (shape.ports.findIndex((it) => it.id === port) - (many - 1) / 2) * COLUMN
  const centre = from.position.x + (column === 0 ? start.x : shape.width / 2 + column)
  return { x: centre - width / 2, y: below + (shape.row ? 8 : 0) }
}

function behindPort(graph: FlowGraph, node: FlowNode, from: FlowNode, port: string, at: Point | undefined): FlowGraph {
  const { width, height } = shapeOf(node)
  const way = graph.edges.find((it) => it.source === from.id && it.sourceHandle === port)
  const wanted = at ?? spotBehind(from, port, width)
  if (way && !at) {
    const room = makeRoom(graph, way.target, wanted.y, height)
    const placed = { ...node, position: freePlace(room, wanted, { width, height }) }
    return insertOnEdge(room, way.id, placed, onward(placed), newId())
  }
  const placed = { ...node, position: freePlace(graph, wanted, { width, height }) }
  const edge = { id: newId(), source: from.id, sourceHandle: port, target: placed.id }
  return kindOf(node.type)?.category === 'trigger' ? addNode(graph, placed) : connect(addNode(graph, placed), edge)
}

/** Puts a new step on the canvas, connected where the target says so. @returns the graph and the step's id */
export function addStep(graph: FlowGraph, step: NewStep, target: Target): { graph: FlowGraph; id: string } {
  const node = make(step)
  const shape = shapeOf(node)
  if (target.on === 'swap') {
    const next = swapNode(graph, target.node, { id: node.id, type: step.type, data: { ...step.preset?.data } })
    return { graph: next, id: next === graph ? target.node : node.id }
  }
  if (target.on === 'port') {
    const from = nodeOf(graph, target.node)
    if (from) return { graph: behindPort(graph, node, from, target.port, target.at), id: node.id }
  }
  if (target.on === 'edge') {
    const way = graph.edges.find((it) => it.id === target.edge)
    const from = way && nodeOf(graph, way.source)
    if (way && from && kindOf(node.type)?.category !== 'trigger')
      return { graph: behindPort(graph, node, from, way.sourceHandle, undefined), id: node.id }
  }
  const at = target.on === 'place' ? target.at : { x: 0, y: 0 }
  return { graph: addNode(graph, { ...node, position: freePlace(graph, at, shape) }), id: node.id }
}

/** The ways out of a flow that lead nowhere yet. */
const openEnds = ({ nodes, edges }: FlowGraph) => {
  const taken = new Set(edges.map((it) => `${it.source} ${it.sourceHandle}`))
  return nodes.flatMap((it) =>
    shapeOf(it).ports.flatMap((port) => (taken.has(`${it.id} ${port.id}`) ? [] : [{ node: it.id, port: port.id }])),
  )
}

/** Where "add" puts a step when somebody presses Enter in the palette: behind the chosen step, else at the only end that is open. */
export function naturalTarget(graph: FlowGraph, selected: ReadonlySet<string>, port: string | null, centre: Point): Target {
  const [only, ...more] = selected
  const node = only !== undefined && more.length === 0 ? nodeOf(graph, only) : undefined
  if (node) {
    const { ports } = shapeOf(node)
    const taken = new Set(graph.edges.filter((it) => it.source === node.id).map((it) => it.sourceHandle))
    const wanted = ports.find((it) => it.id === port) ?? ports.find((it) => !taken.has(it.id)) ?? ports[0]
    if (wanted) return { on: 'port', node: node.id, port: wanted.id }
    const box = boxOf(node)
    return { on: 'place', at: { x: box.x + box.width + 24, y: box.y } }
  }
  const [end, ...others] = more.length === 0 ? openEnds(graph) : []
  if (end && others.length === 0) return { on: 'port', ...end }
  return { on: 'place', at: { x: centre.x - 112, y: centre.y - 28 } }
}
