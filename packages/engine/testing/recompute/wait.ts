import { waitUnit } from '../../src/nodes/wait/schema.ts'
import { durationTarget, timeTarget } from '../../src/nodes/wait/target.ts'
import { goesOn } from '../../src/nodes/wait/time-of-day.ts'
import type { WaitReason } from '../../src/state/reasons/wait.ts'

/** By which port a wait was left. */
export function recomputeWait(reason: WaitReason): string | null {
  switch (reason.code) {
    case 'wait.duration': {
      const target = durationTarget({ ...reason, unit: waitUnit.parse(reason.unit) })
      return target === reason.target && reason.now >= target ? 'out' : null
    }
    case 'wait.time-of-day':
      return timeOfDay(reason)
  }
}

function timeOfDay(reason: Extract<WaitReason, { code: 'wait.time-of-day' }>): string | null {
  const { policy, graceMinutes, target, now } = reason
  const late = policy === 'grace' ? { do: policy, minutes: graceMinutes } : { do: policy }
  const passed = goesOn(reason, late)
  const expected = passed ?? timeTarget(reason)
  const how = passed === undefined ? 'next' : policy
  return expected === target && how === reason.late && now >= expected ? 'out' : null
}
