import { recomputeTruth } from '../src/condition/trace.ts'
import { gateVerdict } from '../src/nodes/send-email/gate.ts'
import { waitUnit } from '../src/nodes/wait/schema.ts'
import { durationTarget, timeTarget } from '../src/nodes/wait/target.ts'
import { goesOn } from '../src/nodes/wait/time-of-day.ts'
import type { Reason } from '../src/state/reason.ts'

/**
 * Decides a step again from its reason alone (SEMANTICS 1.6, E-5): the port by which it was left, or null where the reason does
 * not bear out any. Nothing else is looked at: no plan, no state, no clock.
 */
export function recompute(reason: Reason): string | null {
  switch (reason.code) {
    case 'trigger.segment':
    case 'trigger.manual':
    case 'trigger.publish':
      return 'out'
    case 'trigger.event':
      return recomputeTruth(reason.where) === true ? 'out' : null
    case 'wait.duration': {
      const target = durationTarget({ ...reason, unit: waitUnit.parse(reason.unit) })
      return target === reason.target && reason.now >= target ? 'out' : null
    }
    case 'wait.time-of-day':
      return timeOfDay(reason)
    case 'branch.case':
    case 'branch.otherwise':
      return branch(reason)
    case 'score.added':
      return reason.after === reason.before + reason.points ? 'out' : null
    case 'field.set':
      return 'out'
    case 'send.queued':
      return gateVerdict(reason.gate) === 'pass' ? 'sent' : null
    case 'send.not-sent':
      if (gateVerdict(reason.gate) === 'pass' || gateVerdict(reason.gate) !== reason.gate.verdict) return null
      return reason.ifNotSent === 'port' ? 'not-sent' : 'sent'
    case 'handoff.accepted':
      return 'accepted'
    case 'handoff.rejected':
      return 'rejected'
    case 'handoff.overflow':
      return 'overflow'
    case 'exit':
    case 'removed':
    case 'left-segment':
    case 'restarted':
    case 'flow-stopped':
      return 'end'
    case 'no-way-on':
      return recompute(reason.because) === reason.port ? 'end' : null
    default:
      return reason satisfies never
  }
}

function timeOfDay(reason: Extract<Reason, { code: 'wait.time-of-day' }>): string | null {
  const { policy, graceMinutes, target, now } = reason
  const late = policy === 'grace' ? { do: policy, minutes: graceMinutes } : { do: policy }
  const passed = goesOn(reason, late)
  const expected = passed ?? timeTarget(reason)
  const how = passed === undefined ? 'next' : policy
  return expected === target && how === reason.late && now >= expected ? 'out' : null
}

function branch(reason: Extract<Reason, { code: 'branch.case' | 'branch.otherwise' }>): string | null {
  for (const { id, truth, rules } of reason.cases) {
    const again = recomputeTruth(rules)
    if (again !== truth) return null
    if (again === true) return id
  }
  return reason.code === 'branch.otherwise' ? 'otherwise' : null
}
