import { type Condition, isGroup, type Subject } from '../condition/schema.ts'
import type { Reference } from '../kind.ts'
import { parseNode } from '../nodes/parse-config.ts'
import type { FlowGraph } from './schema.ts'

/** Everything a flow refers to outside itself, each once, with the nodes that do. Nodes that cannot be read refer to nothing. */
export function referencesOf(graph: FlowGraph): readonly (Reference & { nodes: readonly string[] })[] {
  const found = new Map<string, Reference & { nodes: string[] }>()
  for (const node of graph.nodes) {
    const parsed = parseNode(node)
    if (!('ok' in parsed)) continue
    const { kind, config } = parsed.ok
    for (const reference of [...kind.references(config), ...kind.conditions(config).flatMap(conditionReferences)]) {
      const key = `${reference.kind} ${reference.id}`
      const known = found.get(key)
      if (!known) found.set(key, { ...reference, nodes: [node.id] })
      else if (known.nodes.at(-1) !== node.id) known.nodes.push(node.id)
    }
  }
  return [...found.values()]
}

/** What a condition refers to. */
export function conditionReferences(condition: Condition): readonly Reference[] {
  return condition.rules.flatMap((it) => (isGroup(it) ? conditionReferences(it) : subjectReferences(it.subject)))
}

function subjectReferences(subject: Subject): readonly Reference[] {
  switch (subject.kind) {
    case 'field':
      return [{ kind: 'field', id: subject.key }]
    case 'score':
      return [{ kind: 'dimension', id: subject.dimension }]
    case 'segment':
      return [{ kind: 'segment', id: subject.segmentId }]
    case 'event':
      return [{ kind: 'event', id: subject.type }]
    case 'passage':
      return [{ kind: 'flow', id: subject.flowId }]
    case 'consent':
    case 'stage':
    case 'owner':
    case 'mailable':
    case 'related':
    case 'journey':
    case 'carried':
    case 'today':
    case 'weekday':
      return []
  }
}
