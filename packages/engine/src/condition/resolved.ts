import type { DimensionRules } from '@baton/leads'
import type { FieldType, RelatedKind } from '../state/person.ts'
import type { EventMeasure, EventWindow, RelatedMeasure, RelatedWindow, Rule } from './schema.ts'

/**
 * A condition checked against the catalog, with its values in the form in which they are compared: texts folded, days and
 * instants as half-open ranges. The closures of the engine and the SQL of packages/db are both made of this, of nothing else.
 */
export interface ResolvedGroup {
  combinator: 'and' | 'or'
  not: boolean
  rules: readonly (ResolvedRule | ResolvedGroup)[]
}

export interface ResolvedRule {
  subject: ResolvedSubject
  test: Test
  /** The rule as stored, for traces. */
  source: Rule
}

/** A comparison with one property of an event or of a related record. */
export interface ResolvedProperty {
  key: string
  test: PropertyTest
}

export type ResolvedSubject =
  | { kind: 'field'; key: string; type: FieldType }
  /** `model`: how lines decay and what their sum is capped at, from the catalog. */
  | { kind: 'score'; dimension: string; model: DimensionRules }
  | { kind: 'segment'; segmentId: string }
  | { kind: 'consent'; topic: string }
  | { kind: 'mailable' }
  | { kind: 'stage' }
  | { kind: 'owner' }
  | { kind: 'today' | 'weekday'; zone: string }
  | { kind: 'passage'; flowId: string; is: 'now' | 'ever' }
  | { kind: 'journey'; node: string; port: string | null }
  | { kind: 'carried'; key: string; type: 'text' | 'number' | 'boolean' }
  | {
      kind: 'event'
      type: string
      where: readonly ResolvedProperty[]
      window: EventWindow
      measure: EventMeasure
      /** True where a rule asks for the property `machine`: then what machines did counts like the rest. */
      machines: boolean
    }
  | { kind: 'related'; of: RelatedKind; where: readonly ResolvedProperty[]; window: RelatedWindow; measure: RelatedMeasure }

export type TextOp = 'is' | 'is-not' | 'any-of' | 'none-of' | 'contains' | 'not-contains' | 'starts-with' | 'ends-with' | 'lt' | 'gt'
export type TagsOp = 'any-of' | 'none-of' | 'all-of'
export type NumberOp = 'is' | 'is-not' | 'any-of' | 'none-of' | 'lt' | 'le' | 'gt' | 'ge' | 'between'

/** A comparison of a known value with what the author typed. What is missing gives unknown, but for `presence`. */
export type Test = PropertyTest | WindowTest

export type PropertyTest =
  | { on: 'presence'; empty: boolean }
  | { on: 'text'; op: TextOp; values: readonly string[] }
  | { on: 'number'; op: NumberOp; values: readonly number[] }
  /** Holds where the value equals `is`. */
  | { on: 'flag'; is: boolean }
  /** Over the folded copy of a list of tags, `|a|b|`. Who has none has the empty list: never unknown. */
  | { on: 'tags'; op: TagsOp; values: readonly string[] }
  | RangeTest

/** from <= x < to over dates (`YYYY-MM-DD`) or instants (ISO, UTC, ms), as texts; null is open. */
export interface RangeTest {
  on: 'range'
  from: string | null
  to: string | null
}

/** Date: today − days … today, or today … today + days, both included. Instant: (now − days × 24 h, now] or (now, now + days × 24 h]. */
export interface WindowTest {
  on: 'window'
  towards: 'last' | 'next'
  days: number
  /** Whose days: dates are compared with today in the workspace's zone. */
  zone: string
}

/** True for a group, false for a single rule. */
export const isResolvedGroup = (it: ResolvedRule | ResolvedGroup): it is ResolvedGroup => 'combinator' in it
