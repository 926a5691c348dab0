import { ceilToSlot } from '@baton/leads'
import type { CompiledCondition } from '../condition/compiled.ts'
import type { CompiledFlow } from '../plan.ts'
import type { Enrolment } from '../state/enrolment.ts'
import type { Instant } from '../state/person.ts'
import type { Reason } from '../state/reason.ts'
import { withdrawSends } from './effects.ts'
import { closePassage, leaveNode, lostSegments } from './leave.ts'
import { scopeOf } from './scope.ts'
import { flowOf, liveEnrolments, put, type Turn, versionOf } from './turn.ts'

/** The way in the log of somebody who was put elsewhere by a goal, by hand or by a migration: it is no port of the node. */
export const AWAY = 'away'

/** How an enrolment enters the node where it is put: `steps.ts` gives this, so that the two need not import each other. */
export type GoTo = (turn: Turn, enrolment: Enrolment, node: string) => unknown

/**
 * What is watched for everybody in a flow wherever they stand: goals, then the flow's rule for leaving, then the loss of the
 * source segment. Asked before and after every step. Paused flows take no step, parked people stand still. E-15, E-32 to E-36.
 */
export function standing(turn: Turn, goTo: GoTo): void {
  for (const enrolment of liveEnrolments(turn)) {
    const version = versionOf(turn, enrolment)
    if (!version || !moves(turn, enrolment)) continue
    if (!goals(turn, enrolment, version, goTo)) exitRule(turn, enrolment, version)
  }
  lostSegments(turn)
}

const moves = (turn: Turn, enrolment: Enrolment) => enrolment.vars.parked === undefined && flowOf(turn, enrolment)?.state !== 'paused'

/** A goal lies ahead while it has not been reached, and its node has not been passed. */
const ahead = ({ vars }: Enrolment, node: string) => !vars.goals?.includes(node) && !Object.hasOwn(vars.visits, node)

/** The first goal that is true is reached; true if the enrolment has moved or ended. */
function goals(turn: Turn, enrolment: Enrolment, version: CompiledFlow, goTo: GoTo): boolean {
  for (const { node, goal } of version.goals) {
    if (!ahead(enrolment, node)) continue
    const verdict = explained(turn, enrolment, goal.when)
    if (!verdict) continue
    const reason: Reason = { code: 'goal.reached', goal: node, then: goal.then, ...verdict }
    const reached = { ...enrolment, vars: { ...enrolment.vars, goals: [...(enrolment.vars.goals ?? []), node] } }
    if (goal.then === 'leave') closePassage(turn, reached, 'reached', reason)
    else {
      const left = leaveNode(turn, reached, AWAY, reason, null)
      withdrawSends(turn, enrolment, 'reached')
      goTo(turn, left, node)
    }
    return true
  }
  return false
}

function exitRule(turn: Turn, enrolment: Enrolment, { exitWhen }: CompiledFlow): void {
  const verdict = exitWhen && explained(turn, enrolment, exitWhen)
  if (verdict) closePassage(turn, enrolment, 'exit-rule', { code: 'exit-rule', ...verdict })
}

/** What the rules saw, where they are true. */
function explained(turn: Turn, enrolment: Enrolment, condition: CompiledCondition) {
  const scope = scopeOf(turn, enrolment)
  if (condition.evaluate(scope).truth !== true) return undefined
  return { rules: condition.explain(scope).rules, now: turn.now, enteredAt: enrolment.enteredAt }
}

/** When the node itself wants to be asked, whatever else is watched. */
export const nodeDue = ({ dueAt, vars }: Enrolment): Instant | null => (vars.watch ? vars.watch.due : dueAt)

/**
 * At the end of a turn: until when what is watched holds by itself. Where that is before the node's own time, the enrolment is
 * due then. E-36.
 */
export function settleWatches(turn: Turn): void {
  for (const enrolment of liveEnrolments(turn)) {
    const version = versionOf(turn, enrolment)
    if (!version || !moves(turn, enrolment)) continue
    if (version.goals.length === 0 && !version.exitWhen && !enrolment.vars.watch) continue
    const watched = version.goals.filter((it) => ahead(enrolment, it.node)).map((it) => it.goal.when)
    if (version.exitWhen) watched.push(version.exitWhen)
    if (watched.length === 0 && !enrolment.vars.watch) continue
    const scope = scopeOf(turn, enrolment)
    const until = Math.min(...watched.map((it) => it.evaluate(scope).until))
    const due = nodeDue(enrolment)
    const at = Number.isFinite(until) ? ceilToSlot(Math.max(until, turn.now + 1)) : null
    const { watch: was, ...vars } = enrolment.vars
    const watch = at === null || (due !== null && due <= at) ? undefined : { due, at }
    if (watch?.at === was?.at && watch?.due === was?.due) continue
    put(turn, { ...enrolment, dueAt: watch?.at ?? due, vars: watch ? { ...vars, watch } : vars })
  }
}
