import type { CompiledFlow, Env, Plan, PlannedFlow } from '../plan.ts'
import type { ContactState } from '../state/contact.ts'
import type { Enrolment, Step } from '../state/enrolment.ts'
import type { InboxItem } from '../state/input.ts'
import type { ContactEvent, EnrolmentKey, Instant, LedgerLine } from '../state/person.ts'
import type { EnrolmentChange, EnrolmentEnd, NodeDelta, TurnResult } from '../state/result.ts'

/** Steps that one item, or the timers of a turn, may cause over all flows of a contact. Real flows take a handful. E-8. */
export const MAX_STEPS = 1_000

/** An event older than this when it was received wakes waits but fires no trigger. E-16. */
export const LATE_MS = 24 * 3_600_000

export type Change = { -readonly [K in keyof EnrolmentChange]: EnrolmentChange[K] } & { steps: Step[] }

/** The drafts of everything a turn gives back, apart from the state. */
interface Output {
  /** A handful at most: found by looking at each. */
  changes: Change[]
  members: Map<string, TurnResult['members'][number]>
  events: ContactEvent[]
  ledger: TurnResult['ledger'][number][]
  /** Lines of points that were taken back, by key. */
  ended: Map<string, LedgerLine>
  sends: TurnResult['sends'][number][]
  withdrawn: TurnResult['withdrawn'][number][]
  handoffs: TurnResult['handoffs'][number][]
  resumed: TurnResult['resumed'][number][]
  effects: TurnResult['effects'][number][]
  cancelled: string[]
  drawn: TurnResult['drawn'][number][]
  related: TurnResult['related'][number][]
  deltas: NodeDelta[]
  refused: TurnResult['refused'][number][]
}

/**
 * One turn at work: the state as of now, what follows from it, and what came of it. The state is a value that is replaced, never
 * changed, so the caller's stays as it was and a step that throws is undone by putting the old value back.
 */
export interface Turn {
  readonly plan: Plan
  readonly env: Env
  /** The journal's time of everything in this turn. */
  readonly now: Instant
  /** When what is at hand arrived: a date that it sets counts from then on, however late the turn is. */
  arrived: Instant
  state: ContactState
  /** Joined and left segments and derived events: handled after the item that caused them, in order. */
  queue: InboxItem[]
  stepsLeft: number
  /** Who was put at another node and has not been asked there yet. */
  moved: EnrolmentKey[]
  out: Output
}

export function startTurn(plan: Plan, state: ContactState, env: Env): Turn {
  const out: Output = {
    changes: [],
    members: new Map(),
    events: [],
    ledger: [],
    ended: new Map(),
    sends: [],
    withdrawn: [],
    handoffs: [],
    resumed: [],
    effects: [],
    cancelled: [],
    drawn: [],
    related: [],
    deltas: [],
    refused: [],
  }
  return { plan, env, now: env.now, arrived: env.now, state, queue: [], stepsLeft: MAX_STEPS, moved: [], out }
}

/** Runs what may throw; if it does, state and results are as before, and the error is given back. */
export function attempt(turn: Turn, work: () => void): Error | undefined {
  const { state, out } = turn
  // Numbers by themselves: this is done for every step, and objects of them would be most of what it makes.
  const [events, ledger, sends, withdrawn] = [out.events.length, out.ledger.length, out.sends.length, out.withdrawn.length]
  const [handoffs, deltas, queue, moved] = [out.handoffs.length, out.deltas.length, turn.queue.length, turn.moved]
  const [effects, cancelled, drawn, resumed] = [out.effects.length, out.cancelled.length, out.drawn.length, out.resumed.length]
  const members = out.members.size === 0 ? undefined : new Map(out.members)
  const ended = out.ended.size === 0 ? undefined : new Map(out.ended)
  try {
    work()
    return undefined
  } catch (error) {
    turn.state = state
    out.events.length = events
    out.ledger.length = ledger
    out.sends.length = sends
    out.withdrawn.length = withdrawn
    out.handoffs.length = handoffs
    out.deltas.length = deltas
    out.effects.length = effects
    out.cancelled.length = cancelled
    out.drawn.length = drawn
    out.resumed.length = resumed
    turn.queue.length = queue
    turn.moved = moved
    out.members = members ?? new Map()
    out.ended = ended ?? new Map()
    return error instanceof Error ? error : new Error(String(error))
  }
}

export const isSame = (a: EnrolmentKey, b: EnrolmentKey) => a.flowId === b.flowId && a.key === b.key && a.entry === b.entry

/** The order in which enrolments of a contact are asked: flow id, then key. E-14. */
export const inOrder = (a: EnrolmentKey, b: EnrolmentKey) =>
  a.flowId < b.flowId ? -1 : a.flowId > b.flowId ? 1 : a.key < b.key ? -1 : a.key > b.key ? 1 : a.entry - b.entry

/** The live enrolments in order, as they are now. */
export const liveEnrolments = (turn: Turn): readonly Enrolment[] => sorted(turn.state.enrolments)

/** Most people are in one flow or none: their list is the one that they have, which nobody changes in place. */
const sorted = (enrolments: readonly Enrolment[]) => (enrolments.length < 2 ? enrolments : [...enrolments].sort(inOrder))

/** The enrolment as it is now; undefined once it has ended. */
export const current = (turn: Turn, key: EnrolmentKey): Enrolment | undefined => turn.state.enrolments.find((it) => isSame(it, key))

export const flowOf = (turn: Turn, { flowId }: EnrolmentKey): PlannedFlow | undefined => turn.plan.flows.get(flowId)

/** The version an enrolment is on. */
export function versionOf(turn: Turn, enrolment: Enrolment): CompiledFlow | undefined {
  const flow = flowOf(turn, enrolment)
  return flow?.versions.get(enrolment.version) ?? (flow?.entry?.version === enrolment.version ? flow.entry : undefined)
}

/**
 * The state with other passages. Written out, since it is done twice in every step: a copy with a key put over another (`{ ...state, key }`)
 * costs twenty times as much.
 */
function withEnrolments(state: ContactState, enrolments: readonly Enrolment[], past = state.past): ContactState {
  const { person, members, rechecks, events, ledger, sends, handoffs, related, drawn } = state
  return { person, enrolments, past, members, rechecks, events, ledger, sends, handoffs, related, drawn }
}

/** The state with what steps often change of it; written out for the same reason. */
export function withFacts(
  state: ContactState,
  {
    person = state.person,
    events = state.events,
    ledger = state.ledger,
    sends = state.sends,
  }: Partial<Pick<ContactState, 'person' | 'events' | 'ledger' | 'sends'>>,
): ContactState {
  const { enrolments, past, members, rechecks, handoffs, related, drawn } = state
  return { person, enrolments, past, members, rechecks, events, ledger, sends, handoffs, related, drawn }
}

/** A passage with what steps change of it; written out for the same reason. */
export const stepped = (
  { id, flowId, key, entry, version, enteredAt }: Enrolment,
  { node, nodeSince, dueAt, seq, vars }: Pick<Enrolment, 'node' | 'nodeSince' | 'dueAt' | 'seq' | 'vars'>,
): Enrolment => ({ id, flowId, key, entry, version, node, nodeSince, enteredAt, dueAt, seq, vars })

/** Stores an enrolment's new value, in the state and among the changes. */
export function put(turn: Turn, value: Enrolment, isNew = false): Enrolment {
  const { enrolments } = turn.state
  const [first] = enrolments
  const alone = first === undefined || (enrolments.length === 1 && isSame(first, value))
  turn.state = withEnrolments(turn.state, alone ? [value] : [...enrolments.filter((it) => !isSame(it, value)), value])
  changeOf(turn, value, isNew).value = value
  return value
}

/** Ends a passage: it is no longer live, and counts for re-entry. */
export function endPassage(turn: Turn, value: Enrolment, how: EnrolmentEnd, label: string | null): void {
  const { flowId, key, entry } = value
  const enrolments = turn.state.enrolments.filter((it) => !isSame(it, value))
  turn.state = withEnrolments(turn.state, enrolments, [...turn.state.past, { flowId, key, entry, endedAt: turn.now }])
  const change = changeOf(turn, value)
  change.value = { ...value, dueAt: null }
  change.ended = { how, at: turn.now, label }
}

/** Writes a step down. */
export function log(turn: Turn, value: Enrolment, step: Step): void {
  changeOf(turn, value).steps.push(step)
}

function changeOf(turn: Turn, value: Enrolment, isNew = false): Change {
  const known = turn.out.changes.find((it) => isSame(it.value, value))
  if (known) return known
  const made: Change = { value, isNew, ended: null, steps: [] }
  turn.out.changes.push(made)
  return made
}

/** Lines that were there before the turn and are taken back by it. */
function endedBefore({ out, now }: Turn): TurnResult['ended'] {
  if (out.ended.size === 0) return NOTHING
  const made = new Set(out.ledger.map((it) => it.key))
  return [...out.ended.keys()].filter((key) => !made.has(key)).map((key) => ({ key, at: now }))
}

const NOTHING: TurnResult['ended'] = []

/** What the caller gets. */
export function finishTurn(turn: Turn, before: ContactState): TurnResult {
  const { out, state } = turn
  return {
    state: withEnrolments(state, sorted(state.enrolments)),
    personChanged: state.person !== before.person,
    enrolments: out.changes.length < 2 ? out.changes : out.changes.sort((a, b) => inOrder(a.value, b.value)),
    members: out.members.size === 0 ? [] : [...out.members.values()].sort((a, b) => (a.segmentId < b.segmentId ? -1 : 1)),
    events: out.events,
    // What was given and taken back in the same moment was never there.
    ledger: out.ended.size === 0 ? out.ledger : out.ledger.filter((it) => !out.ended.has(it.key)),
    ended: endedBefore(turn),
    sends: out.sends,
    withdrawn: out.withdrawn,
    handoffs: out.handoffs,
    resumed: out.resumed,
    effects: out.effects,
    cancelled: out.cancelled,
    drawn: out.drawn,
    related: out.related,
    deltas: out.deltas,
    refused: out.refused,
  }
}
