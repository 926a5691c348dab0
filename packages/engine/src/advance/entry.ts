import { DAY } from '@baton/leads'
import type { CompiledFlow, PlannedFlow } from '../plan.ts'
import type { Enrolment } from '../state/enrolment.ts'
import type { Actor, InboxItem } from '../state/input.ts'
import type { ContactEvent } from '../state/person.ts'
import type { Reason } from '../state/reason.ts'
import type { TurnResult } from '../state/result.ts'
import { closePassage } from './leave.ts'
import { factsChanged } from './segments.ts'
import { ENTER, enterNode, run } from './steps.ts'
import { LATE_MS, liveEnrolments, put, type Turn } from './turn.ts'

type Why = TurnResult['refused'][number]['why']

/** Somebody is at the door of a flow. */
interface Arrival {
  flowId: string
  node: string
  key: string
  reason: Reason
  by: Actor
  enteredBy?: string | undefined
  segment?: string | undefined
}

/** Lets a contact in by a trigger, or says why not. E-24 to E-26. */
export function letIn(turn: Turn, arrival: Arrival): void {
  const flow = turn.plan.flows.get(arrival.flowId)
  const version = flow?.entry
  if (!flow || !version || !isOpen(flow) || !version.nodes.has(arrival.node)) {
    refuse(turn, arrival, 'closed')
    return
  }
  const inside = liveEnrolments(turn).find((it) => it.flowId === arrival.flowId && it.key === arrival.key)
  const why = inside ? whileInside(version) : tooSoon(turn, arrival, version)
  if (why) {
    refuse(turn, arrival, why)
    return
  }
  if (inside) closePassage(turn, inside, 'restarted', { code: 'restarted', by: arrival.by })
  const enrolment = enter(turn, arrival, version)
  // A paused flow takes the trigger's step at resume: it is due from now on.
  if (flow.state === 'paused') put(turn, { ...enrolment, dueAt: turn.now })
  else run(turn, enrolment, ENTER)
}

const isOpen = ({ state }: PlannedFlow) => state === 'live' || state === 'paused'

const whileInside = ({ settings }: CompiledFlow): Why | undefined => (settings.whileInside === 'ignore' ? 'inside' : undefined)

/** What the flow says of those who come again after they left. */
function tooSoon(turn: Turn, { flowId, key }: Arrival, { settings }: CompiledFlow): Why | undefined {
  const past = turn.state.past.filter((it) => it.flowId === flowId && it.key === key)
  if (past.length === 0 || settings.reentry.when === 'always') return undefined
  if (settings.reentry.when === 'never') return 'not-again'
  const last = Math.max(...past.map((it) => it.endedAt))
  if (settings.reentry.when === 'at-most') return past.length >= settings.reentry.times ? 'too-often' : undefined
  return turn.now < last + settings.reentry.days * DAY ? 'not-yet' : undefined
}

function enter(turn: Turn, { flowId, key, node, reason, enteredBy, segment }: Arrival, version: CompiledFlow): Enrolment {
  const earlier = [...turn.state.past, ...turn.state.enrolments].filter((it) => it.flowId === flowId && it.key === key)
  const entry = 1 + Math.max(0, ...earlier.map((it) => it.entry))
  const vars = { visits: {}, here: {}, held: [], frozenMs: 0, entered: reason, enteredBy, segment }
  const times = { nodeSince: turn.now, enteredAt: turn.now, dueAt: null }
  const made = enterNode(turn, { id: null, flowId, key, entry, version: version.version, node, ...times, seq: 0, vars }, node, true)
  factsChanged(turn, { flow: flowId })
  return made
}

function refuse(turn: Turn, { flowId, node }: Arrival, why: Why): void {
  turn.out.refused.push({ flowId, node, why, at: turn.now })
}

/** Triggers that listen to what has just happened, in order of flow id, then node. */
export function triggers(turn: Turn, item: InboxItem): void {
  if (item.kind === 'event') eventTriggers(turn, item.event)
  if (item.kind === 'enrol') byHand(turn, item)
  if (item.kind === 'segment' && item.joined) segmentTriggers(turn, item)
}

function segmentTriggers(turn: Turn, item: Extract<InboxItem, { kind: 'segment' }>): void {
  const { segmentId } = item
  const once = oncePerFlow()
  for (const { flowId, node } of turn.plan.index.triggers.segments.get(segmentId) ?? []) {
    if (!once(flowId, '')) continue
    const since = turn.state.members[segmentId] ?? item.at
    letIn(turn, { flowId, node, key: '', reason: { code: 'trigger.segment', segmentId, since }, by: flowActor(flowId), segment: segmentId })
  }
}

/** One item is one arrival per flow and key: the first trigger that matches decides, so that no second one restarts what it began. */
function oncePerFlow(): (flowId: string, key: string) => boolean {
  const seen = new Set<string>()
  return (flowId, key) => {
    const arrival = `${flowId}\n${key}`
    return !seen.has(arrival) && seen.add(arrival).has(arrival)
  }
}

function eventTriggers(turn: Turn, event: ContactEvent): void {
  const once = oncePerFlow()
  for (const { flowId, node, trigger } of turn.plan.index.triggers.events.get(event.type) ?? []) {
    const match = trigger.match?.(event, { now: turn.now, state: turn.state, enteredAt: null })
    if (!match || !once(flowId, match.key)) continue
    if (isHistoric(event)) turn.out.refused.push({ flowId, node, why: 'historic', at: turn.now })
    else letIn(turn, { flowId, node, ...match, by: flowActor(flowId), enteredBy: event.id })
  }
}

/** Imported, or received more than a day after it happened. E-16. */
const isHistoric = ({ historic, receivedAt, occurredAt }: ContactEvent) => historic === true || receivedAt - occurredAt > LATE_MS

/** By a person, a program, or the scan at publish. The scan lets in only those who match at this moment. E-23. */
function byHand(turn: Turn, item: Extract<InboxItem, { kind: 'enrol' }>): void {
  const { flowId, node, key, source } = item
  const on = turn.plan.flows.get(flowId)?.entry?.triggers.find((it) => it.node === node)?.trigger.on
  const segmentId = on?.kind === 'segment-joined' ? on.segmentId : null
  const matches = segmentId !== null && isMatch(turn, segmentId)
  const scan = source.kind === 'system'
  const reason: Reason = scan ? { code: 'trigger.publish', by: source, segmentId } : { code: 'trigger.manual', by: source }
  const arrival: Arrival = { flowId, node, key, reason, by: source, segment: matches ? segmentId : undefined }
  if (!on) refuse(turn, arrival, 'closed')
  else if (scan && segmentId !== null && !matches) refuse(turn, arrival, 'no-match')
  else letIn(turn, arrival)
}

function isMatch(turn: Turn, segmentId: string): boolean {
  const condition = turn.plan.segments.get(segmentId)
  return condition?.evaluate({ now: turn.now, state: turn.state, enteredAt: null }).truth === true
}

const flowActor = (id: string): Actor => ({ kind: 'flow', id })
