import type { ContactEvent, FieldValue, Instant, RelatedKind } from './person.ts'

/** Who caused something: a person of the workspace, a client's key, an import, a flow. */
export interface Actor {
  kind: 'user' | 'key' | 'import' | 'flow' | 'system'
  id: string
  name?: string | undefined
}

/** What a lead that comes back brings along, as the agreement says; filled in by whoever tells the contact. */
export interface Return {
  /** No new hand-off for so many days. */
  coolOffDays?: number | undefined
  /** What becomes of the score; `cap` in hundredths. As it is where absent. */
  scores?: 'keep' | 'reset' | { cap: number } | undefined
}

/** Who of sales did it. */
export interface ByRep {
  repId: string
  repName: string
}

/**
 * What may happen to a hand-off, told to the contact's inbox by the router, the watch over levels or a rep. `assigned` also after a
 * claw-back, or by a manager's hand. `breached` is no step by itself; with `stays` the rep, who is just writing, has the lead until
 * `taken-back`. `attempted`: somebody tried and did not reach them; by a voicemail
 * the hand-off sleeps where the contract has a loop, until the turn gives it back as `resumed`. The voicemail whose `attempt` is the last
 * that the contract allows (`of`) is followed by `no-response`. `given-back` is back to the router, not to marketing.
 */
export type HandoffNews =
  | ({
      outcome: 'assigned'
      reason: Readonly<Record<string, unknown>>
      deadline?: Instant | null | undefined
      attempt?: number | undefined
    } & ByRep)
  | ({ outcome: 'accepted' } & ByRep)
  | ({ outcome: 'rejected'; why: string; note?: string | undefined; disqualified?: boolean | undefined } & ByRep & Return)
  | { outcome: 'overflow'; reason: Readonly<Record<string, unknown>> }
  | ({ outcome: 'breached'; deadline: Instant; next: 'again' | 'manager' | 'marketing'; stays?: boolean | undefined } & ByRep)
  | ({ outcome: 'taken-back' } & ByRep)
  | ({ outcome: 'no-response'; attempts: number; reason: Readonly<Record<string, unknown>> } & Return)
  | ({ outcome: 'attempted'; how: Attempt; attempt: number; of?: number | undefined } & ByRep)
  | ({ outcome: 'contacted'; how: 'call' | 'mail' | 'meeting' } & ByRep)
  | ({
      outcome: 'opportunity'
      id: string
      name: string
      amount: number | null
      closeOn: string | null
      stage: string
    } & ByRep)
  | ({ outcome: 'converted'; opportunity: string | null; amount: number | null } & ByRep)
  | ({ outcome: 'lost'; why: string; note?: string | undefined; opportunity: string | null } & ByRep & Return)
  | ({ outcome: 'given-back'; note?: string | undefined } & ByRep)

/** How somebody was tried and not reached. */
export type Attempt = 'voicemail' | 'wrong-number' | 'no-answer'

/** What became of something that went out: a webhook was answered or given up, a throttle let the person through. */
export type EffectNews =
  | { outcome: 'answered'; status: number; data: unknown }
  | { outcome: 'failed'; status: number | null; why: string }
  | { outcome: 'released' }

/** Values that a passage carries: set at its entry, or by what a webhook answered. */
export type PassageData = Readonly<Record<string, string | number | boolean>>

/** What becomes of somebody who stands at a node: goes on at another of the new version, leaves, or stays on the old version. */
export type MigrationAnswer = { do: 'go-on'; node: string } | { do: 'leave' } | { do: 'stay' }

/** Whatever may change a contact comes in as one of these, in order of arrival. The only way in (DATA 1). */
export type InboxItem = { at: Instant } & (
  | { kind: 'created'; source: Actor }
  /** null empties the field. */
  | { kind: 'fields'; set: Readonly<Record<string, FieldValue | null>>; source: Actor }
  | { kind: 'consent'; topic: string; given: boolean; source: Actor }
  | { kind: 'suppress'; reason: string | null; source: Actor }
  | { kind: 'event'; event: ContactEvent }
  /** By hand, by an API, by the scan at publish, or at a time of a schedule (`occurrence`): enters at the trigger `node`. */
  | {
      kind: 'enrol'
      flowId: string
      node: string
      key: string
      source: Actor
      data?: PassageData | undefined
      occurrence?: Instant | undefined
    }
  | { kind: 'remove'; flowId: string; key: string; source: Actor }
  | { kind: 'retry'; flowId: string; key: string; source: Actor }
  /** Somebody puts this person at another step of the version it is on. */
  | { kind: 'move'; flowId: string; key: string; node: string; source: Actor }
  /**
   * A new version was published over this person: `answers` by the node they stand at, only those that are not the default (the same
   * node, same visit). Done once per migration. `reverts`: takes that migration back, where no step was taken since.
   */
  | {
      kind: 'migrate'
      flowId: string
      key: string
      migration: string
      to: number
      answers: Readonly<Record<string, MigrationAnswer>>
      reverts?: string | undefined
      source: Actor
    }
  | { kind: 'handoff'; handoff: string; news: HandoffNews }
  | { kind: 'effect'; effect: string; news: EffectNews }
  /** Put on a list by hand, by a program or by a step; or taken off it. */
  | { kind: 'list'; segmentId: string; on: boolean; source: Actor }
  /** A related record as it is now; `data` null: no longer related. `known`: the record changed, and only those it is related to hear of it. */
  | {
      kind: 'related'
      of: RelatedKind
      id: string
      data: Readonly<Record<string, unknown>> | null
      occurredAt: Instant
      known?: boolean | undefined
    }
  /** The contact joined or left a segment. Made by the turn itself, and kept for paused flows; nobody sends it. */
  | { kind: 'segment'; segmentId: string; joined: boolean }
  /** A field got another value, or the points of a dimension changed (hundredths). Made by the turn where a trigger listens; nobody sends it. */
  | { kind: 'changed'; field: string; before: FieldValue | null; after: FieldValue | null }
  | { kind: 'scored'; dimension: string; before: number; after: number }
  /** The score model has changed: bring the points to what it says now. */
  | { kind: 'rescore' }
  /** A condition may have changed by time alone: look again at this segment. `@flow/node`: at the date this trigger fires for. */
  | { kind: 'recheck'; segmentId: string }
)

/** What one contact's turn handles: the items in order of arrival, then the timers due at `now`. */
export interface TurnInput {
  now: Instant
  items: readonly InboxItem[]
}
