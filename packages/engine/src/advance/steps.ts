import { ceilToSlot } from '@baton/leads'
import type { CompiledNode, Outcome } from '../kind.ts'
import type { CompiledFlow } from '../plan.ts'
import type { Enrolment, Parked } from '../state/enrolment.ts'
import type { EnrolmentKey, Instant } from '../state/person.ts'
import { applyEffects } from './effects.ts'
import { exitRules, leaveNode } from './leave.ts'
import { scopeOf } from './scope.ts'
import { attempt, current, endPassage, MAX_STEPS, put, type Turn, versionOf } from './turn.ts'

/** What a node is asked: it is entered, its time has come, or an item concerns it. */
export type Ask = { during: 'enter' | 'due' | 'wake'; of(node: CompiledNode, turn: Turn, enrolment: Enrolment): Outcome | undefined }

export const ENTER: Ask = { during: 'enter', of: (node, turn, enrolment) => node.enter(scopeOf(turn, enrolment)) }
export const DUE: Ask = { during: 'due', of: (node, turn, enrolment) => node.due?.(scopeOf(turn, enrolment)) }

/** The enrolment enters a node: one more visit, nothing remembered yet. */
export function enterNode(turn: Turn, enrolment: Enrolment, node: string, isNew = false): Enrolment {
  const { visits } = enrolment.vars
  const visit = (Object.hasOwn(visits, node) ? (visits[node] ?? 0) : 0) + 1
  turn.out.deltas.push({ flowId: enrolment.flowId, node, port: null, at: turn.now })
  const vars = { ...enrolment.vars, visits: { ...visits, [node]: visit }, here: {}, frozenMs: 0 }
  return put(turn, { ...enrolment, node, nodeSince: turn.now, dueAt: null, vars }, isNew)
}

/**
 * Takes steps until the enrolment rests, ends or stands still. A node that throws parks this enrolment with its error, as it was
 * before that step; nobody else is touched. Returns false if the node has nothing to say to what was asked. E-7, E-8.
 */
export function run(turn: Turn, key: EnrolmentKey, first: Ask): boolean {
  let ask = first
  for (;;) {
    const enrolment = current(turn, key)
    if (!enrolment) return true
    const version = versionOf(turn, enrolment)
    const node = version?.nodes.get(enrolment.node)
    if (!version || !node) {
      park(
        turn,
        enrolment,
        ask.during,
        version ? 'no-node' : 'no-version',
        `There is no ${version ? `step ${enrolment.node}` : 'such version'} (version ${enrolment.version}). Publish the flow again, or remove this person from it.`,
      )
      return true
    }
    if (turn.stepsLeft <= 0) {
      const message = `More than ${MAX_STEPS} steps in one moment. The usual cause: a circle of steps without a wait, or flows that let people into one another.`
      park(turn, enrolment, ask.during, 'too-many-steps', message)
      return true
    }
    let concerned = true
    let goesOn = false
    const error = attempt(turn, () => {
      const outcome = ask.of(node, turn, enrolment)
      if (outcome === undefined) {
        concerned = false
        return
      }
      turn.stepsLeft--
      goesOn = take(turn, enrolment, version, outcome, ask.during)
    })
    if (error) park(turn, enrolment, ask.during, 'step-failed', error.message)
    if (error || !goesOn) return concerned
    ask = ENTER
    exitRules(turn)
  }
}

/** Carries out what a node decided; true if the next node has been entered. */
function take(turn: Turn, enrolment: Enrolment, version: CompiledFlow, outcome: Outcome, during: Ask['during']): boolean {
  const due = during === 'due' ? enrolment.dueAt : null
  switch (outcome.do) {
    case 'stay': {
      const { vars } = enrolment
      const frozenMs = scopeOf(turn, enrolment).pausedBetween(enrolment.nodeSince, turn.now)
      const dueAt = outcome.due === null ? null : ceilToSlot(outcome.due)
      put(turn, { ...enrolment, dueAt, vars: { ...vars, here: outcome.here ?? vars.here, frozenMs } })
      applyEffects(turn, enrolment, outcome.effects ?? [])
      return false
    }
    case 'end': {
      endPassage(turn, leaveNode(turn, enrolment, 'end', outcome.reason, due), outcome.how, outcome.label)
      return false
    }
    case 'leave': {
      applyEffects(turn, enrolment, outcome.effects ?? [])
      const next = version.next.get(enrolment.node)?.get(outcome.port)
      if (next === undefined) {
        const reason = { code: 'no-way-on', port: outcome.port, because: outcome.reason } as const
        endPassage(turn, leaveNode(turn, enrolment, 'end', reason, due), 'no-way-on', null)
        return false
      }
      const left = leaveNode(turn, enrolment, outcome.port, outcome.reason, due)
      const { entered: _, ...vars } = left.vars
      enterNode(turn, { ...left, vars }, next)
      return true
    }
  }
}

/** Stands still with an error that people see and can retry. */
function park(turn: Turn, enrolment: Enrolment, during: Parked['during'], code: Parked['code'], message: string): void {
  const parked: Parked = { code, message, at: turn.now, during }
  put(turn, { ...enrolment, dueAt: null, vars: { ...enrolment.vars, parked } })
}

/** True where an enrolment's time has come. */
export const isDue = ({ dueAt, vars }: Enrolment, now: Instant) => dueAt !== null && dueAt <= now && vars.parked === undefined
