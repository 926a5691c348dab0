import type { FlowGraph, FlowNode } from '../graph/schema.ts'
import type { NodeKind } from '../kind.ts'
import { parseConfig } from '../nodes/parse-config.ts'
import { kindOf } from '../nodes/registry.ts'
import { following, type Successor } from './follow.ts'
import { tidyGroups } from './groups.ts'

/** Of a config, what a step of another kind can use: every value that its schema takes in the place of its default. */
function fitting(kind: NodeKind<unknown>, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const start: Record<string, unknown> = { ...kind.defaults() }
  for (const [key, value] of Object.entries(data)) {
    if (key === 'v' || (!(key in start) && key !== 'name')) continue
    if ('ok' in parseConfig(kind, { ...start, [key]: value })) start[key] = value
  }
  return start
}

/**
 * Puts a step of another kind in the place of one, under the new id `fresh`: an id belongs to one kind for ever (SEMANTICS 9). What led to the
 * old one leads to the new one; a way out stays where the new kind has a port of that name, and of the others the first takes the new
 * kind's first free port. `data` lies over the defaults. What names the old step, in conditions over the way and in tests, names the new one:
 * a test that expects of it what the new kind does not do fails, and says so. Nothing changes where a start would get a way in.
 */
export function swapNode(
  graph: FlowGraph,
  id: string,
  fresh: { id: string; type: string; data?: Record<string, unknown> | undefined },
): FlowGraph {
  const old = graph.nodes.find((it) => it.id === id)
  const kind = kindOf(fresh.type)
  const taken = graph.nodes.some((it) => it.id === fresh.id)
  if (!old || !kind || taken || (kind.category === 'trigger' && graph.edges.some((it) => it.target === id))) return graph
  const data: Record<string, unknown> = { ...fitting(kind, old.data), ...fresh.data }
  const node: FlowNode = { ...old, id: fresh.id, type: fresh.type, data }
  const read = parseConfig(kind, data)
  const ports = 'ok' in read ? kind.ports(read.ok).map((it) => it.id) : []
  const out = graph.edges.filter((it) => it.source === id)
  const kept = out.filter((it) => ports.includes(it.sourceHandle))
  const free = ports.find((port) => !kept.some((it) => it.sourceHandle === port))
  const moved = out.find((it) => !kept.includes(it))
  const edges = graph.edges.flatMap((it) => {
    if (it.target === id) return [{ ...it, target: fresh.id }]
    if (it.source !== id) return [it]
    if (kept.includes(it)) return [{ ...it, source: fresh.id }]
    return it === moved && free !== undefined ? [{ ...it, source: fresh.id, sourceHandle: free }] : []
  })
  const after = new Map<string, Successor>([
    [id, { id: fresh.id, ...(moved && free !== undefined ? { ports: { [moved.sourceHandle]: free } } : {}) }],
  ])
  const nodes = graph.nodes.map((it) => {
    const now = it === old ? node : it
    const told = following(now.data, after)
    return told === now.data ? now : { ...now, data: told }
  })
  const settings = following(graph.settings, after)
  return tidyGroups({ ...graph, nodes, edges, settings, ...(graph.tests ? { tests: following(graph.tests, after) } : {}) })
}
