import type { Return } from '../input.ts'
import type { Instant } from '../person.ts'
import type { RuleTrace } from '../trace.ts'

/** How this passage came to the hand-off. */
interface Way {
  handoff: string
  /** Sales had the person already: it waited for the same answer. */
  joined?: true | undefined
  /** It waited until then before it handed over: sales had given the person back. */
  restedUntil?: Instant | undefined
}

/** Which of the two the node waits for. */
type LeaveAt = 'first-answer' | 'final-outcome'

/** What became of a hand-off, or why there was none. */
export type HandoffReason =
  | ({ code: 'handoff.accepted'; by: string; at: Instant } & Way)
  /** `way`: the further way whose reasons have this one. */
  | ({
      code: 'handoff.rejected'
      by: string
      why: string
      note: string | null
      at: Instant
      disqualified?: true | undefined
      way?: { id: string; reasons: readonly string[] } | undefined
      back?: Return | undefined
    } & Way)
  | ({ code: 'handoff.overflow'; reason: Readonly<Record<string, unknown>> } & Way)
  /** `offered`: whether the node has a way for it; else it is the way of an overflow. */
  | ({
      code: 'handoff.no-response'
      attempts: number
      reason: Readonly<Record<string, unknown>>
      at: Instant
      offered: boolean
      back?: Return | undefined
    } & Way)
  /** The how-manieth try it was, of how many. */
  | ({ code: 'handoff.voicemail'; by: string; attempt: number; of: number; at: Instant } & Way)
  | ({
      code: 'handoff.converted'
      by: string
      opportunity: string | null
      amount: number | null
      at: Instant
      leaveAt: LeaveAt
    } & Way)
  | ({
      code: 'handoff.lost'
      by: string
      why: string
      note: string | null
      opportunity: string | null
      at: Instant
      leaveAt: LeaveAt
      back?: Return | undefined
    } & Way)
  /** They do not meet what was agreed on: every rule with what it saw. */
  | {
      code: 'handoff.not-qualified'
      agreement: { id: string; version: number }
      rules: readonly RuleTrace[]
      now: Instant
      enteredAt: Instant
      restedUntil?: Instant | undefined
    }
