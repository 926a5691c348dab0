import { recomputeTruth } from '../../src/condition/trace.ts'
import type { LeaveReason } from '../../src/state/reasons/leave.ts'

/** Whether a passage ended, or the person was put elsewhere (`away`). */
export function recomputeLeave(reason: LeaveReason): string | null {
  switch (reason.code) {
    case 'exit':
    case 'removed':
    case 'left-segment':
    case 'restarted':
    case 'flow-stopped':
      return 'end'
    case 'exit-rule':
      return recomputeTruth(reason.rules) === true ? 'end' : null
    case 'goal.reached':
      if (recomputeTruth(reason.rules) !== true) return null
      return reason.then === 'leave' ? 'end' : 'away'
    case 'moved':
      return 'away'
  }
}
