import type { FlowEdge, FlowGraph, FlowGroup, FlowNode } from '@baton/engine'
import { type Box, boxOf, CARD } from '../geometry.ts'

/** Between the cards of a group and its frame; above them stands its name. */
const PAD = 16
const HEAD = 40

/** The type of the card that stands for a folded group; no kind of step has it. */
export const FOLDED = 'folded-group'
/** The name of a group among what is drawn: ids of steps never begin so. */
export const drawnId = (group: string) => `group:${group}`

/** What is chosen with something drawn: all that lies in a group with its card, else the thing itself. */
export const standsFor = (graph: FlowGraph, id: string): string[] => {
  if (!graph.groups?.some((it) => drawnId(it.id) === id)) return [id]
  return graph.nodes.flatMap((it) => (it.parentId !== undefined && drawnId(it.parentId) === id ? [it.id] : []))
}

/** A group with where it lies. */
export interface Frame extends Box {
  group: FlowGroup
  steps: number
}

const around = (boxes: readonly Box[]): Box => {
  const x = Math.min(...boxes.map((it) => it.x))
  const y = Math.min(...boxes.map((it) => it.y))
  const right = Math.max(...boxes.map((it) => it.x + it.width))
  const bottom = Math.max(...boxes.map((it) => it.y + it.height))
  return { x, y, width: right - x, height: bottom - y }
}

function membersOf(graph: FlowGraph): ReadonlyMap<string, FlowNode[]> {
  const members = new Map<string, FlowNode[]>()
  for (const node of graph.nodes) {
    if (node.parentId === undefined) continue
    const list = members.get(node.parentId)
    if (list) list.push(node)
    else members.set(node.parentId, [node])
  }
  return members
}

/** The frames of the groups that are not folded: around what lies in them. */
export function framesOf(graph: FlowGraph): Frame[] {
  if (!graph.groups?.length) return []
  const members = membersOf(graph)
  return graph.groups.flatMap((group) => {
    const own = members.get(group.id) ?? []
    if (own.length === 0 || group.folded) return []
    const { x, y, width, height } = around(own.map(boxOf))
    return [{ group, steps: own.length, x: x - PAD, y: y - HEAD, width: width + 2 * PAD, height: height + HEAD + PAD }]
  })
}

/** What is to be drawn of a flow: a folded group is one card, and ways to and from its steps lead to and from that card. */
export function foldedView(graph: FlowGraph): FlowGraph {
  const folded = graph.groups?.filter((it) => it.folded) ?? []
  if (folded.length === 0) return graph
  const members = membersOf(graph)
  const inside = new Map<string, string>()
  const cards: FlowNode[] = []
  for (const { id, name } of folded) {
    const own = members.get(id) ?? []
    if (own.length === 0) continue
    const box = around(own.map(boxOf))
    cards.push({
      id: drawnId(id),
      type: FOLDED,
      position: { x: box.x + box.width / 2 - CARD.width / 2, y: box.y },
      data: { group: id, name, ids: own.map((it) => it.id) },
    })
    for (const it of own) inside.set(it.id, drawnId(id))
  }
  const edges = graph.edges.flatMap((edge): FlowEdge[] => {
    const from = inside.get(edge.source)
    const to = inside.get(edge.target)
    if (from === undefined && to === undefined) return [edge]
    if (from === to) return []
    return [{ ...edge, ...(from === undefined ? {} : { source: from, sourceHandle: 'out' }), ...(to === undefined ? {} : { target: to }) }]
  })
  return { ...graph, nodes: [...graph.nodes.filter((it) => !inside.has(it.id)), ...cards], edges }
}

/** The card of one folded group. */
export const foldedCard = (graph: FlowGraph, group: string): FlowNode | undefined =>
  foldedView({ ...graph, groups: graph.groups?.map((it) => ({ ...it, folded: it.id === group })) }).nodes.find(
    (it) => it.id === drawnId(group),
  )

/** How many came into a group and out of it, by the counts of the ways that cross its frame. */
export function crossing(graph: FlowGraph, group: string, countOf: (node: string, port: string) => number): { into: number; out: number } {
  const own = new Set(graph.nodes.flatMap((it) => (it.parentId === group ? [it.id] : [])))
  let into = 0
  let out = 0
  for (const { source, sourceHandle, target } of graph.edges) {
    if (own.has(source) === own.has(target)) continue
    if (own.has(target)) into += countOf(source, sourceHandle)
    else out += countOf(source, sourceHandle)
  }
  return { into, out }
}
