import { resolveCondition } from '../../condition/resolve.ts'
import type { ResolvedGroup, ResolvedSubject } from '../../condition/resolved.ts'
import type { Condition } from '../../condition/schema.ts'
import type { Change, Decision } from '../../kind.ts'
import type { CheckedNode, CheckSubject } from '../subject.ts'
import { ANYBODY, type Cases, keep, NOT_TRUE, TRUE, those, together } from './filter.ts'
import { type Domain, type Formula, type Space, spaceOf } from './space.ts'

/** What is known of those who come to a step, from the way they came. */
export interface Ways {
  space: Space
  /** A condition of this flow, or of a segment that lets people in; undefined where it cannot be read. */
  formula(condition: Condition): Formula | undefined
  /** Who may come to a step; undefined where no way leads. */
  at(node: string): Cases | undefined
  /** What is known of those whom a trigger lets in, or whom a step lets go by a port, whatever was known before. */
  behind(node: CheckedNode, port: string): Cases
}

/**
 * Follows what is known from every start along every way. A branch tells of those behind it; a field that a step sets is open again;
 * behind whatever takes time only what the passage carries is still known, for anything else may have changed meanwhile. Steps of other
 * flows in the same moment are not looked at. E-323.
 */
export function waysOf(subject: CheckSubject): Ways {
  const found = known.get(subject) ?? follow(subject)
  known.set(subject, found)
  return found
}

/** Several rules ask of the same flow. */
const known = new WeakMap<CheckSubject, Ways>()

function follow({ graph, catalog, nodes, edges }: CheckSubject): Ways {
  const conditions = new Map<Condition, ResolvedGroup>()
  const read = (condition: Condition, place: 'flow' | 'segment') => {
    const resolved = condition.rules.length === 0 ? { issues: [] } : resolveCondition(condition, catalog, place)
    if ('ok' in resolved) conditions.set(condition, resolved.ok)
  }
  for (const { kind, config } of nodes.values()) for (const it of kind.conditions(config)) read(it, 'flow')
  if (graph.settings.exitWhen) read(graph.settings.exitWhen, 'flow')
  const segments = new Map(catalog.segments.map((it) => [it.id, it.condition]))
  for (const { kind, config } of nodes.values()) {
    const when = segments.get(kind.entrance?.(config)?.segmentId ?? '')
    if (when) read(when, 'segment')
  }
  const space = spaceOf([...conditions.values()])
  const formulas = new Map([...conditions].map(([source, resolved]) => [source, space.formulaOf(resolved)] as const))
  const formula = (condition: Condition) => formulas.get(condition)

  const entering = ({ kind, config }: CheckedNode): Cases => {
    const when = segments.get(kind.entrance?.(config)?.segmentId ?? '')
    const joined = when && formula(when)
    return joined ? those(ANYBODY, joined, TRUE) : ANYBODY
  }
  const leaving = (node: CheckedNode, from: Cases): ReadonlyMap<string, Cases> => {
    const { kind, config, ports } = node
    const decision = kind.decides?.(config)
    if (decision && decision.otherwise !== null) return decided(decision, decision.otherwise, from, formula)
    const after = keep(from, survives(space.domains, kind.changes?.(config), kind.carries?.(config) ?? []))
    return new Map(ports.map((it) => [it.id, after]))
  }

  const reached = new Map<string, Cases>()
  const open: string[] = []
  const come = (id: string, cases: Cases) => {
    const before = reached.get(id)
    const now = before === undefined ? cases : together(before, cases)
    if (now === before) return
    reached.set(id, now)
    open.push(id)
  }
  const out = new Map<string, { port: string; to: string }[]>()
  for (const { source, sourceHandle: port, target: to } of edges) out.set(source, [...(out.get(source) ?? []), { port, to }])
  for (const [id, node] of nodes) {
    if (node.kind.category === 'trigger') come(id, entering(node))
    const free = node.kind.free?.(node.config) ?? []
    for (const { port, to } of out.get(id) ?? []) if (free.includes(port)) come(to, ANYBODY)
  }
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes.get(id)
    const ways = node && leaving(node, reached.get(id) ?? [])
    for (const { port, to } of out.get(id) ?? []) {
      const cases = ways?.get(port) ?? []
      if (cases.length > 0) come(to, cases)
    }
  }
  return {
    space,
    formula,
    at: (node) => reached.get(node),
    behind: (node, port) => leaving(node, node.kind.category === 'trigger' ? entering(node) : ANYBODY).get(port) ?? [],
  }
}

/** Who goes which way: those of whom a case may be true, of those whom no case before has surely taken. */
function decided(
  { cases }: Decision,
  otherwise: string,
  from: Cases,
  formula: (condition: Condition) => Formula | undefined,
): ReadonlyMap<string, Cases> {
  const ways = new Map<string, Cases>()
  let left = from
  for (const { port, when } of cases) {
    const asked = when && formula(when)
    ways.set(port, asked ? those(left, asked, TRUE) : left)
    if (asked) left = those(left, asked, NOT_TRUE)
  }
  return ways.set(otherwise, left)
}

/** Which domains a step leaves as they were. Membership of segments follows from fields and scores. */
function survives(domains: readonly Domain[], changes: readonly Change[] | undefined, carries: readonly string[] | 'any') {
  const touched = (about: ResolvedSubject): boolean => {
    switch (about.kind) {
      case 'carried':
        return carries === 'any' || carries.includes(about.key)
      // Every step is one more on the way.
      case 'journey':
        return true
      case 'field':
        return !changes || changes.some((it) => it.kind === 'field' && it.id === about.key)
      case 'score':
        return !changes || changes.some((it) => it.kind === 'dimension' && it.id === about.dimension)
      case 'segment':
        return !changes || changes.length > 0
      case 'stage':
      case 'owner':
      case 'consent':
      case 'mailable':
      case 'today':
      case 'weekday':
      case 'passage':
      case 'event':
      case 'related':
        return !changes
    }
  }
  const kept = domains.map((it) => !touched(it.about))
  return (domain: number) => kept[domain] === true
}
