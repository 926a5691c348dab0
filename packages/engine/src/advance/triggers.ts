import type { TriggerMatch } from '../kind.ts'
import type { TriggerRef } from '../plan.ts'
import type { InboxItem } from '../state/input.ts'
import type { ContactEvent } from '../state/person.ts'
import { fire } from './dates.ts'
import { type Arrival, letIn, refuse } from './entry.ts'
import { LATE_MS, type Turn } from './turn.ts'

type Item<K extends InboxItem['kind']> = Extract<InboxItem, { kind: K }>

/** Triggers that listen to what has just happened, in order of flow id, then node. */
export function triggers(turn: Turn, item: InboxItem): void {
  const { fields, dimensions } = turn.plan.index.triggers
  if (item.kind === 'event') byEvent(turn, item.event)
  if (item.kind === 'enrol') asked(turn, item)
  if (item.kind === 'segment') bySegment(turn, item)
  if (item.kind === 'changed') byChange(turn, fields.get(item.field), item)
  if (item.kind === 'scored') byChange(turn, dimensions.get(item.dimension), item)
}

/** The time of a trigger has come. Whoever matched a date in a paused flow is recorded there as by any other way. E-160. */
export function dateTrigger(turn: Turn, id: string): void {
  const fired = fire(turn, id)
  if (fired) letIn(turn, arrivalBy(fired.ref, fired.match))
}

const arrivalBy = ({ flowId, node }: TriggerRef, match: TriggerMatch): Arrival => ({
  flowId,
  node,
  ...match,
  by: { kind: 'flow', id: flowId },
  door: 'once',
})

/** One item is one arrival per flow and key: the first trigger that matches decides, so that no second one restarts what it began. */
function oncePerFlow(): (flowId: string, key: string) => boolean {
  const seen = new Set<string>()
  return (flowId, key) => {
    const arrival = `${flowId}\n${key}`
    return !seen.has(arrival) && seen.add(arrival).has(arrival)
  }
}

function bySegment(turn: Turn, { segmentId, joined, at }: Item<'segment'>): void {
  const { segments, segmentsLeft } = turn.plan.index.triggers
  const once = oncePerFlow()
  const since = turn.state.members[segmentId] ?? at
  for (const ref of (joined ? segments : segmentsLeft).get(segmentId) ?? []) {
    if (!once(ref.flowId, '')) continue
    const reason = joined
      ? ({ code: 'trigger.segment', segmentId, since } as const)
      : ({ code: 'trigger.segment-left', segmentId, at } as const)
    const arrival = arrivalBy(ref, { reason, key: '' })
    letIn(turn, joined ? { ...arrival, door: 'segment', segment: segmentId } : arrival)
  }
}

function byEvent(turn: Turn, event: ContactEvent): void {
  const once = oncePerFlow()
  for (const ref of turn.plan.index.triggers.events.get(event.type) ?? []) {
    const match = ref.trigger.match?.(event, { now: turn.now, state: turn.state, enteredAt: null })
    if (!match || !once(ref.flowId, match.key)) continue
    if (isHistoric(event) && ref.trigger.historic !== true) refuse(turn, ref, 'historic')
    else letIn(turn, { ...arrivalBy(ref, match), enteredBy: event.id })
  }
}

/** Imported, or received more than a day after it happened. E-16. */
const isHistoric = ({ historic, receivedAt, occurredAt }: ContactEvent) => historic === true || receivedAt - occurredAt > LATE_MS

function byChange(turn: Turn, refs: readonly TriggerRef[] | undefined, { before, after }: Item<'changed' | 'scored'>): void {
  const once = oncePerFlow()
  for (const ref of refs ?? []) {
    const match = ref.trigger.changed?.(before, after, { now: turn.now, state: turn.state, enteredAt: null })
    if (match && once(ref.flowId, match.key)) letIn(turn, arrivalBy(ref, match))
  }
}

/** By a person, a program, another flow, at a time of a schedule, or by the scan at publish. E-23, E-161, E-163. */
function asked(turn: Turn, item: Item<'enrol'>): void {
  const arrival = arrivalAsked(turn, item)
  if (typeof arrival === 'string') refuse(turn, item, arrival)
  else letIn(turn, arrival)
}

function arrivalAsked(turn: Turn, { flowId, node, key, source, data, occurrence }: Item<'enrol'>): Arrival | 'closed' | 'no-match' {
  const trigger = turn.plan.flows.get(flowId)?.entry?.triggers.find((it) => it.node === node)?.trigger
  if (!trigger) return 'closed'
  const { on } = trigger
  const arrival: Arrival = { flowId, node, key, reason: { code: 'trigger.manual', by: source }, by: source, door: 'hand', data }
  if (on.kind === 'schedule' && occurrence !== undefined) {
    const match = trigger.atTime?.(occurrence)
    return match && isMember(turn, on.segmentId) ? { ...arrival, ...match, door: 'segment', segment: on.segmentId } : 'no-match'
  }
  const segmentId = on.kind === 'segment-joined' ? on.segmentId : null
  const segment = segmentId !== null && isMember(turn, segmentId) ? segmentId : undefined
  if (source.kind === 'system') {
    const reason = { code: 'trigger.publish', by: source, segmentId } as const
    return segmentId !== null && segment === undefined ? 'no-match' : { ...arrival, reason, door: 'scan', segment }
  }
  if (on.kind === 'api' && source.kind === 'key') return { ...arrival, reason: { code: 'trigger.api', by: source }, door: 'once' }
  if (on.kind === 'flow' && source.kind === 'flow') return { ...arrival, reason: { code: 'trigger.flow', flowId: source.id }, door: 'once' }
  return { ...arrival, segment }
}

/** Whether they are in a segment at this moment; of a list, whether they are on it. */
function isMember(turn: Turn, segmentId: string): boolean {
  const condition = turn.plan.segments.get(segmentId)
  if (!condition) return Object.hasOwn(turn.state.members, segmentId)
  return condition.evaluate({ now: turn.now, state: turn.state, enteredAt: null }).truth === true
}
