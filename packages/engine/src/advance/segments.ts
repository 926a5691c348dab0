import { ceilToSlot } from '@baton/leads'
import type { Plan } from '../plan.ts'
import type { Changed } from './changed.ts'
import { affectedDates, isDated, planDate } from './dates.ts'
import { isHeld, lookAtRule, rescore } from './scoring.ts'
import type { Turn } from './turn.ts'

/**
 * Looks again at every segment that reads what changed; joined and left are queued, and noticed by segments over segments. What
 * fires by time is planned anew. E-13, E-160.
 */
export function factsChanged(turn: Turn, changed: Changed): void {
  for (const { id, anew } of affectedDates(turn.plan, changed)) planDate(turn, id, anew)
  lookAgain(turn, affected(turn.plan, changed))
}

/** Brings somebody's points to what the score model says now, from the whole history; segments follow. E-355. */
export function setScores(turn: Turn): void {
  factsChanged(turn, { dimensions: rescore(turn) })
  lookAgain(turn, turn.plan.scoring?.attributes.keys() ?? [])
}

/** Looks again at segments, and rules of the score model, though nothing happened: time alone may have changed them. E-18, E-353. */
export function lookAgain(turn: Turn, segments: Iterable<string>): void {
  const open = new Set(segments)
  if (open.size === 0) return
  // Each segment may flip a few times while others follow; more is two segments that each want the opposite of the other.
  let left = 20 + 20 * (turn.plan.segments.size + (turn.plan.scoring?.attributes.size ?? 0))
  for (const id of open) {
    open.delete(id)
    if (left-- === 0) throw new Error('Segments keep changing one another. The usual cause: two segments whose conditions name each other.')
    if (isHeld(id)) scored(turn, lookAtRule(turn, id), open)
    else if (evaluate(turn, id)) for (const next of turn.plan.index.segments.segments.get(id) ?? []) open.add(next)
  }
}

/** What asks for scores that changed is looked at too. */
function scored(turn: Turn, dimensions: readonly string[], open: Set<string>): void {
  if (dimensions.length === 0) return
  for (const { id } of affectedDates(turn.plan, { dimensions })) planDate(turn, id, false)
  for (const it of dimensions) for (const next of turn.plan.index.segments.dimensions.get(it) ?? []) open.add(next)
}

/** Evaluates one segment and stores the outcome; true if membership changed. */
function evaluate(turn: Turn, id: string): boolean {
  if (isDated(id)) return planDate(turn, id, false)
  const condition = turn.plan.segments.get(id)
  const was = own(turn.state.members, id)
  // A segment that cannot be read keeps its members, and asks for no more looks.
  const verdict = condition?.evaluate({ now: turn.now, state: turn.state, enteredAt: null })
  const { truth, until } = verdict ?? { truth: was !== undefined, until: Number.POSITIVE_INFINITY }
  const since = truth === true ? (was ?? turn.now) : null
  const recheckAt = Number.isFinite(until) ? ceilToSlot(Math.max(until, turn.now + 1)) : null
  if (since === (was ?? null) && recheckAt === (own(turn.state.rechecks, id) ?? null)) return false
  turn.state = {
    ...turn.state,
    members: withEntry(turn.state.members, id, since),
    rechecks: withEntry(turn.state.rechecks, id, recheckAt),
  }
  turn.out.members.set(id, { segmentId: id, since, recheckAt })
  if ((since === null) === (was === undefined)) return false
  turn.queue.push({ kind: 'segment', at: turn.now, segmentId: id, joined: since !== null })
  return true
}

/** Puts the contact on a list or takes it off: a segment without a condition, whose members are named. */
export function setListed(turn: Turn, id: string, on: boolean): void {
  const was = own(turn.state.members, id)
  if ((was !== undefined) === on || turn.plan.segments.has(id)) return
  const since = on ? turn.now : null
  turn.state = { ...turn.state, members: withEntry(turn.state.members, id, since) }
  turn.out.members.set(id, { segmentId: id, since, recheckAt: null })
  turn.queue.push({ kind: 'segment', at: turn.now, segmentId: id, joined: on })
  factsChanged(turn, { segment: id })
}

/** What reads what has changed; rules of the score model first, so that segments see their points. */
function affected({ index: { segments: index }, segments, scoring }: Plan, changed: Changed): string[] {
  if (changed.everything) return [...(scoring?.attributes.keys() ?? []), ...segments.keys()]
  const found = new Set<string>()
  const take = (ids: readonly string[] | undefined) => {
    for (const id of ids ?? []) found.add(id)
  }
  for (const key of changed.fields ?? []) take(index.fields.get(key))
  if (changed.event !== undefined) take(index.events.get(changed.event))
  for (const it of changed.dimensions ?? []) take(index.dimensions.get(it))
  if (changed.segment !== undefined) take(index.segments.get(changed.segment))
  if (changed.related !== undefined) take(index.related.get(changed.related))
  if (changed.flow !== undefined) take(index.flows.get(changed.flow))
  if (changed.stage) take(index.stage)
  if (changed.owner) take(index.owner)
  if (changed.consent) take(index.consent)
  return [...found].sort()
}

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined)

function withEntry<T>(record: Readonly<Record<string, T>>, key: string, value: T | null): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record
  return value === null ? rest : { ...rest, [key]: value }
}
