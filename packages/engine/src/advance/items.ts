import type { Enrolment } from '../state/enrolment.ts'
import type { InboxItem } from '../state/input.ts'
import type { EnrolmentKey } from '../state/person.ts'
import { applyFact } from './facts.ts'
import { closePassage, leaveNode, leavesWith } from './leave.ts'
import { migrate } from './migrate.ts'
import { scopeOf } from './scope.ts'
import { AWAY } from './standing.ts'
import { type Ask, DUE, ENTER, goTo, rules, run, settleMoves } from './steps.ts'
import { triggers } from './triggers.ts'
import { attempt, current, flowOf, liveEnrolments, MAX_STEPS, put, type Turn, versionOf } from './turn.ts'

/** Handles one item and everything that follows from it at once: joined and left segments, derived events. E-10. */
export function handle(turn: Turn, item: InboxItem): void {
  // The same event again (a client that repeats itself past the door's memory): it has been handled.
  if (item.kind === 'event' && turn.state.events.some((it) => it.id === item.event.id)) return
  turn.stepsLeft = MAX_STEPS
  turn.arrived = Math.min(item.at, turn.now)
  applyFact(turn, item)
  follow(turn, item)
  drain(turn)
  turn.arrived = turn.now
}

/** Handles what the last item or step caused, in order. */
export function drain(turn: Turn): void {
  settleMoves(turn)
  for (let item = turn.queue.shift(); item; item = turn.queue.shift()) follow(turn, item)
}

/** Goals → rules for leaving → waits that match → triggers. */
function follow(turn: Turn, item: InboxItem): void {
  rules(turn)
  for (const enrolment of liveEnrolments(turn)) tell(turn, enrolment, item)
  settleMoves(turn)
  triggers(turn, item)
}

/** Tells one enrolment of an item. What concerns one that may not move now is held. E-51, E-7. */
export function tell(turn: Turn, key: EnrolmentKey, item: InboxItem): void {
  const enrolment = current(turn, key)
  if (!enrolment) return
  if (item.kind === 'remove') {
    if (isFor(item, enrolment)) closePassage(turn, enrolment, 'removed', { code: 'removed', by: item.source })
    return
  }
  if (item.kind === 'move') {
    if (isFor(item, enrolment)) move(turn, enrolment, item)
    return
  }
  const paused = flowOf(turn, enrolment)?.state === 'paused'
  if (item.kind === 'migrate') {
    if (!isFor(item, enrolment)) return
    if (paused) hold(turn, enrolment, item)
    else {
      migrate(turn, enrolment, item)
      replay(turn, enrolment)
    }
    return
  }
  if (item.kind === 'retry' && isFor(item, enrolment) && enrolment.vars.parked) {
    if (paused) hold(turn, enrolment, item)
    else retry(turn, enrolment)
    return
  }
  if (item.kind === 'segment' && !item.joined && leavesWith(turn, enrolment, item.segmentId)) {
    if (paused || enrolment.vars.parked) hold(turn, enrolment, item)
    else closePassage(turn, enrolment, 'left-segment', { code: 'left-segment', segmentId: item.segmentId })
    return
  }
  if (paused || enrolment.vars.parked) {
    if (concerns(turn, enrolment, item)) hold(turn, enrolment, item)
    return
  }
  const wake: Ask = { during: 'wake', of: (node, at, value) => node.wake?.(scopeOf(at, value), item) }
  run(turn, enrolment, wake)
  const after = current(turn, enrolment)
  // The node threw while it was told: the item is kept for the retry.
  if (after?.vars.parked?.during === 'wake') hold(turn, after, item)
}

/** Puts the person at another step; from a paused flow when it goes on. What stood still stands there no longer: what it held is told at that step. E-37. */
function move(turn: Turn, enrolment: Enrolment, item: Extract<InboxItem, { kind: 'move' }>): void {
  if (flowOf(turn, enrolment)?.state === 'paused') {
    hold(turn, enrolment, item)
    return
  }
  if (!versionOf(turn, enrolment)?.nodes.has(item.node)) return
  const { parked: _, ...vars } = enrolment.vars
  const left = leaveNode(turn, { ...enrolment, vars }, AWAY, { code: 'moved', to: item.node, by: item.source }, null)
  goTo(turn, left, item.node)
  settleMoves(turn)
  replay(turn, left)
}

const isFor = (item: { flowId: string; key: string }, { flowId, key }: Enrolment) => item.flowId === flowId && item.key === key

/** Would the node act on it? One that throws is concerned, and so is one that is not there now: nobody can tell what it would do. */
function concerns(turn: Turn, enrolment: Enrolment, item: InboxItem): boolean {
  const node = versionOf(turn, enrolment)?.nodes.get(enrolment.node)
  if (!node) return true
  let concerned = false
  const error = attempt(turn, () => {
    concerned = node.wake?.(scopeOf(turn, enrolment), item) !== undefined
  })
  return concerned || error !== undefined
}

function hold(turn: Turn, enrolment: Enrolment, item: InboxItem): void {
  put(turn, { ...enrolment, vars: { ...enrolment.vars, held: [...enrolment.vars.held, item] } })
}

/** Asks a parked enrolment again, then tells it what arrived meanwhile. E-7. */
function retry(turn: Turn, enrolment: Enrolment): void {
  const { parked, ...vars } = enrolment.vars
  put(turn, { ...enrolment, vars })
  if (parked?.during !== 'wake') run(turn, enrolment, parked?.during === 'enter' ? ENTER : DUE)
  replay(turn, enrolment)
}

/** Handles what an enrolment holds, in order; what it may still not act on is held again. */
export function replay(turn: Turn, key: EnrolmentKey): void {
  const enrolment = current(turn, key)
  if (!enrolment || enrolment.vars.held.length === 0) return
  put(turn, { ...enrolment, vars: { ...enrolment.vars, held: [] } })
  for (const item of enrolment.vars.held) tell(turn, key, item)
}
