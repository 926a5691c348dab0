import type { Outcome } from '../kind.ts'
import type { CompiledFlow } from '../plan.ts'
import type { BeforeMigration, Enrolment, EnrolmentVars } from '../state/enrolment.ts'
import type { InboxItem, MigrationAnswer } from '../state/input.ts'
import type { Reason } from '../state/reason.ts'
import { visitPrefix } from './effect-key.ts'
import { closePassage, leaveNode } from './leave.ts'
import { scopeOf, visitOf } from './scope.ts'
import { AWAY, standing } from './standing.ts'
import { type Ask, ENTER, enterNode, goTo, run } from './steps.ts'
import { current, flowOf, log, put, type Turn, versionOf } from './turn.ts'

type Migrate = Extract<InboxItem, { kind: 'migrate' }>

/**
 * Asks the node of the new version as at the arrival, which it remembers: waits are timed from their start, conditions evaluated again.
 * What the node asked of the outside when it was entered has been asked, by the same keys; it is not asked again. E-292, E-293.
 */
const RESUME: Ask = { during: 'enter', of: (node, turn, enrolment) => withoutAsking(node.enter(scopeOf(turn, enrolment)), enrolment) }

function withoutAsking(outcome: Outcome, { vars }: Enrolment): Outcome {
  if (outcome.do !== 'stay') return outcome
  return { do: 'stay', due: outcome.due, here: { ...vars.here, ...outcome.here } }
}

/**
 * Moves one passage to another version: a recorded step, done once per migration. Who stands where the plan has no answer and the
 * node is gone stays on the old version, as does who was told to. The caller holds the item while the flow is paused.
 */
export function migrate(turn: Turn, enrolment: Enrolment, item: Migrate): void {
  const flow = flowOf(turn, enrolment)
  const version = flow?.versions.get(item.to) ?? (flow?.entry?.version === item.to ? flow.entry : undefined)
  if (!version || enrolment.vars.migrations?.includes(item.migration)) return
  if (item.reverts !== undefined) {
    goBack(turn, enrolment, item, item.reverts, version)
    return
  }
  if (enrolment.version === item.to) return
  const answer = answerFor(enrolment, item, version)
  switch (answer.do) {
    case 'stay':
      return
    case 'leave':
      closePassage(turn, marked(enrolment, item), 'migrated', reasonOf(enrolment, item, 'leave', null))
      return
    case 'go-on': {
      const left = leaveNode(turn, marked(enrolment, item), AWAY, reasonOf(enrolment, item, 'go-on', answer.node), null)
      const entered = enterNode(turn, { ...left, version: item.to }, answer.node)
      settle(turn, entered, ENTER)
      return
    }
    case 'same':
      settle(turn, stepInPlace(turn, marked(enrolment, item), item, 'same'), RESUME)
  }
}

/** The answer for where this person stands now; by default the same node, where the new version still has it. E-290. */
function answerFor({ node }: Enrolment, { answers }: Migrate, to: CompiledFlow): MigrationAnswer | { do: 'same' } {
  const given = Object.hasOwn(answers, node) ? answers[node] : undefined
  if (given) return given.do === 'go-on' && !to.nodes.has(given.node) ? { do: 'stay' } : given
  return to.nodes.has(node) ? { do: 'same' } : { do: 'stay' }
}

/** Takes a migration back where its step was the last one: the old version, node, visit and arrival, as they were. E-300. */
function goBack(turn: Turn, enrolment: Enrolment, item: Migrate, reverts: string, version: CompiledFlow): void {
  const { before } = enrolment.vars
  if (before?.migration !== reverts || before.seq !== enrolment.seq || before.version !== item.to) return
  if (!version.nodes.has(before.node)) return
  if (before.node === enrolment.node) {
    const back = stepInPlace(turn, marked(enrolment, item), item, 'same')
    settle(turn, put(turn, { ...back, vars: { ...back.vars, here: before.here, frozenMs: before.frozenMs } }), RESUME)
    return
  }
  turn.out.cancelled.push(visitPrefix(turn.state.person.key, enrolment, enrolment.node, visitOf(enrolment)))
  const left = leaveNode(turn, marked(enrolment, item), AWAY, reasonOf(enrolment, item, 'go-on', before.node), null)
  turn.out.deltas.push({ flowId: left.flowId, node: before.node, port: null, at: turn.now })
  const { parked: _, watch: __, ...vars } = left.vars
  const { node, nodeSince, here, frozenMs } = before
  const back = put(turn, { ...left, version: item.to, node, nodeSince, dueAt: null, vars: { ...vars, here, frozenMs } })
  settle(turn, back, RESUME)
}

/** A step that leaves nothing: the same node, the same visit, another version. Counts of people stay as they are. */
function stepInPlace(turn: Turn, enrolment: Enrolment, item: Migrate, answer: 'same'): Enrolment {
  const { node } = enrolment
  const seq = enrolment.seq + 1
  const reason = reasonOf(enrolment, item, answer, node)
  log(turn, enrolment, { seq, at: turn.now, due: null, node, visit: visitOf(enrolment), port: AWAY, reason })
  const { parked: _, watch: __, ...vars } = enrolment.vars
  return put(turn, { ...enrolment, seq, version: item.to, dueAt: null, vars })
}

/** The rules of the new version hold before its node is asked: goals, then rules for leaving. E-298. */
function settle(turn: Turn, placed: Enrolment, ask: Ask): void {
  const { node, seq } = placed
  standing(turn, goTo)
  const now = current(turn, placed)
  if (now?.node === node && now.seq === seq && versionOf(turn, now)) run(turn, now, ask)
}

/** The passage with this migration noted, and what it was before it. */
function marked(enrolment: Enrolment, { migration, reverts }: Migrate): Enrolment {
  const { version, node, nodeSince, seq, vars } = enrolment
  const before: BeforeMigration = { migration, version, node, nodeSince, here: vars.here, frozenMs: vars.frozenMs, seq: seq + 1 }
  const { before: _, ...rest } = vars
  const kept: EnrolmentVars = { ...rest, migrations: [...(vars.migrations ?? []), migration] }
  return { ...enrolment, vars: reverts === undefined ? { ...kept, before } : kept }
}

function reasonOf(enrolment: Enrolment, item: Migrate, answer: 'same' | 'go-on' | 'leave', node: string | null): Reason {
  const { migration, to, source, reverts } = item
  return {
    code: 'migrated',
    from: enrolment.version,
    to,
    migration,
    answer,
    node,
    ...(reverts === undefined ? {} : { reverts }),
    by: source,
  }
}
