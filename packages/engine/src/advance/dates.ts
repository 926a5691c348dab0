import { ceilToSlot, HOUR, MINUTE } from '@baton/leads'
import type { TriggerMatch } from '../kind.ts'
import type { Plan, TriggerRef } from '../plan.ts'
import type { Changed } from './changed.ts'
import type { Turn } from './turn.ts'

/** Among a contact's rechecks: the next instant of a trigger that fires by time, not a segment. */
export const isDated = (id: string): boolean => id.startsWith('@')

/** No two zones are further apart, so within this time a date that comes again by a new zone is the same date. */
const SAME_DATE = 27 * HOUR

/** What fires by time and reads what changed. `anew`: the date itself is another one, so that it may fire again. */
export function affectedDates({ index: { triggers } }: Plan, changed: Changed): readonly { id: string; anew: boolean }[] {
  if (triggers.dated.size === 0) return []
  const fields = changed.fields ?? []
  const moved = changed.everything === true || fields.includes('zone') || fields.includes('country') || changed.related === 'company'
  const found: { id: string; anew: boolean }[] = []
  for (const [id, { trigger }] of triggers.dated) {
    const { on } = trigger
    const anew = on.kind === 'date' && fields.includes(on.key)
    const scored = on.kind === 'score' && (changed.everything === true || changed.dimensions?.includes(on.dimension) === true)
    if (anew || scored || (on.kind === 'date' && moved)) found.push({ id, anew })
  }
  return found
}

/** Keeps the next instant at which a trigger fires by time for this contact. Always false: no membership changes. E-160. */
export function planDate(turn: Turn, id: string, anew: boolean): false {
  const ref = turn.plan.index.triggers.dated.get(id)
  const fired = anew || !ref ? undefined : own(turn.state.members, id)
  const from = Math.max(turn.arrived, fired === undefined ? turn.arrived : fired + SAME_DATE)
  const next = ref && dateAfter(turn, ref, from)
  keep(turn, id, fired, next ? ceilToSlot(next.at) : undefined)
  return false
}

/** The triggers whose time has come, by flow id, then node. */
export function dueDates({ state: { rechecks }, now }: Turn): readonly string[] {
  const due: string[] = []
  for (const id in rechecks) if ((rechecks[id] ?? now) <= now && isDated(id)) due.push(id)
  return due.sort()
}

/**
 * A trigger whose time has come: why it lets in, if its date is still the one that was planned; and its next time is planned.
 * That a date has fired is remembered, so that a move to another zone on the same day does not fire it twice. E-162.
 */
export function fire(turn: Turn, id: string): { ref: TriggerRef; match: TriggerMatch } | undefined {
  const due = own(turn.state.rechecks, id)
  const ref = turn.plan.index.triggers.dated.get(id)
  const found = ref && due !== undefined ? dateAfter(turn, ref, due - MINUTE) : null
  const holds = found !== null && found !== undefined && due !== undefined && found.at <= due
  if (holds && ref?.trigger.on.kind === 'date') keep(turn, id, due, undefined)
  planDate(turn, id, false)
  return ref && holds ? { ref, match: found.match } : undefined
}

const dateAfter = ({ state, now }: Turn, { trigger }: TriggerRef, after: number) =>
  trigger.nextDate?.({ now, state, enteredAt: null }, after) ?? null

function keep(turn: Turn, id: string, fired: number | undefined, next: number | undefined): void {
  const { members, rechecks } = turn.state
  if (own(members, id) === fired && own(rechecks, id) === next) return
  turn.state = { ...turn.state, members: withEntry(members, id, fired), rechecks: withEntry(rechecks, id, next) }
  turn.out.members.set(id, { segmentId: id, since: fired ?? null, recheckAt: next ?? null })
}

const own = (record: Readonly<Record<string, number>>, key: string): number | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

function withEntry(record: Readonly<Record<string, number>>, key: string, value: number | undefined): Readonly<Record<string, number>> {
  const { [key]: _, ...rest } = record
  return value === undefined ? rest : { ...rest, [key]: value }
}
