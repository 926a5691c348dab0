import type { Recurrence } from '@baton/leads'
import type { Actor } from '../input.ts'
import type { FieldValue, Instant } from '../person.ts'
import type { RuleTrace } from '../trace.ts'

/** Why somebody came in. */
export type TriggerReason =
  | { code: 'trigger.segment'; segmentId: string; since: Instant }
  | { code: 'trigger.segment-left'; segmentId: string; at: Instant }
  | { code: 'trigger.event'; eventId: string; type: string; where: RuleTrace[]; occurredAt: Instant }
  /** `from` and `to`: the author's rules for the value before and after, with what they saw. */
  | {
      code: 'trigger.field'
      field: string
      before: FieldValue | number | null
      after: FieldValue | number | null
      from: RuleTrace[]
      to: RuleTrace[]
    }
  /** In hundredths. `byTime`: points aged, nobody gave any. */
  | { code: 'trigger.score'; dimension: string; way: 'up' | 'down'; threshold: number; before: number; after: number; byTime: boolean }
  | {
      code: 'trigger.date'
      field: string
      value: string
      amount: number
      unit: 'hours' | 'days' | 'weeks' | 'months'
      side: 'before' | 'after'
      time: string
      yearly: boolean
      zone: string
      zoneSource: string
      target: Instant
    }
  | { code: 'trigger.schedule'; segmentId: string; every: Recurrence; words: string; zone: string; occurrence: Instant }
  | { code: 'trigger.api'; by: Actor }
  | { code: 'trigger.flow'; flowId: string }
  | { code: 'trigger.manual'; by: Actor }
  | { code: 'trigger.publish'; by: Actor; segmentId: string | null }
