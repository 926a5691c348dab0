import type { PassageData } from '../input.ts'
import type { Instant } from '../person.ts'
import type { RuleTrace } from '../trace.ts'

/** What the kinds of the outside world, of chance, of goals and of other flows decided. */
export type ActionReason =
  /** Came to a goal that is true: goes on as reached, or leaves. */
  | { code: 'goal.met'; then: 'leave' | 'jump'; rules: RuleTrace[]; now: Instant; enteredAt: Instant }
  /** Was put here by the goal, and something has changed it back within the same moment. */
  | { code: 'goal.earlier'; now: Instant }
  | { code: 'goal.not-yet'; rules: RuleTrace[]; now: Instant; enteredAt: Instant }
  /** The dice and the shares they fell among; `before` is a way drawn earlier that is no longer there. */
  | { code: 'split.drawn'; way: string; dice: number; ways: { id: string; weight: number }[]; before: string | null }
  /** The way drawn at the first arrival. */
  | { code: 'split.kept'; way: string }
  | { code: 'list.changed'; segmentId: string; on: boolean; was: boolean }
  | { code: 'webhook.answered'; effect: string; status: number; saved: PassageData; missing: string[]; at: Instant }
  | { code: 'webhook.failed'; effect: string; status: number | null; why: string; at: Instant }
  | { code: 'notify.told'; to: { kind: 'user' | 'team'; id: string }; asOwner: boolean; inApp: boolean; email: boolean }
  /** Nobody has this person, and no team was named for that. */
  | { code: 'notify.nobody' }
  | { code: 'throttle.released'; count: number; per: 'minute' | 'hour' | 'day'; arrived: Instant; now: Instant }
  | { code: 'flow.started'; flowId: string; key: string; data: PassageData }
  /** What tells one passage of the other flow from another is missing. */
  | { code: 'flow.not-started'; flowId: string; why: 'no-key' }
