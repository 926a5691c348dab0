import type { Reason } from '../../src/state/reason.ts'
import { recomputeAction } from './action.ts'
import { recomputeBranch } from './branch.ts'
import { recomputeHandoff } from './handoff.ts'
import { recomputeLeave } from './leave.ts'
import { recomputePerson } from './person.ts'
import { recomputeSend } from './send.ts'
import { recomputeSubFlow } from './sub-flow.ts'
import { recomputeTrigger } from './trigger.ts'
import { recomputeWait } from './wait.ts'

/**
 * Decides a step again from its reason alone (SEMANTICS 1.6, E-5): the port by which it was left, or null where the reason does
 * not bear out any. Nothing else is looked at: no plan, no state, no clock.
 */
export function recompute(reason: Reason): string | null {
  switch (reason.code) {
    case 'trigger.segment':
    case 'trigger.segment-left':
    case 'trigger.event':
    case 'trigger.field':
    case 'trigger.score':
    case 'trigger.date':
    case 'trigger.schedule':
    case 'trigger.api':
    case 'trigger.flow':
    case 'trigger.manual':
    case 'trigger.publish':
      return recomputeTrigger(reason)
    case 'wait.duration':
    case 'wait.time-of-day':
    case 'wait.date':
    case 'wait.date-field':
    case 'wait.no-date':
    case 'wait.window':
    case 'wait.event':
    case 'wait.condition':
    case 'wait.time-out':
    case 'wait.dropped':
      return recomputeWait(reason)
    case 'branch.case':
    case 'branch.otherwise':
      return recomputeBranch(reason)
    case 'score.added':
    case 'field.set':
    case 'field.copied':
    case 'field.added':
    case 'field.now':
    case 'tags.changed':
      return recomputePerson(reason)
    case 'goal.met':
    case 'goal.earlier':
    case 'goal.not-yet':
    case 'split.drawn':
    case 'split.kept':
    case 'list.changed':
    case 'webhook.answered':
    case 'webhook.failed':
    case 'notify.told':
    case 'notify.nobody':
    case 'throttle.released':
    case 'flow.started':
    case 'flow.not-started':
      return recomputeAction(reason)
    case 'send.queued':
    case 'send.not-sent':
      return recomputeSend(reason)
    case 'handoff.accepted':
    case 'handoff.rejected':
    case 'handoff.overflow':
    case 'handoff.no-response':
    case 'handoff.voicemail':
    case 'handoff.converted':
    case 'handoff.lost':
    case 'handoff.not-qualified':
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
    case 'sub-flow.entered':
    case 'sub-flow.left':
      return recomputeSubFlow(reason)
    case 'no-way-on':
      return recompute(reason.because) === reason.port ? 'end' : null
    default:
      return reason satisfies never
  }
}
