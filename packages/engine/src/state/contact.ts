import type { Enrolment } from './enrolment.ts'
import type { ContactEvent, EnrolmentKey, HandoffFact, Instant, LedgerLine, Person, RelatedFact, SendFact } from './person.ts'

/** Everything a turn of one contact may read, and what it leaves behind. Facts are as of the step. */
export interface ContactState {
  person: Person
  /** Live enrolments only. */
  enrolments: readonly Enrolment[]
  /** How often each (flow, key) was entered, and when the last passage ended. */
  past: readonly (EnrolmentKey & { endedAt: Instant })[]
  /** Segment id → since when. */
  members: Readonly<Record<string, Instant>>
  /** Segment id → when its condition must be looked at again though nothing happened. */
  rechecks: Readonly<Record<string, Instant>>
  /** Events of the types the plan reads. */
  events: readonly ContactEvent[]
  ledger: readonly LedgerLine[]
  sends: readonly SendFact[]
  handoffs: readonly HandoffFact[]
  /** Company, opportunities, purchases of the kinds the plan reads; by kind, then id. */
  related: readonly RelatedFact[]
  /** `flow/node` → the way a split drew, kept from the first arrival on; drawn anew when the split has that way no longer. */
  drawn: Readonly<Record<string, string>>
}
