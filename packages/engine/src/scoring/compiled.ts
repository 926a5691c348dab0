import type { CompiledCondition, Reads } from '../condition/compiled.ts'
import type { CompiledWhere } from '../condition/where.ts'

interface ReadyRule {
  id: string
  /** The rule in the form of this version: see `ruleTag`. */
  tag: string
  dimension: string
  /** In hundredths. */
  points: number
}

export interface AttributeRule extends ReadyRule {
  when: CompiledCondition
}

export interface BehaviourRule extends ReadyRule {
  where: CompiledWhere
  atMost: { count: number; ms: number } | null
}

/** A published score model made ready to run. Only `compileScoring` makes these. */
export interface CompiledScoring {
  version: number
  /** By the name under which a rule stands among what is looked at again (`holdId`). */
  attributes: ReadonlyMap<string, AttributeRule>
  /** By event type, in the order of the model. */
  behaviours: ReadonlyMap<string, readonly BehaviourRule[]>
  /** All tags of this version: lines of other rules are of an older model. */
  tags: ReadonlySet<string>
  /** Rules that cannot be read: what they gave stays until they are mended. */
  broken: readonly { rule: string; say: string }[]
}

/** What a look back over the history reads beside what every turn reads: all events that the rules ask for. */
export function historyFor({ reads, scoring }: { reads: Reads; scoring: CompiledScoring | null }): Reads['events'] {
  const all = [...(scoring?.behaviours.keys() ?? [])].map((type) => [type, Number.POSITIVE_INFINITY] as const)
  return new Map([...reads.events, ...all])
}

/** Under which name a rule about the person stands among a contact's rechecks; `!` sorts before every segment. */
export const holdId = (rule: string): string => `!${rule}`
