import type { Env, Plan } from '../plan.ts'
import type { ContactState } from '../state/contact.ts'
import type { InboxItem, TurnInput } from '../state/input.ts'
import type { TurnResult } from '../state/result.ts'
import { dueDates, isDated } from './dates.ts'
import { drain, handle, replay } from './items.ts'
import { closePassage } from './leave.ts'
import { dropOverdue } from './overdue.ts'
import { wakeForgotten } from './sales.ts'
import { lookAgain } from './segments.ts'
import { settleWatches } from './standing.ts'
import { DUE, isDue, rules, run } from './steps.ts'
import { dateTrigger } from './triggers.ts'
import { finishTurn, flowOf, liveEnrolments, MAX_STEPS, startTurn, type Turn } from './turn.ts'

/**
 * One turn of one contact over all flows (SEMANTICS 2): what was held by flows that have gone on, the items in order of arrival,
 * then the timers due, by flow id and key. Pure and deterministic to the byte; neither argument is changed. The same function
 * serves the runner, the simulator and the tests.
 *
 * `state.events` may already hold the events of `input.items` (they are stored when they arrive): each counts only from its turn
 * in the order on. A throw means a bug, or segments that change one another for ever; a step that throws only parks its enrolment.
 */
export function advance(plan: Plan, state: ContactState, input: TurnInput, env: Env): TurnResult {
  const turn = startTurn(plan, withoutPending(state, input.items), env)
  stopFlows(turn)
  lookAgain(turn, dueRechecks(turn))
  drain(turn)
  rules(turn)
  drain(turn)
  for (const enrolment of liveEnrolments(turn)) {
    const { parked, held } = enrolment.vars
    if (flowOf(turn, enrolment)?.state === 'paused' || (parked && !held.some(unparks))) continue
    replay(turn, enrolment)
    drain(turn)
  }
  dropOverdue(turn)
  drain(turn)
  for (const item of input.items) handle(turn, item)
  dates(turn)
  timers(turn, input.now)
  wakeForgotten(turn)
  settleWatches(turn)
  return finishTurn(turn, state)
}

/** What reaches somebody who stands still with an error. */
const unparks = ({ kind }: InboxItem) => kind === 'retry' || kind === 'move' || kind === 'migrate'

/** Events of this turn's items are not known before their turn comes. */
function withoutPending(state: ContactState, items: readonly InboxItem[]): ContactState {
  if (!items.some((it) => it.kind === 'event')) return state
  const pending = new Set(items.flatMap((it) => (it.kind === 'event' ? [it.event.id] : [])))
  if (!state.events.some((it) => pending.has(it.id))) return state
  return { ...state, events: state.events.filter((it) => !pending.has(it.id)) }
}

/** A stopped flow: everybody leaves. E-55. */
function stopFlows(turn: Turn): void {
  for (const enrolment of liveEnrolments(turn)) {
    if (flowOf(turn, enrolment)?.state === 'stopped') closePassage(turn, enrolment, 'flow-stopped', { code: 'flow-stopped' })
  }
}

/** Segments whose condition time alone may have changed by now. */
function dueRechecks({ state: { rechecks }, now }: Turn): string[] {
  const due: string[] = []
  for (const id in rechecks) if ((rechecks[id] ?? now) <= now && !isDated(id)) due.push(id)
  return due.sort()
}

/** Dates that have come let in after the items: what changed a date before it came counts. E-160. */
function dates(turn: Turn): void {
  for (const id of dueDates(turn)) {
    turn.stepsLeft = MAX_STEPS
    dateTrigger(turn, id)
    drain(turn)
  }
}

/** Timers due, first flow id, then key; each with all that follows before the next. Bounded by the turn's steps. */
function timers(turn: Turn, now: number): void {
  turn.stepsLeft = MAX_STEPS
  for (;;) {
    rules(turn)
    drain(turn)
    const next = liveEnrolments(turn).find((it) => isDue(it, now) && flowOf(turn, it)?.state !== 'paused')
    if (!next) return
    run(turn, next, DUE)
    drain(turn)
  }
}
