import type { FieldType } from '../state/person.ts'
import type { EventWindow, Rule } from './schema.ts'

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

export type ResolvedSubject =
  | { kind: 'field'; key: string; type: FieldType }
  | { kind: 'score'; dimension: string }
  | { kind: 'segment'; segmentId: string }
  | { kind: 'consent'; topic: string }
  | { kind: 'stage' }
  | { kind: 'owner' }
  | {
      kind: 'event'
      type: string
      where: readonly { key: string; test: PropertyTest }[]
      window: EventWindow
      /** True where a rule asks for the property `machine`: then what machines did counts like the rest. */
      machines: boolean
    }

export type TextOp = 'is' | 'is-not' | 'any-of' | 'none-of' | 'contains' | 'not-contains' | 'starts-with' | 'ends-with' | 'lt' | 'gt'
export type NumberOp = 'is' | 'is-not' | 'any-of' | 'none-of' | 'lt' | 'le' | 'gt' | 'ge' | 'between'

/** A comparison of a known value with what the author typed. What is missing gives unknown, but for `presence`. */
export type Test = PropertyTest | RangeTest | WindowTest

export type PropertyTest =
  | { on: 'presence'; empty: boolean }
  | { on: 'text'; op: TextOp; values: readonly string[] }
  | { on: 'number'; op: NumberOp; values: readonly number[] }
  /** Holds where the value equals `is`. */
  | { on: 'flag'; is: boolean }

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
