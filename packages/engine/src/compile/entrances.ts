import type { Catalog } from '../catalog.ts'
import type { FlowGraph, FlowNode } from '../graph/schema.ts'
import { parseNode } from '../nodes/parse-config.ts'
import { isExit, isTrigger, stepsFrom } from './inline.ts'

/** Where people can begin in a flow that another one contains, and by which exits they come out of it then. */
export interface Entrance {
  node: string
  name: string
  ways: { id: string; label: string }[]
}

/** The triggers of a published version with the exits behind each, in the order of the graph. */
export function entrancesOf(graph: FlowGraph, catalog: Catalog): Entrance[] {
  return graph.nodes.filter(isTrigger).flatMap((node): Entrance[] => {
    const first = graph.edges.find((it) => it.source === node.id)
    if (!first) return []
    const kept = stepsFrom(graph, first.target)
    const ways = graph.nodes
      .filter((it) => kept.has(it.id) && isExit(it))
      .map((it) => ({ id: it.id, label: wordsOf(it, catalog, 'strong').slice(0, 120) }))
    return [{ node: node.id, name: wordsOf(node, catalog, 'all'), ways }]
  })
}

/** The author's name, else what the card says; of an exit what the author chose. */
function wordsOf(node: FlowNode, catalog: Catalog, which: 'all' | 'strong'): string {
  const given = node.data.name
  if (typeof given === 'string' && given.trim() !== '') return given.trim()
  const parsed = parseNode(node)
  if (!('ok' in parsed)) return node.id
  const parts = parsed.ok.kind.sentence(parsed.ok.config, catalog)
  const strong = parts.filter((it) => it.kind === 'strong')
  return (which === 'strong' && strong.length > 0 ? strong : parts).map((it) => it.text).join('')
}
