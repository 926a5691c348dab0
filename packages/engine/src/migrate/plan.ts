import type { FlowGraph } from '../graph/schema.ts'
import { kindOf } from '../nodes/registry.ts'
import type { MigrationAnswer } from '../state/input.ts'

/** Passages that stand alike: at which node, and which they have entered how often. `people` 1 where absent. */
export interface MigrationGroup {
  node: string
  visits: Readonly<Record<string, number>>
  people?: number | undefined
}

/** What becomes of the people at one node. */
export interface MigrationLine {
  node: string
  people: number
  /** Without an answer: the same node, same visit; null where it is gone or has become another kind, and must be answered. */
  fallback: 'same' | null
  /** What holds: the author's answer, else the fallback; null: still to be answered. */
  answer: MigrationAnswer | { do: 'same' } | null
  /** Of those who go on elsewhere: how many have passed there before, and get a new visit. */
  again: number
  /** Where the answer leads to a node that the new version does not have, or by which people only come in. */
  wrong: boolean
}

export interface MigrationPlan {
  /** Nodes with people, in the order of the old graph; nodes it does not have come last, by id. */
  lines: readonly MigrationLine[]
  /** People who stay where they are, in the new version. */
  same: number
  goOn: number
  leave: number
  /** People who stay on the old version. */
  stay: number
  /** People at nodes that still have to be answered. */
  open: number
  /** Sum of `again`. */
  again: number
  /** Where people may be put: nodes of the new version that nobody comes in by. */
  targets: readonly string[]
}

/**
 * What publishing `to` over the people of `from` would do with each of them (SEMANTICS 9). Pure: the same groups and answers give the
 * same plan. The mails that would go out at once are counted by `rehearseMigration`, which carries it out on copies.
 */
export function migrationPlan(source: {
  from: FlowGraph
  to: FlowGraph
  groups: Iterable<MigrationGroup>
  answers: Readonly<Record<string, MigrationAnswer>>
}): MigrationPlan {
  const { from, to, answers } = source
  const before = new Map(from.nodes.map((it) => [it.id, it.type]))
  const after = new Map(to.nodes.map((it) => [it.id, it.type]))
  const targets = to.nodes.filter((it) => kindOf(it.type)?.category !== 'trigger').map((it) => it.id)
  const reachable = new Set(targets)
  const lines = new Map<string, MigrationLine>()
  for (const { node, visits, people = 1 } of source.groups) {
    const answer = Object.hasOwn(answers, node) ? answers[node] : undefined
    const fallback = after.has(node) && after.get(node) === (before.get(node) ?? after.get(node)) ? 'same' : null
    const line = lines.get(node) ?? {
      node,
      people: 0,
      fallback,
      answer: answer ?? (fallback === null ? null : { do: fallback }),
      again: 0,
      wrong: answer?.do === 'go-on' && !reachable.has(answer.node),
    }
    const passed = answer?.do === 'go-on' && Object.hasOwn(visits, answer.node) && (visits[answer.node] ?? 0) > 0
    lines.set(node, { ...line, people: line.people + people, again: line.again + (passed ? people : 0) })
  }
  const place = new Map(from.nodes.map((it, i) => [it.id, i]))
  const ordered = [...lines.values()].sort(
    (a, b) => (place.get(a.node) ?? place.size) - (place.get(b.node) ?? place.size) || (a.node < b.node ? -1 : 1),
  )
  const people = (what: string | undefined) => ordered.reduce((sum, it) => sum + (it.answer?.do === what ? it.people : 0), 0)
  return {
    lines: ordered,
    same: people('same'),
    goOn: people('go-on'),
    leave: people('leave'),
    stay: people('stay'),
    open: people(undefined),
    again: ordered.reduce((sum, it) => sum + it.again, 0),
    targets,
  }
}
