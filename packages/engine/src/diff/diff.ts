import { canonicalJson } from '../compile/canonical.ts'
import type { FlowGraph, FlowNode } from '../graph/schema.ts'
import { parseNode } from '../nodes/parse-config.ts'

/** One value that is another than before. `path` as in `cases.hot.when`: members of a list go by their ids. Undefined: it is not there. */
export interface ValueChange {
  path: string
  from: unknown
  to: unknown
}

/** A step that is in both and does something else. */
export interface NodeChange {
  node: string
  values: readonly ValueChange[]
}

/** A port that leads elsewhere; null: nowhere, or the step is not there. */
export interface WayChange {
  node: string
  port: string
  from: string | null
  to: string | null
}

/** What is different between two graphs of one flow. Where things lie, groups and slips of paper are no difference. */
export interface FlowDiff {
  added: readonly string[]
  removed: readonly string[]
  changed: readonly NodeChange[]
  /** Of steps that are in both; the ways of added and removed ones go with them. */
  ways: readonly WayChange[]
  settings: readonly ValueChange[]
}

/** Compares two graphs of one flow: steps by their ids, values one by one, ways by where they start. */
export function diffFlows(before: FlowGraph, after: FlowGraph): FlowDiff {
  const old = new Map(before.nodes.map((it) => [it.id, it]))
  const now = new Map(after.nodes.map((it) => [it.id, it]))
  const changed = after.nodes.flatMap((it): NodeChange[] => {
    const was = old.get(it.id)
    const values = was ? nodeChanges(was, it) : []
    return values.length > 0 ? [{ node: it.id, values }] : []
  })
  return {
    added: after.nodes.filter((it) => !old.has(it.id)).map((it) => it.id),
    removed: before.nodes.filter((it) => !now.has(it.id)).map((it) => it.id),
    changed,
    ways: wayChanges(before, after, (id) => old.has(id) && now.has(id)),
    settings: valueChanges(before.settings, after.settings, ''),
  }
}

/** Whether nothing is different. */
export const isSameFlow = ({ added, removed, changed, ways, settings }: FlowDiff): boolean =>
  added.length + removed.length + changed.length + ways.length + settings.length === 0

/** The steps at which anything is different, in both graphs: those whose ways are, too. */
export const touchedNodes = ({ added, removed, changed, ways }: FlowDiff): readonly string[] => [
  ...new Set([...added, ...changed.map((it) => it.node), ...ways.map((it) => it.node), ...removed]),
]

function nodeChanges(was: FlowNode, is: FlowNode): ValueChange[] {
  if (was.type !== is.type) return [{ path: 'type', from: was.type, to: is.type }]
  const note = (was.note ?? '') === (is.note ?? '') ? [] : [{ path: 'note', from: was.note, to: is.note }]
  return [...valueChanges(readable(was), readable(is), ''), ...note]
}

/** As its kind reads it, so that an older form of the same is the same; raw where it cannot be read. */
function readable(node: FlowNode): unknown {
  const read = parseNode(node)
  return 'ok' in read ? read.ok.config : node.data
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A condition is one value: it is told as a sentence. */
const isCondition = (value: unknown) => isRecord(value) && 'combinator' in value && 'rules' in value

function withIds(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(value)) return undefined
  const entries = value.map((it): [string, unknown] => [isRecord(it) && typeof it.id === 'string' ? it.id : '', it])
  const map = new Map(entries)
  return map.size === entries.length && !map.has('') ? map : undefined
}

function valueChanges(from: unknown, to: unknown, path: string): ValueChange[] {
  if (canonicalJson(from) === canonicalJson(to)) return []
  const at = (key: string) => (path === '' ? key : `${path}.${key}`)
  const [some, other] = [withIds(from), withIds(to)]
  if (some && other) {
    const order = [...some.keys()].filter((it) => other.has(it)).join() !== [...other.keys()].filter((it) => some.has(it)).join()
    const moved = order ? [{ path: at('order'), from: [...some.keys()], to: [...other.keys()] }] : []
    return [...new Set([...some.keys(), ...other.keys()])]
      .flatMap((key) =>
        some.has(key) && other.has(key)
          ? valueChanges(some.get(key), other.get(key), at(key))
          : [{ path: at(key), from: some.get(key), to: other.get(key) }],
      )
      .concat(moved)
  }
  if (!isRecord(from) || !isRecord(to) || isCondition(from) || isCondition(to) || otherSort(from, to)) return [{ path, from, to }]
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => valueChanges(from[key], to[key], at(key)))
}

/** Two things of which each has a form of its own: the whole is told, not what they happen to have in common. */
const otherSort = (from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>) =>
  ['kind', 'do', 'when', 'from', 'every'].some(
    (key) => typeof from[key] === 'string' && typeof to[key] === 'string' && from[key] !== to[key],
  )

function wayChanges(before: FlowGraph, after: FlowGraph, inBoth: (id: string) => boolean): WayChange[] {
  const key = (source: string, port: string) => JSON.stringify([source, port])
  const ends = (graph: FlowGraph) => new Map(graph.edges.map((it) => [key(it.source, it.sourceHandle), it]))
  const [old, now] = [ends(before), ends(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((place) => {
    const [was, is] = [old.get(place), now.get(place)]
    const { source: node, sourceHandle: port } = is ?? was ?? { source: '', sourceHandle: '' }
    if (!inBoth(node) || was?.target === is?.target) return []
    return [{ node, port, from: was?.target ?? null, to: is?.target ?? null }]
  })
}
