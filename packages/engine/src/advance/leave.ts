import type { Enrolment } from '../state/enrolment.ts'
import type { Instant } from '../state/person.ts'
import type { Reason } from '../state/reason.ts'
import type { EnrolmentEnd } from '../state/result.ts'
import { enrolmentPrefix } from './effect-key.ts'
import { withdrawSends } from './effects.ts'
import { visitOf } from './scope.ts'
import { factsChanged } from './segments.ts'
import { endPassage, flowOf, liveEnrolments, log, stepped, type Turn, versionOf } from './turn.ts'

/** Logs the step by which an enrolment leaves the node it is at; gives its next value. */
export function leaveNode(turn: Turn, enrolment: Enrolment, port: string, reason: Reason, due: Instant | null): Enrolment {
  const { node, nodeSince, vars } = enrolment
  return stepped(enrolment, { node, nodeSince, dueAt: null, seq: logLeft(turn, enrolment, port, reason, due), vars })
}

/** Logs the step by which an enrolment leaves the node it is at; gives its number. */
export function logLeft(turn: Turn, enrolment: Enrolment, port: string, reason: Reason, due: Instant | null): number {
  const { flowId, node } = enrolment
  const seq = enrolment.seq + 1
  log(turn, enrolment, { seq, at: turn.now, due, node, visit: visitOf(enrolment), port, reason })
  turn.out.deltas.push({ flowId, node, port, at: turn.now })
  return seq
}

/** The passage ends from outside of its node: by hand, by a rule, by a restart, by a stop. What has not gone out is taken back. */
export function closePassage(turn: Turn, enrolment: Enrolment, how: Exclude<EnrolmentEnd, 'finished'>, reason: Reason): void {
  const left = leaveNode(turn, enrolment, 'end', reason, null)
  endPassage(turn, left, how, null)
  const prefix = enrolmentPrefix(turn.state.person.key, enrolment)
  withdrawSends(turn, enrolment, how)
  turn.out.cancelled.push(prefix)
  factsChanged(turn, { flow: enrolment.flowId })
}

/**
 * Losing the source segment: whoever came in by a segment and is no longer in it leaves, where the flow's setting says so.
 * Paused flows take no step, who stands still moves nowhere; both are told by what they hold. E-15, E-27, E-8.
 */
export function lostSegments(turn: Turn): void {
  for (const enrolment of liveEnrolments(turn)) {
    const flow = flowOf(turn, enrolment)
    const { segment, parked } = enrolment.vars
    if (!flow || flow.state === 'paused' || parked || segment === undefined || Object.hasOwn(turn.state.members, segment)) continue
    if (leavesWith(turn, enrolment, segment)) closePassage(turn, enrolment, 'left-segment', { code: 'left-segment', segmentId: segment })
  }
}

/** True where losing this segment means leaving. */
export function leavesWith(turn: Turn, enrolment: Enrolment, segmentId: string): boolean {
  return enrolment.vars.segment === segmentId && versionOf(turn, enrolment)?.settings.onLeavingSegment === 'leave'
}
