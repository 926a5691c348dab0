import type { Actor } from './input.ts'
import type { Instant } from './person.ts'

/** The verdict of one rule with the operands and values it saw: enough to decide again (SEMANTICS 1.6). */
export interface RuleTrace {
  /** The rule as stored. */
  rule: unknown
  /** What the contact had; null is missing. */
  saw: unknown
  truth: boolean | null
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
      arrived: Instant
      target: Instant
      frozenMs: number
    }
  | {
      code: 'wait.time-of-day'
      time: string
      weekdays: number[]
      zone: string
      zoneSource: string
      arrived: Instant
      target: Instant
      late: 'next' | 'grace' | 'skip'
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
  | { code: 'send.not-sent'; templateId: string; gate: GateTrace }
  | { code: 'handoff.accepted'; handoff: string; by: string; at: Instant }
  | { code: 'handoff.rejected'; handoff: string; by: string; why: string; note: string | null; at: Instant }
  | { code: 'handoff.overflow'; handoff: string; reason: Readonly<Record<string, unknown>> }
  | { code: 'exit'; label: string }
  | { code: 'removed'; by: Actor }
  | { code: 'left-segment'; segmentId: string }
  | { code: 'restarted'; by: Actor }
  | { code: 'flow-stopped' }
  | { code: 'no-way-on'; port: string }
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
