import type { ContactState } from './contact.ts'
import type { Enrolment, Step } from './enrolment.ts'
import type { ContactEvent, EnrolmentKey, Instant, LedgerLine } from './person.ts'

/** A mail the gate let through: reserved in the same commit as the step. */
export interface SendEffect {
  /** (enrolment, node, visit, ordinal) by business keys: unique for ever. */
  key: string
  templateId: string
  purpose: 'marketing' | 'transactional'
  at: Instant
  enrolment: EnrolmentKey
  version: number
  node: string
}

/** A lead for the router to give to somebody. */
export interface HandoffEffect {
  key: string
  teamId: string
  at: Instant
  enrolment: EnrolmentKey
  version: number
  node: string
  /** What travels with the lead: fields, scores and a summary as they stood. */
  packet: HandoffPacket
}

export interface HandoffPacket {
  why: string
  fields: Readonly<Record<string, unknown>>
  /** Dimension → score in hundredths. */
  scores: Readonly<Record<string, number>>
  note: string | null
}

export type EnrolmentEnd = 'finished' | 'left' | 'removed' | 'restarted' | 'left-segment' | 'flow-stopped' | 'no-way-on'

/** What became of one enrolment in this turn. */
export interface EnrolmentChange {
  value: Enrolment
  isNew: boolean
  /** Set when the passage ended in this turn. */
  ended: { how: EnrolmentEnd; at: Instant; label: string | null } | null
  steps: readonly Step[]
}

/** An enrolment appeared at, or left, a node: what the live counts are made of. `port` is null for an arrival. */
export interface NodeDelta {
  flowId: string
  node: string
  port: string | null
  at: Instant
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
  sends: readonly SendEffect[]
  /** Keys of queued sends that must not go out any more, with the reason. */
  withdrawn: readonly { key: string; why: string }[]
  handoffs: readonly HandoffEffect[]
  deltas: readonly NodeDelta[]
  /** Triggers that matched but did not lead to an entry, for the log. */
  refused: readonly {
    flowId: string
    node: string
    why: 'inside' | 'not-again' | 'not-yet' | 'historic' | 'closed' | 'no-match'
    at: Instant
  }[]
}
