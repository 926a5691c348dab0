import { type FlowEdge, type FlowGraph, type FlowGroup, type FlowNode, type FlowNote, kindOf, type Port } from '@baton/engine'
import { shapeOf } from '../geometry.ts'

/** What a line of the outline stands for. */
export type What =
  /** A step, at the way in by which it is read first; starts and what nothing leads to have none. */
  | { is: 'step'; node: FlowNode; via: FlowEdge | null }
  /** One of several ways out; what comes behind it lies in it. */
  | { is: 'port'; node: FlowNode; port: Port; taken: boolean }
  /** A way to a step that stands elsewhere. `back`: it goes round, to one that was passed. */
  | { is: 'jump'; way: FlowEdge; from: FlowNode; to: FlowNode; back: boolean }
  /** The end of a line whose last step has a way out that leads nowhere. */
  | { is: 'end'; node: FlowNode; port: Port }
  | { is: 'part'; part: 'apart' | 'groups' | 'notes'; size: number }
  | { is: 'group'; group: FlowGroup; ids: readonly string[] }
  | { is: 'note'; note: FlowNote }

/** A line with what lies in it. */
export interface Item {
  key: string
  what: What
  inside: Item[]
}

type StepItem = Item & { what: Extract<What, { is: 'step' }> }

/** A line as it is drawn, with its place among its siblings, counted from 1. */
export interface Row {
  key: string
  what: What
  level: number
  place: number
  of: number
  parent: string | null
  /** Null where nothing lies in it. */
  open: boolean | null
}

export const stepKey = (id: string) => `step:${id}`
export const portKey = (id: string, port: string) => `port:${id}:${port}`

const byPlace = (a: FlowNode, b: FlowNode) => a.position.y - b.position.y || a.position.x - b.position.x

/** The ways out of a step; of a kind that is not known here, those by which something hangs. */
function portsOf(node: FlowNode, taken: ReadonlyMap<string, FlowEdge> | undefined): readonly Port[] {
  const { ports } = shapeOf(node)
  const more = [...(taken?.keys() ?? [])].filter((id) => !ports.some((it) => it.id === id))
  return more.length === 0 ? ports : [...ports, ...more.map((id): Port => ({ id, label: id, tone: 'neutral' }))]
}

/**
 * A flow as it is read aloud: what follows a step stands below it; several ways out lie in it, each with what comes behind. A step stands
 * where it is reached first, and everywhere else the line says that it continues there. Then come steps that no start leads to, groups and
 * notes.
 */
export function outlineOf(graph: FlowGraph): Item[] {
  const nodes = new Map(graph.nodes.map((it) => [it.id, it]))
  const out = new Map<string, Map<string, FlowEdge>>()
  const led = new Set<string>()
  for (const edge of graph.edges) {
    led.add(edge.target)
    const own = out.get(edge.source)
    if (own) own.set(edge.sourceHandle, edge)
    else out.set(edge.source, new Map([[edge.sourceHandle, edge]]))
  }
  const read = new Set<string>()
  const passed = new Set<string>()

  // Lines that are still to be followed, the next one last: a flow may be forked deeper than calls may be nested.
  const open: ({ way: FlowEdge; into: Item[] } | { left: readonly string[] })[] = []
  const stepItem = (node: FlowNode, via: FlowEdge | null): StepItem => {
    read.add(node.id)
    passed.add(node.id)
    return { key: stepKey(node.id), what: { is: 'step', node, via }, inside: [] }
  }
  /** What comes behind a step: the one way on, or lines that lie in it, to be followed next. `below` is where what follows stands. */
  const waysOf = ({ what, inside }: StepItem, below: Item[]): FlowEdge | undefined => {
    const { node } = what
    const taken = out.get(node.id)
    const ports = portsOf(node, taken)
    const [only] = ports
    if (!only) return undefined
    if (ports.length === 1) {
      const way = taken?.get(only.id)
      if (!way) below.push({ key: `end:${node.id}`, what: { is: 'end', node, port: only }, inside: [] })
      return way
    }
    for (const port of ports) {
      const key = portKey(node.id, port.id)
      inside.push({ key, what: { is: 'port', node, port, taken: taken?.has(port.id) === true }, inside: [] })
    }
    for (const it of inside.toReversed()) {
      const way = it.what.is === 'port' ? taken?.get(it.what.port.id) : undefined
      if (way) open.push({ way, into: it.inside })
    }
    return undefined
  }
  /** Everything along a way, one below the other. */
  const follow = (first: FlowEdge, into: Item[]) => {
    const left: string[] = []
    open.push({ left })
    for (let way: FlowEdge | undefined = first; way !== undefined; ) {
      const node = nodes.get(way.target)
      const from = nodes.get(way.source)
      if (!node || !from) break
      if (read.has(node.id)) {
        into.push({ key: `jump:${way.id}`, what: { is: 'jump', way, from, to: node, back: passed.has(node.id) }, inside: [] })
        break
      }
      const item = stepItem(node, way)
      left.push(node.id)
      into.push(item)
      way = waysOf(item, into)
    }
  }
  /** A step that begins a line: what follows lies in it. */
  const begin = (node: FlowNode): Item => {
    const item = stepItem(node, null)
    open.push({ left: [node.id] })
    const way = waysOf(item, item.inside)
    if (way) follow(way, item.inside)
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if ('way' in next) follow(next.way, next.into)
      else for (const id of next.left) passed.delete(id)
    }
    return item
  }
  const beginAll = (wanted: (node: FlowNode) => boolean) =>
    graph.nodes
      .filter(wanted)
      .sort(byPlace)
      .flatMap((it) => (read.has(it.id) ? [] : [begin(it)]))

  const starts = beginAll((it) => {
    const kind = kindOf(it.type)
    return kind?.category === 'trigger' || (kind?.free !== undefined && !led.has(it.id))
  })
  // Those first that nothing leads to; what is left goes in circles.
  const before = read.size
  const apart = [...beginAll((it) => !read.has(it.id) && !led.has(it.id)), ...beginAll((it) => !read.has(it.id))]
  const part = (name: 'apart' | 'groups' | 'notes', inside: Item[], size = inside.length): Item[] =>
    inside.length === 0 ? [] : [{ key: `part:${name}`, what: { is: 'part', part: name, size }, inside }]
  return [
    ...starts,
    ...part('apart', apart, read.size - before),
    ...part('groups', groupsOf(graph)),
    ...part(
      'notes',
      (graph.notes ?? []).map((note) => ({ key: `note:${note.id}`, what: { is: 'note', note }, inside: [] })),
    ),
  ]
}

const groupsOf = (graph: FlowGraph): Item[] =>
  (graph.groups ?? []).map((group) => {
    const ids = graph.nodes.flatMap((it) => (it.parentId === group.id ? [it.id] : []))
    return { key: `group:${group.id}`, what: { is: 'group', group, ids }, inside: [] }
  })

/** The lines that are to be seen, top to bottom: all but what lies in closed ones. */
export function rowsOf(items: readonly Item[], closed: ReadonlySet<string>): Row[] {
  const rows: Row[] = []
  const lists: { siblings: readonly Item[]; at: number; parent: string | null }[] = [{ siblings: items, at: 0, parent: null }]
  for (let list = lists.at(-1); list !== undefined; list = lists.at(-1)) {
    const { siblings, at, parent } = list
    const item = siblings[at]
    if (!item) {
      lists.pop()
      continue
    }
    list.at += 1
    const { key, what, inside } = item
    const open = inside.length === 0 ? null : !closed.has(key)
    rows.push({ key, what, level: lists.length, place: at + 1, of: siblings.length, parent, open })
    if (open) lists.push({ siblings: inside, at: 0, parent: key })
  }
  return rows
}

const all: ReadonlySet<string> = new Set()

/** The keys of all lines that a line lies in, the nearest last; undefined where there is no such line. */
export function pathTo(items: readonly Item[], key: string): string[] | undefined {
  const parents = new Map(rowsOf(items, all).map((it) => [it.key, it.parent]))
  if (!parents.has(key)) return undefined
  const path: string[] = []
  for (let at = parents.get(key); at != null; at = parents.get(at)) path.unshift(at)
  return path
}

/** All lines in branches that can be closed; starts and parts stay open. */
export const openable = (items: readonly Item[]): string[] =>
  rowsOf(items, all).flatMap((it) => (it.open === null || it.level === 1 ? [] : [it.key]))

/** The way by which a step is read; null where it begins a line. */
export function viaOf(items: readonly Item[], id: string): FlowEdge | null {
  const what = rowsOf(items, all).find((it) => it.key === stepKey(id))?.what
  return what?.is === 'step' ? what.via : null
}

/** What is chosen in the flow when a line is: steps or a note, and of one step perhaps a way out. */
export function choiceOf(what: What): { ids: readonly string[]; port: string | null } {
  switch (what.is) {
    case 'step':
      return { ids: [what.node.id], port: null }
    case 'port':
    case 'end':
      return { ids: [what.node.id], port: what.port.id }
    case 'jump':
      return { ids: [what.from.id], port: what.way.sourceHandle }
    case 'group':
      return { ids: what.ids, port: null }
    case 'note':
      return { ids: [what.note.id], port: null }
    case 'part':
      return { ids: [], port: null }
  }
}

/** The way out that a line stands at: what is added, or put down, comes there. Null where nothing can follow. */
export function wayOf(what: What, out: (node: FlowNode) => string | null): { node: string; port: string } | null {
  switch (what.is) {
    case 'step': {
      const port = out(what.node)
      return port === null ? null : { node: what.node.id, port }
    }
    case 'port':
    case 'end':
      return { node: what.node.id, port: what.port.id }
    case 'jump':
      return { node: what.from.id, port: what.way.sourceHandle }
    case 'group':
    case 'note':
    case 'part':
      return null
  }
}
