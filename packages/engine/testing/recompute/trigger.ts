import { recomputeTruth } from '../../src/condition/trace.ts'
import type { TriggerReason } from '../../src/state/reasons/trigger.ts'

/** Whether what let somebody in bears it out. */
export function recomputeTrigger(reason: TriggerReason): string | null {
  switch (reason.code) {
    case 'trigger.segment':
    case 'trigger.manual':
    case 'trigger.publish':
      return 'out'
    case 'trigger.event':
      return recomputeTruth(reason.where) === true ? 'out' : null
  }
}
