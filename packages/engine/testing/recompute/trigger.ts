import { compileRecurrence } from '@baton/leads'
import { recomputeTruth } from '../../src/condition/trace.ts'
import { crosses } from '../../src/nodes/trigger/ways/crosses.ts'
import { dateOf, momentAfter } from '../../src/nodes/trigger/ways/moment.ts'
import type { TriggerReason } from '../../src/state/reasons/trigger.ts'

/** Whether what let somebody in bears it out. */
export function recomputeTrigger(reason: TriggerReason): string | null {
  switch (reason.code) {
    case 'trigger.segment':
    case 'trigger.segment-left':
    case 'trigger.api':
    case 'trigger.flow':
    case 'trigger.manual':
    case 'trigger.publish':
      return 'out'
    case 'trigger.event':
      return outIf(recomputeTruth(reason.where) === true)
    case 'trigger.field': {
      const { before, after, from, to } = reason
      const changed = JSON.stringify(before) !== JSON.stringify(after)
      return outIf(changed && recomputeTruth(from) === true && recomputeTruth(to) === true)
    }
    case 'trigger.score':
      return outIf(crosses(reason.way, reason.threshold, reason.before, reason.after))
    case 'trigger.date': {
      const value = dateOf(reason.value)
      return outIf(value !== undefined && momentAfter(value, reason, reason.zone, reason.target - 1) === reason.target)
    }
    case 'trigger.schedule': {
      const ready = compileRecurrence(reason.every)
      return outIf('ok' in ready && ready.ok(reason.occurrence - 1, reason.zone) === reason.occurrence)
    }
  }
}

const outIf = (holds: boolean) => (holds ? 'out' : null)
