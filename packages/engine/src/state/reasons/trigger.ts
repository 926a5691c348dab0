import type { Actor } from '../input.ts'
import type { Instant } from '../person.ts'
import type { RuleTrace } from '../trace.ts'

/** Why somebody came in. */
export type TriggerReason =
  | { code: 'trigger.segment'; segmentId: string; since: Instant }
  | { code: 'trigger.event'; eventId: string; type: string; where: RuleTrace[]; occurredAt: Instant }
  | { code: 'trigger.manual'; by: Actor }
  | { code: 'trigger.publish'; by: Actor; segmentId: string | null }
