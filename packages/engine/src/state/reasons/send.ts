import type { Instant } from '../person.ts'

/** Whether a mail was let through, with all that the gate looked at. */
export type SendReason =
  | { code: 'send.queued'; templateId: string; key: string; gate: GateTrace; held?: HeldTrace | undefined }
  | { code: 'send.not-sent'; templateId: string; ifNotSent: 'skip' | 'port'; gate: GateTrace; held?: HeldTrace | undefined }

/** Somebody stood at the step until the gate opened, or until the hold was over. */
export interface HeldTrace {
  since: Instant
  /** When the hold ends at the latest, pauses of the flow included. */
  until: Instant
  now: Instant
  /** What kept them last. */
  because: string
}

/** What the sending gate looked at, and its verdict. What is absent was not looked at, since nobody asked for it. SEMANTICS 7. */
export interface GateTrace {
  verdict: 'pass' | 'no-address' | 'no-consent' | 'suppressed' | 'marketing-hold' | 'already-had' | 'capped' | 'quiet'
  purpose: 'marketing' | 'transactional'
  address: boolean
  /** To the topic. */
  consent: boolean
  suppressed: string | null
  ownerSide: 'marketing' | 'sales'
  onSalesBehalf: boolean
  /** After a voicemail sales waits until this passage is back: the hold does not count for it. */
  asleep?: true | undefined
  /** Absent: the general one for marketing mail, none for transactional mail. */
  topic?: string | undefined
  /** There where time counts. */
  now?: Instant | undefined
  /** Whether they may get the same mail again, and when they got it last. */
  had?: { again: { when: 'never' } | { when: 'after'; days: number }; last: Instant | null } | undefined
  /** Rolling windows, with the marketing mails in each, the oldest first. */
  caps?: readonly { count: number; hours: number; at: readonly Instant[] }[] | undefined
  quiet?: { from: string; to: string; zone: string; zoneSource: string } | undefined
}
