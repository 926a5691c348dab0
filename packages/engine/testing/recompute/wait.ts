import { isWorking, workingCalendar } from '@baton/leads'
import { recomputeTruth } from '../../src/condition/trace.ts'
import { dateTarget } from '../../src/nodes/wait/date.ts'
import { fieldTarget } from '../../src/nodes/wait/date-field.ts'
import { countsIn } from '../../src/nodes/wait/matching.ts'
import { waitUnit } from '../../src/nodes/wait/schema.ts'
import { durationTarget, timeTarget } from '../../src/nodes/wait/target.ts'
import { goesOn } from '../../src/nodes/wait/time-of-day.ts'
import type { RuleTrace } from '../../src/state/reason.ts'
import type { WaitReason } from '../../src/state/reasons/wait.ts'

type Of<C extends WaitReason['code']> = Extract<WaitReason, { code: C }>

/** By which port a wait was left. */
export function recomputeWait(reason: WaitReason): string | null {
  switch (reason.code) {
    case 'wait.duration': {
      const target = durationTarget({ ...reason, unit: waitUnit.parse(reason.unit) })
      return target === reason.target && reason.now >= target ? 'out' : null
    }
    case 'wait.time-of-day':
      return timeOfDay(reason)
    case 'wait.date': {
      const late = dateTarget({ ...reason, zone: reason.arrivedZone }) < reason.arrived
      return cameOf(reason, dateTarget(reason), late)
    }
    case 'wait.date-field': {
      const there = fieldTarget({ ...reason, zone: reason.arrivedZone })
      const target = fieldTarget(reason)
      return 'at' in target ? cameOf(reason, target.at, 'at' in there && there.at < reason.arrived) : null
    }
    case 'wait.no-date': {
      const target = fieldTarget(reason)
      return 'why' in target && target.why === reason.why ? 'no-date' : null
    }
    case 'wait.window': {
      const { calendarZone, zone, hours, holidays, now } = reason
      return isWorking(now, workingCalendar({ zone: calendarZone ?? zone, hours, holidays })) ? 'out' : null
    }
    case 'wait.event':
      return event(reason)
    case 'wait.condition':
      return inTime(reason) ? (firstTrue(reason.cases) ?? null) : null
    case 'wait.time-out': {
      const target = durationTarget(reason)
      return target === reason.target && reason.now >= target && firstTrue(reason.cases) === undefined ? 'time-out' : null
    }
    case 'wait.dropped':
      return reason.pausedFrom <= reason.due && reason.due < reason.pausedTo && reason.pausedTo <= reason.now ? 'end' : null
  }
}

function cameOf(reason: Of<'wait.date' | 'wait.date-field'>, target: number, late: boolean): string | null {
  if (target !== reason.target || late !== reason.late) return null
  if (!late) return reason.now >= target ? 'out' : null
  return { 'go-on': 'out', 'too-late': 'too-late', exit: 'end' }[reason.past]
}

function timeOfDay(reason: Of<'wait.time-of-day'>): string | null {
  const { policy, graceMinutes, target, now } = reason
  const late = policy === 'grace' ? { do: policy, minutes: graceMinutes } : { do: policy }
  const passed = goesOn(reason, late)
  const expected = passed ?? timeTarget(reason)
  const how = passed === undefined ? 'next' : policy
  return expected === target && how === reason.late && now >= expected ? 'out' : null
}

const inTime = ({ release, overAt, now }: Of<'wait.event' | 'wait.condition'>) => release === 'at-once' || overAt === null || now >= overAt

/** The first branch whose comparisons the event fits, if it counts and was in time. */
function event(reason: Of<'wait.event'>): string | null {
  const { occurredAt, triggering, overAt, machine, type } = reason
  if (!inTime(reason) || (overAt !== null && occurredAt > overAt) || !countsIn({ occurredAt, triggering, passed: false }, reason))
    return null
  const fits = reason.tried.find((it) => it.type === type && (!machine || it.where.some(asksMachines)) && recomputeTruth(it.where) === true)
  return fits?.id ?? null
}

const asksMachines = ({ rule }: RuleTrace) => typeof rule === 'object' && rule !== null && 'key' in rule && rule.key === 'machine'

/** The first case that is true, where every verdict follows from what its rules saw; null where one does not. */
function firstTrue(cases: Of<'wait.condition'>['cases']): string | null | undefined {
  for (const { id, truth, rules } of cases) {
    const again = recomputeTruth(rules)
    if (again !== truth) return null
    if (again === true) return id
  }
  return undefined
}
