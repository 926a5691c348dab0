import type { ContactState } from './contact.ts'
import type { HandoffContract } from './contract.ts'
import type { Enrolment, Step } from './enrolment.ts'
import type { ContactEvent, EnrolmentKey, Instant, LedgerLine, RelatedFact, RelatedKind } from './person.ts'

/** A mail the gate let through: reserved in the same commit as the step. */
export interface SendEffect {
  /** (enrolment, node, visit, ordinal) by business keys: unique for ever. */
  key: string
  templateId: string
  purpose: 'marketing' | 'transactional'
  topic: string | null
  at: Instant
  enrolment: EnrolmentKey
  version: number
  node: string
}

/** Something for the outside world that is no mail and no lead: a webhook, a note to a user, a place in a throttle's line. */
export interface OutgoingEffect {
  key: string
  kind: 'webhook' | 'notify' | 'throttle'
  at: Instant
  enrolment: EnrolmentKey
  version: number
  node: string
  /** What the kind of effect needs: see the schemas of `webhook`, `notify` and `throttle`. */
  payload: Readonly<Record<string, unknown>>
}

/** A lead for the router to give to somebody; where `joins` is there, one more reason to call whom sales has already. */
export interface HandoffEffect {
  key: string
  teamId: string
  at: Instant
  enrolment: EnrolmentKey
  version: number
  node: string
  /** What travels with the lead: fields, scores and a summary as they stood. */
  packet: HandoffPacket
  contract: HandoffContract
  /** The open hand-off of this contact that it joins: no new one is made, its owner is told. */
  joins?: string | undefined
}

export interface HandoffPacket {
  why: string
  fields: Readonly<Record<string, unknown>>
  /** Dimension → score in hundredths. */
  scores: Readonly<Record<string, number>>
  note: string | null
}

export type EnrolmentEnd =
  | 'finished'
  | 'left'
  | 'reached'
  | 'removed'
  | 'restarted'
  | 'left-segment'
  | 'exit-rule'
  | 'flow-stopped'
  | 'no-way-on'
  | 'migrated'
  | 'merged'
  | 'dropped'

/** What became of one enrolment in this turn. */
export interface EnrolmentChange {
  value: Enrolment
  isNew: boolean
  /** Set when the passage ended in this turn. */
  ended: { how: EnrolmentEnd; at: Instant; label: string | null } | null
  steps: readonly Step[]
}

/** The port of a delta that counts neither an arrival nor a leaving, but a decision for which a value was missing. E-61. */
export const UNDECIDED = '?'

/**
 * An enrolment appeared at, or left, a node: what the live counts are made of. `port` is null for an arrival; what is counted under
 * `UNDECIDED` is no movement, so every sum of people leaves it out.
 */
export interface NodeDelta {
  flowId: string
  node: string
  port: string | null
  at: Instant
}

export interface RelatedChange {
  kind: RelatedKind
  id: string
  record: RelatedFact | null
  known: boolean
}

/** Everything one turn of one contact changed. The runner stores it in one transaction; a simulation keeps `state`. */
export interface TurnResult {
  state: ContactState
  personChanged: boolean
  enrolments: readonly EnrolmentChange[]
  members: readonly { segmentId: string; since: Instant | null; recheckAt: Instant | null }[]
  /** Derived events (`baton.*`, `sales.*`) that belong to the contact's history. */
  events: readonly ContactEvent[]
  ledger: readonly LedgerLine[]
  /** Keys of lines that were taken back, and when: they count no longer. */
  ended: readonly { key: string; at: Instant }[]
  sends: readonly SendEffect[]
  /** Keys of queued sends that must not go out any more, with the reason. */
  withdrawn: readonly { key: string; why: string }[]
  handoffs: readonly HandoffEffect[]
  /** Hand-offs that slept and are awake again with their rep, as attempt so-and-so. */
  resumed: readonly { key: string; at: Instant; attempt: number }[]
  effects: readonly OutgoingEffect[]
  /** Passages that were closed, by what their effects' keys begin with: what has not gone out must not go out any more. */
  cancelled: readonly string[]
  /** Ways drawn by splits in this turn, to be kept for as long as the split has them. */
  drawn: readonly { flowId: string; node: string; way: string; at: Instant }[]
  /** Records that became related, changed (`known`: only where they are related), or are related no longer (null); in order. */
  related: readonly RelatedChange[]
  deltas: readonly NodeDelta[]
  /** Triggers that matched but did not lead to an entry, for the log. */
  refused: readonly {
    flowId: string
    node: string
    why: 'inside' | 'not-again' | 'not-yet' | 'too-often' | 'historic' | 'closed' | 'no-match' | 'not-in-roll-out'
    at: Instant
  }[]
}
