import type { Reason } from '../../src/state/reason.ts'
import { scoreAfter } from '../../src/state/reasons/person.ts'
import { recomputeBranch } from './branch.ts'
import { recomputeHandoff } from './handoff.ts'
import { recomputeLeave } from './leave.ts'
import { recomputeSend } from './send.ts'
import { recomputeTrigger } from './trigger.ts'
import { recomputeWait } from './wait.ts'

/**
 * Decides a step again from its reason alone (SEMANTICS 1.6, E-5): the port by which it was left, or null where the reason does
 * not bear out any. Nothing else is looked at: no plan, no state, no clock.
 */
export function recompute(reason: Reason): string | null {
  switch (reason.code) {
    case 'trigger.segment':
    case 'trigger.manual':
    case 'trigger.publish':
    case 'trigger.event':
      return recomputeTrigger(reason)
    case 'wait.duration':
    case 'wait.time-of-day':
      return recomputeWait(reason)
    case 'branch.case':
    case 'branch.otherwise':
      return recomputeBranch(reason)
    case 'score.added':
      return reason.after === scoreAfter(reason.before, reason.points, reason.limit) ? 'out' : null
    case 'field.set':
      return 'out'
    case 'send.queued':
    case 'send.not-sent':
      return recomputeSend(reason)
    case 'handoff.accepted':
    case 'handoff.rejected':
    case 'handoff.overflow':
      return recomputeHandoff(reason)
    case 'exit':
    case 'removed':
    case 'left-segment':
    case 'exit-rule':
    case 'restarted':
    case 'flow-stopped':
    case 'goal.reached':
    case 'moved':
      return recomputeLeave(reason)
    case 'migrated':
      return reason.answer === 'same' ? 'away' : reason.node === null ? 'end' : 'away'
    case 'merged':
      return 'end'
    case 'no-way-on':
      return recompute(reason.because) === reason.port ? 'end' : null
    default:
      return reason satisfies never
  }
}
