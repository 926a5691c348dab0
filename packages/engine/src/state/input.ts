import type { ContactEvent, FieldValue, Instant } from './person.ts'

/** Who caused something: a person of the workspace, a client's key, an import, a flow. */
export interface Actor {
  kind: 'user' | 'key' | 'import' | 'flow' | 'system'
  id: string
  name?: string | undefined
}

/** What may happen to a hand-off, told to the contact's inbox by the router or a rep. */
export type HandoffNews =
  | { outcome: 'assigned'; repId: string; repName: string; reason: Readonly<Record<string, unknown>> }
  | { outcome: 'accepted'; repId: string; repName: string }
  | { outcome: 'rejected'; repId: string; repName: string; why: string; note?: string | undefined }
  | { outcome: 'overflow'; reason: Readonly<Record<string, unknown>> }

/** Whatever may change a contact comes in as one of these, in order of arrival. The only way in (DATA 1). */
export type InboxItem = { at: Instant } & (
  | { kind: 'created'; source: Actor }
  /** null empties the field. */
  | { kind: 'fields'; set: Readonly<Record<string, FieldValue | null>>; source: Actor }
  | { kind: 'consent'; topic: string; given: boolean; source: Actor }
  | { kind: 'suppress'; reason: string | null; source: Actor }
  | { kind: 'event'; event: ContactEvent }
  /** By hand, by an API, or by the scan at publish: enters at the trigger `node`. */
  | { kind: 'enrol'; flowId: string; node: string; key: string; source: Actor }
  | { kind: 'remove'; flowId: string; key: string; source: Actor }
  | { kind: 'retry'; flowId: string; key: string; source: Actor }
  | { kind: 'handoff'; handoff: string; news: HandoffNews }
  /** The contact joined or left a segment. Made by the turn itself, and kept for paused flows; nobody sends it. */
  | { kind: 'segment'; segmentId: string; joined: boolean }
  /** A condition may have changed by time alone: look again at this segment. */
  | { kind: 'recheck'; segmentId: string }
)

/** What one contact's turn handles: the items in order of arrival, then the timers due at `now`. */
export interface TurnInput {
  now: Instant
  items: readonly InboxItem[]
}
