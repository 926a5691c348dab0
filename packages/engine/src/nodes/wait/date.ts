import { ceilToSlot, dateMoment, isTooFar, readDate } from '@baton/leads'
import type { CompiledNode, Outcome, StepScope } from '../../kind.ts'
import type { Instant } from '../../state/person.ts'
import type { WaitReason } from '../../state/reasons/wait.ts'
import { onward } from '../base.ts'
import { arrivalOf, movesZone } from './arrival.ts'
import { TOO_LATE } from './ports.ts'
import type { PastPolicy, UntilOf } from './schema.ts'

/** A date with a time of day; `dateZone` null: where the person lives, which is `zone`. */
export interface DateTarget {
  date: string
  time: string
  dateZone: string | null
  zone: string
}

/** The instant of a fixed date. Throws where the date is none: the checks refuse it before. E-120. */
export function dateTarget({ date, time, dateZone, zone }: DateTarget): Instant {
  const value = readDate(date)
  if ('say' in value) throw new Error(value.say)
  return dateMoment(value.ok, { offset: {}, time }, dateZone ?? zone)
}

/** What those do who came after the date. E-121. */
export function late(past: PastPolicy, reason: WaitReason): Outcome {
  if (past === 'exit') return { do: 'end', reason, label: null, how: 'left' }
  return { do: 'leave', port: past === 'too-late' ? TOO_LATE : onward.id, reason }
}

/** A wait until a date. Pauses are not added: the date stays the date. */
export function compileDate({ date, time, zone: dateZone, past }: UntilOf<'date'>, slot: number): CompiledNode {
  const wanted = { date: date ?? '', time: time ?? '09:00', dateZone }
  const decide = (scope: StepScope): Outcome => {
    const here = arrivalOf(scope)
    const { zone, source } = scope.zone
    const target = dateTarget({ ...wanted, zone })
    if (isTooFar(target, here.arrived, zone)) {
      throw new Error(`${wanted.date} is more than five years away. Choose an earlier date, publish, and try again.`)
    }
    const isLate = dateTarget({ ...wanted, zone: here.arrivedZone }) < here.arrived
    if (!isLate && target > scope.now) return { do: 'stay', due: ceilToSlot(target, slot), here: { ...here } }
    const times = { zone, zoneSource: source, ...here, target, past, late: isLate, now: scope.now }
    const reason: WaitReason = { code: 'wait.date', ...wanted, ...times }
    return isLate ? late(past, reason) : { do: 'leave', port: onward.id, reason }
  }
  return {
    enter: decide,
    due: decide,
    wake: (scope, item) => (dateZone === null ? movesZone(scope, item, slot, decide) : undefined),
    conditions: [],
  }
}
