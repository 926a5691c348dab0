import type { Catalog } from '../catalog.ts'
import { type Condition, type Rule as ConditionRule, isGroup } from '../condition/schema.ts'
import type { Issue } from './issue.ts'
import type { CheckedNode, Rule } from './subject.ts'

const CLICKED = 'mail.clicked'

/** People who come to sales for one click and nothing else. Scanners click too, and so does who wants to unsubscribe. E-325. */
export const oneClick: Rule = ({ nodes, edges, catalog, nameOf }) => {
  const behind = new Map<string, { port: string; to: string }[]>()
  for (const { source, sourceHandle: port, target: to } of edges) behind.set(source, [...(behind.get(source) ?? []), { port, to }])
  const issues: Issue[] = []
  for (const node of nodes.values()) {
    const ports = clickPorts(node, catalog)
    if (ports.length === 0) continue
    const starts = (behind.get(node.id) ?? []).filter((it) => ports.includes(it.port)).map((it) => it.to)
    for (const handOff of handOffsBehind(starts, nodes, behind)) {
      issues.push({
        code: 'one-click',
        severity: 'warning',
        nodes: [node.id, handOff],
        say: `One click is enough to come to ${nameOf(handOff)}. Ask for a second sign as well: another click, a visit, a score.`,
      })
    }
  }
  return issues
}

/** Ports by which people go for one click; also by a segment or an agreement that asks for no more. */
function clickPorts({ kind, config, ports }: CheckedNode, catalog: Catalog): string[] {
  if (kind.category === 'trigger') {
    const clicked = kind.references(config).some((it) => it.kind === 'event' && it.id === CLICKED)
    const way = kind.entrance?.(config)
    const segment = catalog.segments.find((it) => it.id === way?.segmentId)?.condition
    return clicked || (segment && enough(segment, catalog)) ? ports.map((it) => it.id) : []
  }
  const cases = kind.decides?.(config).cases ?? []
  return cases.filter((it) => it.event === CLICKED || (it.when && enough(it.when, catalog))).map((it) => it.port)
}

/** More than so many segments within one another are not looked into. */
const DEEPEST = 8

/** Whether a single click makes it true. */
function enough(condition: Condition, catalog: Catalog, depth = 0): boolean {
  if (condition.not || condition.rules.length === 0 || depth > DEEPEST) return false
  const of = (it: ConditionRule | Condition) => (isGroup(it) ? enough(it, catalog, depth) : isClick(it, catalog, depth))
  return condition.combinator === 'and' ? condition.rules.every(of) : condition.rules.some(of)
}

function isClick({ subject, op, value }: ConditionRule, catalog: Catalog, depth: number): boolean {
  if (subject.kind === 'segment' || subject.kind === 'agreement') {
    const inner =
      subject.kind === 'segment'
        ? catalog.segments.find((it) => it.id === subject.segmentId)?.condition
        : catalog.agreements.find((it) => it.id === subject.agreementId)?.qualifies
    return op === 'is' && inner !== undefined && enough(inner, catalog, depth + 1)
  }
  if (subject.kind !== 'event' || subject.type !== CLICKED) return false
  if (subject.measure === 'days-since-last') return op === 'le' || op === 'lt' || op === 'between' || op === 'is'
  if (typeof subject.measure === 'object' || typeof value !== 'number') return false
  return (op === 'ge' && value <= 1) || (op === 'gt' && value < 1) || (op === 'is' && value === 1)
}

/** Hand-offs to which people come without being asked anything more. */
function handOffsBehind(
  starts: readonly string[],
  nodes: ReadonlyMap<string, CheckedNode>,
  behind: ReadonlyMap<string, readonly { to: string }[]>,
): string[] {
  const seen = new Set(starts)
  const open = [...seen]
  const found: string[] = []
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes.get(id)
    if (!node) continue
    if (isHandOff(node)) {
      found.push(id)
      continue
    }
    if ((node.kind.decides?.(node.config).cases.length ?? 0) > 0) continue
    for (const { to } of behind.get(id) ?? []) {
      if (seen.has(to)) continue
      seen.add(to)
      open.push(to)
    }
  }
  return found.sort()
}

/** Where sales gets people, and they stay until it answers. */
export const isHandOff = ({ kind }: CheckedNode): boolean => kind.category === 'sales' && kind.rests
