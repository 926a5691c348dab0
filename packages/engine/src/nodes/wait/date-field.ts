import { ceilToSlot, type DateOffset, dateMoment, isTooFar, nextAnniversary, readDate } from '@baton/leads'
import type { CompiledNode, CompileTools, Outcome, StepScope } from '../../kind.ts'
import type { FieldValue, Instant } from '../../state/person.ts'
import type { WaitReason } from '../../state/reasons/wait.ts'
import { onward } from '../base.ts'
import { type Arrival, arrivalOf, movesZone } from './arrival.ts'
import { late } from './date.ts'
import { NO_DATE } from './ports.ts'
import { fieldReads } from './reads.ts'
import type { Offset, UntilOf } from './schema.ts'

/** A person's date with what is made of it. `arrived`: anniversaries are the first from then on. */
export interface FieldTarget {
  value: FieldValue | null
  offset: Offset
  time: string
  yearly: boolean
  zone: string
  arrived: Instant
}

/** The instant meant by a person's date, or why there is none. Never zero delay for an empty one. E-122 to E-124. */
export function fieldTarget(it: FieldTarget): { at: Instant } | { why: 'empty' | 'unreadable' | 'too-far' } {
  const { value, time, zone, arrived } = it
  if (value === null || value === '') return { why: 'empty' }
  const read = typeof value === 'string' ? readDate(value) : undefined
  if (read === undefined || 'say' in read) return { why: 'unreadable' }
  const moment = { offset: offsetOf(it.offset), time }
  const at = it.yearly ? nextAnniversary(read.ok, moment, zone, arrived) : dateMoment(read.ok, moment, zone)
  return isTooFar(at, arrived, zone) ? { why: 'too-far' } : { at }
}

const offsetOf = ({ amount, unit, side }: Offset): DateOffset => ({ [unit]: side === 'before' ? -amount : amount })

/** A wait for a date of the person. A new date while waiting is waited for instead; pauses are not added. */
export function compileDateField(until: UntilOf<'date-field'>, slot: number, { catalog }: CompileTools): CompiledNode {
  const { field, offset, yearly, past } = until
  const key = field ?? ''
  const wanted = { offset, time: until.time ?? '09:00', yearly }
  const dateOf = ({ state }: StepScope): FieldValue | null =>
    Object.hasOwn(state.person.fields, key) ? (state.person.fields[key] ?? null) : null

  const decideFrom = (scope: StepScope, here: Arrival): Outcome => {
    const value = dateOf(scope)
    const { zone, source } = scope.zone
    const target = fieldTarget({ ...wanted, value, zone, arrived: here.arrived })
    const base = { field: key, value, ...wanted, zone, zoneSource: source, ...here, now: scope.now }
    if ('why' in target) return { do: 'leave', port: NO_DATE, reason: { code: 'wait.no-date', why: target.why, ...base } }
    const there = fieldTarget({ ...wanted, value, zone: here.arrivedZone, arrived: here.arrived })
    const isLate = 'at' in there && there.at < here.arrived
    if (!isLate && target.at > scope.now) return { do: 'stay', due: ceilToSlot(target.at, slot), here: { ...here, value } }
    const reason: WaitReason = { code: 'wait.date-field', ...base, target: target.at, past, late: isLate }
    return isLate ? late(past, reason) : { do: 'leave', port: onward.id, reason }
  }
  const decide = (scope: StepScope) => decideFrom(scope, arrivalOf(scope))

  return {
    enter: decide,
    due: decide,
    wake: (scope, item) => {
      // Another date: as if they had arrived now.
      const changed = item.kind === 'fields' && Object.hasOwn(item.set, key) && scope.enrolment.vars.here.value !== dateOf(scope)
      if (changed) return decideFrom(scope, { arrived: scope.now, arrivedZone: scope.zone.zone })
      return movesZone(scope, item, slot, decide)
    },
    conditions: fieldReads(key, catalog),
  }
}
