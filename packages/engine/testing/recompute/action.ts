import { recomputeTruth } from '../../src/condition/trace.ts'
import { drawWay } from '../../src/nodes/split/draw.ts'
import type { ActionReason } from '../../src/state/reasons/action.ts'

/** By which port a step of chance, of the outside world or of another flow was left, or whether the passage ended. */
export function recomputeAction(reason: ActionReason): string | null {
  switch (reason.code) {
    case 'goal.met':
      if (recomputeTruth(reason.rules) !== true) return null
      return reason.then === 'jump' ? 'reached' : 'end'
    case 'goal.earlier':
      return 'reached'
    case 'goal.not-yet':
      return recomputeTruth(reason.rules) === true ? null : 'not-reached'
    case 'split.drawn':
      return drawWay(reason.ways, reason.dice) === reason.way ? reason.way : null
    case 'split.kept':
      return reason.way
    case 'list.changed':
    case 'notify.told':
    case 'notify.nobody':
    case 'flow.started':
    case 'flow.not-started':
      return 'out'
    case 'throttle.released':
      return reason.now >= reason.arrived ? 'out' : null
    case 'webhook.answered':
      return reason.status >= 200 && reason.status <= 299 ? 'answered' : null
    case 'webhook.failed':
      return 'failed'
  }
}
