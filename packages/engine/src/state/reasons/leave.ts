import type { Actor } from '../input.ts'
import type { Instant } from '../person.ts'
import type { RuleTrace } from '../trace.ts'

/** Why a passage ended, or stood elsewhere, without its node having decided so. */
export type LeaveReason =
  | { code: 'exit'; label: string; finished: boolean }
  | { code: 'removed'; by: Actor }
  | { code: 'left-segment'; segmentId: string }
  /** The flow's own rule for leaving became true. */
  | { code: 'exit-rule'; rules: RuleTrace[]; now: Instant; enteredAt: Instant }
  | { code: 'restarted'; by: Actor }
  | { code: 'flow-stopped' }
  /** A goal became true: the passage ends as reached, or goes on at the goal's node. */
  | { code: 'goal.reached'; goal: string; then: 'leave' | 'jump'; rules: RuleTrace[]; now: Instant; enteredAt: Instant }
  /** Somebody put this person at another step. */
  | { code: 'moved'; to: string; by: Actor }
