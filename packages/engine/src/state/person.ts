/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

/** The value of a contact's field. Dates are `YYYY-MM-DD`, date-times ISO 8601 in UTC, tags a list of texts. */
export type FieldValue = string | number | boolean | string[]

export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'choice' | 'tags'

/** A field of contacts, as the workspace defines it. */
export interface FieldDefinition {
  key: string
  label: string
  type: FieldType
  options?: readonly string[] | undefined
  /** Known only after the outcome: a rule on it is leakage. */
  afterOutcome?: boolean | undefined
}

export type OwnerSide = 'marketing' | 'sales'
export type Stage = 'name' | 'lead' | 'accepted' | 'opportunity' | 'customer' | 'disqualified' | 'lost'

/** What is known of a contact apart from its history. */
export interface Person {
  id: number
  /** The contact's public key (e-mail, external id): dice and effect keys are made of it, never of the database's id. */
  key: string
  /** The contact's own zone, where known. */
  zone: string | null
  ownerSide: OwnerSide
  ownerId: string | null
  stage: Stage
  fields: Readonly<Record<string, FieldValue>>
  /** Folded copies of the text fields and of tags, made at write (`foldFields`): what comparisons read. */
  folded: Readonly<Record<string, string>>
  /** Topic → consent given. What is absent is no. */
  consent: Readonly<Record<string, boolean>>
  /** Set when mail to this address must stop whatever the consent: bounced, complained, by hand. */
  suppressed: string | null
  createdAt: Instant
  /** Sales gave this person back: no new hand-off before then. */
  restUntil?: Instant | undefined
}

/** Something a contact did, or that happened to it. `baton.*`, `mail.*`, `sales.*` are ours. */
export interface ContactEvent {
  /** Unique per workspace: the client's message id, or the key of the effect that caused it. */
  id: string
  type: string
  props: Readonly<Record<string, unknown>>
  /** When it happened, clock-corrected, never later than received. Conditions and counts use it. */
  occurredAt: Instant
  /** When we got it. Order and step times use it. */
  receivedAt: Instant
  /** Set where a machine (scanner, prefetch) most likely did it: it matches nothing by default. */
  machine?: boolean | undefined
  /** Imported, or late by more than 24 h: it wakes waits but fires no trigger. */
  historic?: boolean | undefined
}

/** A step of a flow that gave points. */
export interface StepCause {
  flowId: string
  node: string
  visit: number
}

/** A rule of the score model, the version that was in force, and what happened; without it the rule is about the person. */
export interface RuleCause {
  ruleId: string
  model: number
  event?: string | undefined
}

/** Sales gave somebody back, and what they had been given until that answer counts so much at most from then on, in hundredths. */
export interface ReturnCause extends StepCause {
  left: number
  answered: Instant
}

/** One line of points, in hundredths. Every line explains itself by its cause. */
export interface LedgerLine {
  key: string
  dimension: string
  points: number
  at: Instant
  rule: string
  cause: StepCause | RuleCause | ReturnCause
  /** Given for as long as a rule about the person holds: it does not age. What was taken back is part of no state. */
  held?: boolean | undefined
  /** Counts from then on only, though it ages since `at`: what a return left of a line. */
  since?: Instant | undefined
}

export type SendStatus = 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'withdrawn'

/** What the gate must know of an earlier mail to this contact. */
export interface SendFact {
  key: string
  templateId: string
  at: Instant
  status: SendStatus
  purpose: 'marketing' | 'transactional'
  /** The topic it went out under; null for what needs none. */
  topic: string | null
}

export type RelatedKind = 'company' | 'opportunity' | 'purchase'

/** This contact's copy of a record it is related to: its company, an opportunity, a purchase. */
export interface RelatedFact {
  kind: RelatedKind
  id: string
  data: Readonly<Record<string, unknown>>
  /** Folded copies of the text properties that folding changes (`foldProps`). */
  folded: Readonly<Record<string, string>> | null
  /** When it was bought, opened …; what windows of time compare. */
  at: Instant
}

/** An open hand-off: the contact is with sales. */
export interface HandoffFact {
  key: string
  teamId: string
  repId: string | null
  /** `sleeping`: after a voicemail, until marketing has had its turn. */
  state: 'routing' | 'assigned' | 'accepted' | 'sleeping'
  /** The how-manieth try to reach them this is, from 1: each voicemail's sleep ends one. */
  attempt: number
  /** The passage that handed over, and the step. */
  enrolment: EnrolmentKey
  node: string
}

/** Which passage of a contact through a flow: by business keys. */
export interface EnrolmentKey {
  flowId: string
  /** The business object (order, booking), or empty. */
  key: string
  /** The how-manieth entry of this contact with this key, from 1. */
  entry: number
}
