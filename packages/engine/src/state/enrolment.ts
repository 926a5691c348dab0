import type { InboxItem, PassageData } from './input.ts'
import type { EnrolmentKey, Instant } from './person.ts'
import type { Reason } from './reason.ts'

/** A contact's passage through a flow: it is at one node at a time. */
export interface Enrolment extends EnrolmentKey {
  /** The database's id; null while it is not stored yet (and always in a simulation). */
  id: number | null
  version: number
  node: string
  nodeSince: Instant
  enteredAt: Instant
  /** When the node wants to be woken by time; null when only something else can wake it. */
  dueAt: Instant | null
  /** Number of steps taken; the next step gets seq + 1. */
  seq: number
  vars: EnrolmentVars
}

export interface EnrolmentVars {
  /** Node id → how many times this enrolment has entered it. */
  visits: Readonly<Record<string, number>>
  /** What the node it is at remembers of this visit (target, zone, hand-off key …); reset at each entry. */
  here: Readonly<Record<string, unknown>>
  /** Items that arrived while the flow was paused or this enrolment parked, in order; handled at resume or retry. */
  held: readonly InboxItem[]
  /** Time of this visit already given back for pauses, in ms. */
  frozenMs: number
  /** Why it came in; kept until the trigger's own step is taken (a paused flow takes it at resume). */
  entered?: Reason | undefined
  /** Id of the event that let it in: "since entering" includes that event. */
  enteredBy?: string | undefined
  /** The segment it came in by, if it was a member then: losing it may mean leaving. */
  segment?: string | undefined
  /** What the passage carries: properties kept at its entry, answers of webhooks. */
  data?: PassageData | undefined
  /** Node ids of the goals it has reached: each once. */
  goals?: readonly string[] | undefined
  /** `node/port` → how often it was left so, of the ways that conditions of its version ask for. */
  took?: Readonly<Record<string, number>> | undefined
  /** Set where a goal or the rule for leaving has to be looked at before the node's own time: then `dueAt` is the earlier of the two. */
  watch?: { due: Instant | null; at: Instant } | undefined
  /** Hand-offs that sleep until it comes back to their node: by key, the node. */
  asleep?: Readonly<Record<string, string>> | undefined
  /** Migrations that moved it, newest last: each is done once. */
  migrations?: readonly string[] | undefined
  /** Where it stood before its last migration: what a migration back needs, while `seq` is still that of the migration's step. */
  before?: BeforeMigration | undefined
  /** Set when a step threw: shown, and retryable. The enrolment stands still; what concerns it is held. */
  parked?: Parked | undefined
}

/** What a passage was before it was moved to another version. */
export interface BeforeMigration {
  migration: string
  version: number
  node: string
  nodeSince: Instant
  here: Readonly<Record<string, unknown>>
  frozenMs: number
  /** The number of the migration's own step. */
  seq: number
}

/** Why an enrolment stands still, and what a retry has to ask again. */
export interface Parked {
  code: 'step-failed' | 'too-many-steps' | 'no-version' | 'no-node'
  message: string
  at: Instant
  during: 'enter' | 'due' | 'wake'
}

/** One step: a node entered and left by a port. */
export interface Step {
  seq: number
  /** When it ran. */
  at: Instant
  /** When it was due, for what waited. */
  due: Instant | null
  node: string
  visit: number
  /** The port it left by; `end` where the passage ended. */
  port: string
  reason: Reason
}
