import { type Condition, isGroup, type Subject } from '../condition/schema.ts'
import type { Reference } from '../kind.ts'
import { parseNode } from '../nodes/parse-config.ts'
import type { FlowGraph } from './schema.ts'

/** Everything a flow refers to outside itself, each once, with the nodes that do; none where only the rule for leaving does. Nodes that cannot be read refer to nothing. */
export function referencesOf(graph: FlowGraph): readonly (Reference & { nodes: readonly string[] })[] {
  const found = new Map<string, Reference & { nodes: string[] }>()
  const note = (reference: Reference, node: string | null) => {
    const key = `${reference.kind} ${reference.id}`
    const known = found.get(key) ?? { ...reference, nodes: [] }
    if (node !== null && known.nodes.at(-1) !== node) known.nodes.push(node)
    found.set(key, known)
  }
  for (const node of graph.nodes) {
    const parsed = parseNode(node)
    if (!('ok' in parsed)) continue
    const { kind, config } = parsed.ok
    for (const reference of [...kind.references(config), ...kind.conditions(config).flatMap(conditionReferences)]) note(reference, node.id)
  }
  const { exitWhen } = graph.settings
  for (const reference of exitWhen ? conditionReferences(exitWhen) : []) note(reference, null)
  return [...found.values()]
}

/** There is one grade, by the score model. */
export const GRADE = { kind: 'grade', id: 'grade' } as const satisfies Reference

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
    case 'agreement':
      return [{ kind: 'agreement', id: subject.agreementId }]
    case 'grade':
      return [GRADE]
    case 'event':
      return [{ kind: 'event', id: subject.type }]
    case 'passage':
      return [{ kind: 'flow', id: subject.flowId }]
    case 'consent':
      return [{ kind: 'topic', id: subject.topic }]
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
