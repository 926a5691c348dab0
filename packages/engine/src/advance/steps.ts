import { ceilToSlot } from '@baton/leads'
import type { CompiledNode, Outcome, StepEffect } from '../kind.ts'
import type { CompiledFlow } from '../plan.ts'
import type { Enrolment, EnrolmentVars, Parked } from '../state/enrolment.ts'
import type { EnrolmentKey, Instant } from '../state/person.ts'
import { UNDECIDED } from '../state/result.ts'
import { applyEffects, carrying } from './effects.ts'
import { leaveNode, logLeft } from './leave.ts'
import { pausedBetween } from './pauses.ts'
import { scopeOf } from './scope.ts'
import { factsChanged } from './segments.ts'
import { nodeDue, standing } from './standing.ts'
import { attempt, current, endPassage, flowOf, isSame, liveEnrolments, MAX_STEPS, put, stepped, type Turn, versionOf } from './turn.ts'

/** What a node is asked: it is entered, its time has come, or an item concerns it. */
export type Ask = { during: 'enter' | 'due' | 'wake'; of(node: CompiledNode, turn: Turn, enrolment: Enrolment): Outcome | undefined }

export const ENTER: Ask = { during: 'enter', of: (node, turn, enrolment) => node.enter(scopeOf(turn, enrolment)) }
export const DUE: Ask = { during: 'due', of: (node, turn, enrolment) => node.due?.(scopeOf(turn, enrolment)) }

const AGAIN: Ask = { during: 'wake', of: (node, turn, enrolment) => node.again?.(scopeOf(turn, enrolment)) }

/** The enrolment enters a node: one more visit, nothing remembered yet. */
export const enterNode = (turn: Turn, enrolment: Enrolment, node: string, isNew = false): Enrolment =>
  arrive(turn, enrolment, { node, seq: enrolment.seq, vars: enrolment.vars }, isNew)

/** The same, with what the step before left behind: one copy is made for all of it. */
function arrive(
  turn: Turn,
  enrolment: Enrolment,
  { node, seq, vars: left }: Pick<Enrolment, 'node' | 'seq' | 'vars'>,
  isNew = false,
): Enrolment {
  turn.out.deltas.push({ flowId: enrolment.flowId, node, port: null, at: turn.now })
  // Copied, then set: keys put over others while copying are what costs.
  const visits: Record<string, number> = { ...left.visits }
  visits[node] = (Object.hasOwn(visits, node) ? (visits[node] ?? 0) : 0) + 1
  const vars = remembered(left, { visits, here: {}, frozenMs: 0 })
  return put(turn, stepped(enrolment, { node, nodeSince: turn.now, dueAt: null, seq, vars }), isNew)
}

/** What a passage carries on from step to step; what is watched is settled anew at the end of the turn. */
const KEPT = Object.values({
  entered: 'entered',
  enteredBy: 'enteredBy',
  segment: 'segment',
  data: 'data',
  goals: 'goals',
  took: 'took',
  asleep: 'asleep',
  migrations: 'migrations',
  before: 'before',
  parked: 'parked',
} satisfies { [K in Exclude<keyof EnrolmentVars, 'visits' | 'here' | 'held' | 'frozenMs' | 'watch'>]: K })

/**
 * What a passage remembers, with what a step changes of it. Most carry nothing on: keys are there where something is, since a copy of all keys
 * costs more than all else of a step, here and when it is stored.
 */
function remembered(left: EnrolmentVars, { visits, here, frozenMs }: Pick<EnrolmentVars, 'visits' | 'here' | 'frozenMs'>): EnrolmentVars {
  const vars: EnrolmentVars = { visits, here, held: left.held, frozenMs }
  for (const key of KEPT) if (left[key] !== undefined) keep(vars, left, key)
  return vars
}

function keep<K extends keyof EnrolmentVars>(vars: EnrolmentVars, left: EnrolmentVars, key: K): void {
  vars[key] = left[key]
}

/** What only the trigger's own step needs to know. */
function begun(vars: EnrolmentVars): EnrolmentVars {
  if (vars.entered === undefined && vars.before === undefined) return vars
  const { entered: _, before: __, ...kept } = vars
  return kept
}

/** Puts an enrolment at another node; it is asked there when the step at work is done. */
export function goTo(turn: Turn, enrolment: Enrolment, node: string): void {
  const { flowId, key, entry } = enterNode(turn, enrolment, node)
  turn.moved = [...turn.moved, { flowId, key, entry }]
}

/** Asks those who were put at another node, until nobody is left. */
export function settleMoves(turn: Turn): void {
  for (let [next] = turn.moved; next; [next] = turn.moved) {
    turn.moved = turn.moved.slice(1)
    run(turn, next, ENTER)
  }
}

/** Goals, rules for leaving, and the nodes that look again at every change. SEMANTICS 2; between two steps of one run only the first two. */
export function rules(turn: Turn): void {
  standing(turn, goTo)
  settleMoves(turn)
  for (const enrolment of liveEnrolments(turn)) {
    const { parked } = enrolment.vars
    if (parked || flowOf(turn, enrolment)?.state === 'paused' || !current(turn, enrolment)) continue
    if (versionOf(turn, enrolment)?.nodes.get(enrolment.node)?.again) run(turn, enrolment, AGAIN)
  }
}

/**
 * Takes steps until the enrolment rests, ends or stands still. A node that throws parks this enrolment with its error, as it was
 * before that step; nobody else is touched. A node that has nothing to say to what was asked is left as it is. E-7, E-8.
 */
export function run(turn: Turn, key: EnrolmentKey, first: Ask): void {
  let ask = first
  for (;;) {
    const enrolment = current(turn, key)
    if (!enrolment) return
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
      return
    }
    if (turn.stepsLeft <= 0) {
      const message = `More than ${MAX_STEPS} steps in one moment. The usual cause: a circle of steps without a wait, or flows that let people into one another.`
      park(turn, enrolment, ask.during, 'too-many-steps', message)
      return
    }
    let goesOn = false
    const error = attempt(turn, () => {
      const outcome = ask.of(node, turn, enrolment)
      if (outcome === undefined) return
      turn.stepsLeft--
      goesOn = take(turn, enrolment, version, outcome, ask.during)
    })
    if (error) park(turn, enrolment, ask.during, 'step-failed', error.message)
    if (error || !goesOn) return
    ask = ENTER
    standing(turn, goTo)
    // If it was this one that was put elsewhere, it is there that it is asked next.
    if (turn.moved.length > 0) turn.moved = turn.moved.filter((it) => !isSame(it, key))
  }
}

const NONE: readonly StepEffect[] = []

/** Carries out what a node decided; true if the next node has been entered. */
function take(turn: Turn, enrolment: Enrolment, version: CompiledFlow, outcome: Outcome, during: Ask['during']): boolean {
  const due = during === 'due' ? nodeDue(enrolment) : null
  switch (outcome.do) {
    case 'stay': {
      const { node, nodeSince, seq } = enrolment
      const { effects = NONE } = outcome
      const { vars: carried } = carrying(enrolment, effects)
      const frozenMs = pausedBetween(flowOf(turn, enrolment)?.pauses ?? [], nodeSince, turn.now)
      const dueAt = outcome.due === null ? null : ceilToSlot(outcome.due)
      const vars = remembered(carried, { visits: carried.visits, here: outcome.here ?? carried.here, frozenMs })
      put(turn, stepped(enrolment, { node, nodeSince, dueAt, seq, vars }))
      applyEffects(turn, enrolment, effects)
      return false
    }
    case 'end': {
      endPassage(turn, leaveNode(turn, enrolment, 'end', outcome.reason, due), outcome.how, outcome.label)
      factsChanged(turn, { flow: enrolment.flowId })
      return false
    }
    case 'leave': {
      if (outcome.unknown) turn.out.deltas.push({ flowId: enrolment.flowId, node: enrolment.node, port: UNDECIDED, at: turn.now })
      const { effects = NONE } = outcome
      applyEffects(turn, enrolment, effects)
      const next = version.next.get(enrolment.node)?.get(outcome.port)
      if (next === undefined) {
        const reason = { code: 'no-way-on', port: outcome.port, because: outcome.reason } as const
        endPassage(turn, leaveNode(turn, enrolment, 'end', reason, due), 'no-way-on', null)
        factsChanged(turn, { flow: enrolment.flowId })
        return false
      }
      const carried = carrying(enrolment, effects)
      const seq = logLeft(turn, carried, outcome.port, outcome.reason, due)
      arrive(turn, carried, { node: next, seq, vars: counted(begun(carried.vars), version, enrolment.node, outcome.port) })
      return true
    }
  }
}

/** Stands still with an error that people see and can retry. */
function park(turn: Turn, enrolment: Enrolment, during: Parked['during'], code: Parked['code'], message: string): void {
  const parked: Parked = { code, message, at: turn.now, during }
  const { watch: _, ...vars } = enrolment.vars
  // Whoever was only told something still waits for their time: after a retry it counts as ever.
  put(turn, { ...enrolment, dueAt: during === 'wake' ? nodeDue(enrolment) : null, vars: { ...vars, parked } })
}

/** True where an enrolment's time has come. */
export const isDue = (enrolment: Enrolment, now: Instant) => {
  const due = nodeDue(enrolment)
  return due !== null && due <= now && enrolment.vars.parked === undefined
}

/** Counts a way taken where a condition of this version asks for it. */
function counted(vars: EnrolmentVars, { reads }: CompiledFlow, node: string, port: string): EnrolmentVars {
  const way = `${node}/${port}`
  if (!reads.ways.has(way)) return vars
  return { ...vars, took: { ...vars.took, [way]: (vars.took && Object.hasOwn(vars.took, way) ? (vars.took[way] ?? 0) : 0) + 1 } }
}
