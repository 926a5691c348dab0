import { DAY } from '@baton/leads'
import type { CompiledFlow, PlannedFlow } from '../plan.ts'
import type { Enrolment, EnrolmentVars } from '../state/enrolment.ts'
import type { Actor, PassageData } from '../state/input.ts'
import type { Reason } from '../state/reason.ts'
import type { TurnResult } from '../state/result.ts'
import { closePassage } from './leave.ts'
import { rollOutPlace } from './roll-out.ts'
import { factsChanged } from './segments.ts'
import { ENTER, enterNode, run } from './steps.ts'
import { liveEnrolments, put, type Turn } from './turn.ts'

type Why = TurnResult['refused'][number]['why']

/**
 * How somebody came to the door. A segment's members wait for the roll-out to reach them; what happens once does not come again, so
 * it is said that they were not in it; whom somebody adds by hand comes in whatever the share. `scan`: found by a pass over those
 * who match already; it disturbs nobody who is inside or has been, and says nothing of them.
 */
type Door = 'segment' | 'scan' | 'once' | 'hand'

/** Somebody is at the door of a flow. */
export interface Arrival {
  flowId: string
  node: string
  key: string
  reason: Reason
  by: Actor
  door: Door
  enteredBy?: string | undefined
  segment?: string | undefined
  data?: PassageData | undefined
}

/** Lets a contact in by a trigger, or says why not. E-24 to E-26, E-150, E-164. */
export function letIn(turn: Turn, arrival: Arrival): void {
  const flow = turn.plan.flows.get(arrival.flowId)
  const version = flow?.entry
  if (!flow || !version || !isOpen(flow) || !version.nodes.has(arrival.node)) {
    refuse(turn, arrival, 'closed')
    return
  }
  const { share = 1 } = flow
  if (arrival.door !== 'hand' && share < 1 && rollOutPlace(turn.state.person.key, flow.flowId) >= share) {
    if (arrival.door === 'once') refuse(turn, arrival, 'not-in-roll-out')
    return
  }
  const inside = liveEnrolments(turn).find((it) => it.flowId === arrival.flowId && it.key === arrival.key)
  const why = inside ? whileInside(turn, version, arrival) : tooSoon(turn, arrival, version)
  if (why) {
    if (arrival.door !== 'scan') refuse(turn, arrival, why)
    return
  }
  if (inside) closePassage(turn, inside, 'restarted', { code: 'restarted', by: arrival.by })
  const enrolment = enter(turn, arrival, version)
  // A paused flow takes the trigger's step at resume: it is due from now on.
  if (flow.state === 'paused') put(turn, { ...enrolment, dueAt: turn.now })
  else run(turn, enrolment, ENTER)
}

const isOpen = ({ state }: PlannedFlow) => state === 'live' || state === 'paused'

/** Who has no step left in this moment is not begun anew either: a segment that asks who is in the flow it lets into would go on for ever. E-8. */
const whileInside = ({ stepsLeft }: Turn, { settings }: CompiledFlow, { door }: Arrival): Why | undefined =>
  settings.whileInside === 'ignore' || door === 'scan' || stepsLeft <= 0 ? 'inside' : undefined

/** What the flow says of those who come again after they left. */
function tooSoon(turn: Turn, { flowId, key }: Arrival, { settings }: CompiledFlow): Why | undefined {
  const past = turn.state.past.filter((it) => it.flowId === flowId && it.key === key)
  if (past.length === 0 || settings.reentry.when === 'always') return undefined
  if (settings.reentry.when === 'never') return 'not-again'
  const last = Math.max(...past.map((it) => it.endedAt))
  // A store keeps one line per flow and key; the entry number counts the passages. E-28.
  const passages = Math.max(...past.map((it) => it.entry))
  if (settings.reentry.when === 'at-most') return passages >= settings.reentry.times ? 'too-often' : undefined
  return turn.now < last + settings.reentry.days * DAY ? 'not-yet' : undefined
}

function enter(turn: Turn, { flowId, key, node, reason, enteredBy, segment, data }: Arrival, version: CompiledFlow): Enrolment {
  let entry = 1
  for (const it of turn.state.past) if (it.flowId === flowId && it.key === key) entry = Math.max(entry, it.entry + 1)
  for (const it of turn.state.enrolments) if (it.flowId === flowId && it.key === key) entry = Math.max(entry, it.entry + 1)
  const vars: EnrolmentVars = { visits: {}, here: {}, held: [], frozenMs: 0, entered: reason, enteredBy, segment, data }
  const { now } = turn
  const begins = { id: null, flowId, key, entry, version: version.version, node, nodeSince: now, enteredAt: now, dueAt: null, seq: 0, vars }
  const made = enterNode(turn, begins, node, true)
  factsChanged(turn, { flow: flowId })
  return made
}

/** Keeps that somebody was not let in, and why. */
export function refuse(turn: Turn, { flowId, node }: Pick<Arrival, 'flowId' | 'node'>, why: Why): void {
  turn.out.refused.push({ flowId, node, why, at: turn.now })
}
