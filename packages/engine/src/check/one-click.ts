import { type Condition, type Rule as ConditionRule, isGroup } from '../condition/schema.ts'
import type { Issue } from './issue.ts'
import type { CheckedNode, Rule } from './subject.ts'

const CLICKED = 'mail.clicked'

/** People who come to sales for one click and nothing else. Scanners click too, and so does who wants to unsubscribe. E-325. */
export const oneClick: Rule = ({ nodes, edges, nameOf }) => {
  const behind = new Map<string, { port: string; to: string }[]>()
  for (const { source, sourceHandle: port, target: to } of edges) behind.set(source, [...(behind.get(source) ?? []), { port, to }])
  const issues: Issue[] = []
  for (const node of nodes.values()) {
    const ports = clickPorts(node)
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

/** Ports by which people go for one click. */
function clickPorts({ kind, config, ports }: CheckedNode): string[] {
  if (kind.category === 'trigger') {
    return kind.references(config).some((it) => it.kind === 'event' && it.id === CLICKED) ? ports.map((it) => it.id) : []
  }
  const cases = kind.decides?.(config).cases ?? []
  return cases.filter((it) => it.event === CLICKED || (it.when && enough(it.when))).map((it) => it.port)
}

/** Whether a single click makes it true. */
function enough(condition: Condition): boolean {
  if (condition.not || condition.rules.length === 0) return false
  const of = (it: ConditionRule | Condition) => (isGroup(it) ? enough(it) : isClick(it))
  return condition.combinator === 'and' ? condition.rules.every(of) : condition.rules.some(of)
}

function isClick({ subject, op, value }: ConditionRule): boolean {
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
