import { connect, type FlowEdge, type FlowGraph, type FlowNode, type Fragment, kindOf, moveNodes, moveStep, paste } from '@baton/engine'
import { boxOf, freePlace, shapeOf } from '../geometry.ts'
import { type Point, snap } from '../grid.ts'
import { makeRoom, newId, onward, spotBehind } from '../steps.ts'

/** A way out of a step. */
export interface Behind {
  node: string
  port: string
}

/** The way by which a step is read in the outline; null where it begins a line. */
export type ViaOf = (id: string) => FlowEdge | null

const nodeOf = (graph: FlowGraph, id: string) => graph.nodes.find((it) => it.id === id)
const wayFrom = (graph: FlowGraph, { node, port }: Behind) => graph.edges.find((it) => it.source === node && it.sourceHandle === port)

/** Room for a card behind a port, found without the cards that are to be put there. */
function spot(graph: FlowGraph, to: Behind, without: ReadonlySet<string>, size: { width: number; height: number }) {
  const from = nodeOf(graph, to.node)
  const rest = { ...graph, nodes: graph.nodes.filter((it) => !without.has(it.id)) }
  const wanted = from ? spotBehind(from, to.port, size.width) : { x: 0, y: 0 }
  const next = wayFrom(graph, to)?.target
  const room = next === undefined || without.has(next) ? rest : makeRoom(rest, next, wanted.y, size.height)
  return { at: freePlace(room, wanted, size), places: Object.fromEntries(room.nodes.map((it) => [it.id, it.position])) }
}

/** Takes a step out of its line and puts it behind a way out, with its card below that; the same graph where it cannot stand there. */
export function moveBehind(graph: FlowGraph, id: string, to: Behind): FlowGraph {
  const node = nodeOf(graph, id)
  if (!node) return graph
  const moved = moveStep(graph, id, { source: to.node, sourceHandle: to.port }, onward(node), newId())
  if (moved === graph) return graph
  const { at, places } = spot(graph, to, new Set([id]), shapeOf(node))
  return moveNodes(moved, { ...places, [id]: at })
}

/** Lets two neighbours of a line change places, on the canvas too. */
function exchange(graph: FlowGraph, node: FlowNode, other: FlowNode, to: Behind): FlowGraph | null {
  const moved = moveStep(graph, node.id, { source: to.node, sourceHandle: to.port }, onward(node), newId())
  if (moved === graph) return null
  const [a, b] = [boxOf(node), boxOf(other)]
  const into = (from: { width: number }, to: typeof a): Point => ({ x: snap(to.x + (to.width - from.width) / 2), y: to.y })
  return moveNodes(moved, { [node.id]: into(a, b), [other.id]: into(b, a) })
}

/** Puts a step before the one that it follows; null where it can go no further. */
export function moveUp(graph: FlowGraph, id: string, viaOf: ViaOf): FlowGraph | null {
  const node = nodeOf(graph, id)
  const via = viaOf(id)
  const above = via && nodeOf(graph, via.source)
  const way = via && viaOf(via.source)
  return node && above && way ? exchange(graph, node, above, { node: way.source, port: way.sourceHandle }) : null
}

/** Puts a step behind the one that follows it; null where nothing does, or where the line continues elsewhere. */
export function moveDown(graph: FlowGraph, id: string, viaOf: ViaOf): FlowGraph | null {
  const node = nodeOf(graph, id)
  const port = node ? onward(node) : null
  const way = port === null ? undefined : wayFrom(graph, { node: id, port })
  const below = way && viaOf(way.target)?.id === way.id ? nodeOf(graph, way.target) : undefined
  const on = below ? onward(below) : null
  return node && below && on !== null ? exchange(graph, node, below, { node: below.id, port: on }) : null
}

/** The step of a copy by which people would come into it: the first that nothing leads to, no start. */
function entryOf({ nodes, edges }: Fragment): FlowNode | undefined {
  const led = new Set(edges.map((it) => it.target))
  return nodes
    .filter((it) => !led.has(it.id) && kindOf(it.type)?.category !== 'trigger')
    .sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x)[0]
}

/** The open way out at the end of a copy's line; null where the line ends for good, or goes in a circle. */
function tailOf({ nodes, edges }: Fragment, entry: FlowNode): Behind | null {
  const seen = new Set<string>()
  for (let at: FlowNode | undefined = entry; at && !seen.has(at.id); ) {
    seen.add(at.id)
    const port = onward(at)
    if (port === null) return null
    const way = edges.find((it) => it.source === at?.id && it.sourceHandle === port)
    if (!way) return { node: at.id, port }
    at = nodes.find((it) => it.id === way.target)
  }
  return null
}

/**
 * Puts a copy down behind a way out: what came there comes behind the copy. Where the copy has no way on, and something came there already, it
 * is put down unconnected, as on the canvas.
 */
export function pasteBehind(graph: FlowGraph, what: Fragment, to: Behind | null): { graph: FlowGraph; added: string[] } {
  if (what.nodes.length === 0) return paste(graph, what, { x: 32, y: 32 }, newId)
  const boxes = what.nodes.map(boxOf)
  const left = Math.min(...boxes.map((it) => it.x))
  const top = Math.min(...boxes.map((it) => it.y))
  const size = {
    width: Math.max(...boxes.map((it) => it.x + it.width)) - left,
    height: Math.max(...boxes.map((it) => it.y + it.height)) - top,
  }
  const entry = to && entryOf(what)
  const old = to && wayFrom(graph, to)
  const tail = entry && tailOf(what, entry)
  if (!to || !entry || (old && !tail)) return paste(graph, what, { x: 32, y: 32 }, newId)
  const { at, places } = spot(graph, to, new Set(), size)
  const done = paste(graph, what, { x: snap(at.x - left), y: snap(at.y - top) }, newId)
  const fresh = new Map(what.nodes.map((it, i) => [it.id, done.added[i] ?? it.id]))
  const idOf = (id: string) => fresh.get(id) ?? id
  const led = connect(done.graph, { id: newId(), source: to.node, sourceHandle: to.port, target: idOf(entry.id) })
  const on = old && tail ? connect(led, { id: newId(), source: idOf(tail.node), sourceHandle: tail.port, target: old.target }) : led
  return { graph: moveNodes(on, places), added: done.added }
}
