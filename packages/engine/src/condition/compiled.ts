import type { DimensionModel } from '../catalog.ts'
import type { ContactState } from '../state/contact.ts'
import type { Enrolment } from '../state/enrolment.ts'
import type { Instant } from '../state/person.ts'
import type { RuleTrace } from '../state/reason.ts'

/** What a condition may look at. */
export interface ConditionScope {
  now: Instant
  state: ContactState
  /** For "since entering"; absent outside a flow. */
  enteredAt: Instant | null
  /** The event that let this person in: "since entering" includes it though it occurred before the entry (SEMANTICS 2). */
  enteredBy?: string | null | undefined
  /** Inside a flow: the passage, for what it carries and the ways it took. */
  enrolment?: Enrolment | undefined
  /** In the scope of a step: how scores count, for whoever wants one. Conditions have this in themselves. */
  dimensions?: readonly DimensionModel[] | undefined
}

/** Three-valued (Kleene): null is unknown. `until`: the verdict holds until then if nothing happens (Infinity: for ever). */
export interface Verdict {
  truth: boolean | null
  until: Instant
}

/** What a condition reads, for the reverse index and for loading facts. */
export interface Reads {
  fields: ReadonlySet<string>
  /** Event type → days of history needed (Infinity: all). */
  events: ReadonlyMap<string, number>
  segments: ReadonlySet<string>
  dimensions: ReadonlySet<string>
  stage: boolean
  owner: boolean
  consent: boolean
  /** Kinds of related records. */
  related: ReadonlySet<string>
  /** Flows whose passages count. */
  flows: ReadonlySet<string>
  /** `node/port`: ways of this flow that must be counted. */
  ways: ReadonlySet<string>
}

/** A condition made ready for the engine. Only the compiler makes these. */
export interface CompiledCondition {
  evaluate(scope: ConditionScope): Verdict
  /** The same verdict with what each rule saw. Slower: called for the reason. */
  explain(scope: ConditionScope): { truth: boolean | null; rules: RuleTrace[] }
  reads: Reads
}
