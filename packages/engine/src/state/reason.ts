import type { Actor } from './input.ts'
import type { Instant } from './person.ts'

/** The verdict of one rule with the operands and values it saw: enough to decide again (SEMANTICS 1.6). */
export interface RuleTrace {
  /** The rule as stored. */
  rule: unknown
  /** What the contact had; null is missing. */
  saw: unknown
  truth: boolean | null
  /** The groups it stands in with its place in each (`and/1/or!/0`), so that traces alone give the whole verdict. */
  path?: string | undefined
}

/** Why a step was taken. A closed list: every code with what it needs to be decided again. */
export type Reason =
  | { code: 'trigger.segment'; segmentId: string; since: Instant }
  | { code: 'trigger.event'; eventId: string; type: string; where: RuleTrace[]; occurredAt: Instant }
  | { code: 'trigger.manual'; by: Actor }
  | { code: 'trigger.publish'; by: Actor; segmentId: string | null }
  | {
      code: 'wait.duration'
      amount: number
      unit: string
      zone: string
      zoneSource: string
      /** The zone in which the local target was fixed; another than `zone` if the person moved meanwhile. */
      arrivedZone: string
      arrived: Instant
      target: Instant
      frozenMs: number
      now: Instant
    }
  | {
      code: 'wait.time-of-day'
      time: string
      weekdays: number[]
      zone: string
      zoneSource: string
      arrivedZone: string
      arrived: Instant
      target: Instant
      /** What the author chose for a late arrival, and for `grace` how many minutes. */
      policy: 'next' | 'grace' | 'skip'
      graceMinutes: number | null
      /** How it came about: waited for the time, or went on at once because it was late. */
      late: 'next' | 'grace' | 'skip'
      now: Instant
    }
  | {
      code: 'branch.case'
      case: string
      cases: { id: string; truth: boolean | null; rules: RuleTrace[] }[]
      now: Instant
      enteredAt: Instant
    }
  | { code: 'branch.otherwise'; cases: { id: string; truth: boolean | null; rules: RuleTrace[] }[]; now: Instant; enteredAt: Instant }
  | { code: 'score.added'; dimension: string; points: number; before: number; after: number }
  | { code: 'field.set'; key: string; before: unknown; after: unknown }
  | { code: 'send.queued'; templateId: string; key: string; gate: GateTrace }
  | { code: 'send.not-sent'; templateId: string; ifNotSent: 'skip' | 'port'; gate: GateTrace }
  | { code: 'handoff.accepted'; handoff: string; by: string; at: Instant }
  | { code: 'handoff.rejected'; handoff: string; by: string; why: string; note: string | null; at: Instant }
  | { code: 'handoff.overflow'; handoff: string; reason: Readonly<Record<string, unknown>> }
  | { code: 'exit'; label: string; finished: boolean }
  | { code: 'removed'; by: Actor }
  | { code: 'left-segment'; segmentId: string }
  | { code: 'restarted'; by: Actor }
  | { code: 'flow-stopped' }
  /** The port it would have left by leads nowhere; `because` is why it would have left. */
  | { code: 'no-way-on'; port: string; because: Reason }
export type ReasonCode = Reason['code']

/** What the sending gate looked at, and its verdict. SEMANTICS 7. */
export interface GateTrace {
  verdict: 'pass' | 'no-address' | 'no-consent' | 'suppressed' | 'marketing-hold'
  purpose: 'marketing' | 'transactional'
  address: boolean
  consent: boolean
  suppressed: string | null
  ownerSide: 'marketing' | 'sales'
  onSalesBehalf: boolean
}
