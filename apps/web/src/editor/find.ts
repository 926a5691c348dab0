import { type Catalog, type FlowGraph, parseNode, referencesOf } from '@baton/engine'
import { cardOf } from '../nodes/registry.ts'
import { wordsOf } from './canvas/card-words.ts'

/** A step that was looked for. */
export interface Found {
  id: string
  words: string
  /** Why, where its own words do not say so: the kind, what it uses, its note. */
  because: string
}

const NAMED = {
  segment: 'segments',
  template: 'templates',
  team: 'teams',
  flow: 'flows',
  form: 'forms',
  user: 'users',
  topic: 'topics',
} as const

/** What people call the things a step refers to. */
function nameOf(catalog: Catalog, kind: string, id: string): string {
  if (kind === 'field') return catalog.fields.find((it) => it.key === id)?.label ?? id
  const part = Object.entries(NAMED).find(([name]) => name === kind)?.[1]
  return part === undefined ? id : (catalog[part].find((it) => it.id === id)?.name ?? id)
}

/**
 * Steps of a flow by text: in what their card says, the name of their kind, their note, or anything they use (a template, a field, a
 * segment …). Those whose own words fit come first, each in the order from top to bottom.
 */
export function findSteps(graph: FlowGraph, catalog: Catalog, text: string): Found[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const uses = new Map<string, string[]>()
  for (const { kind, id, nodes } of referencesOf(graph)) {
    const name = nameOf(catalog, kind, id)
    if (!name.toLowerCase().includes(wanted)) continue
    for (const node of nodes) uses.set(node, [...(uses.get(node) ?? []), `uses ${name}`])
  }
  const has = (words: string | undefined) => words?.toLowerCase().includes(wanted) === true
  const hits = graph.nodes.flatMap((node): (Found & { rank: number; y: number })[] => {
    const read = parseNode(node)
    const { text: sentence, name } = wordsOf(node, 'ok' in read ? read.ok : undefined, catalog)
    const words = name ?? sentence
    const title = cardOf(node.type)?.title
    const { y } = node.position
    if (has(words)) return [{ id: node.id, words, because: '', rank: 0, y }]
    if (has(sentence)) return [{ id: node.id, words, because: sentence, rank: 1, y }]
    if (has(title)) return [{ id: node.id, words, because: title ?? '', rank: 1, y }]
    const used = uses.get(node.id)
    if (used) return [{ id: node.id, words, because: used.join(', '), rank: 2, y }]
    return has(node.note) ? [{ id: node.id, words, because: node.note ?? '', rank: 3, y }] : []
  })
  return hits.sort((a, b) => a.rank - b.rank || a.y - b.y).map(({ id, words, because }) => ({ id, words, because }))
}
