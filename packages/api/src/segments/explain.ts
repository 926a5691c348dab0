import { type Handle, loadStates } from '@baton/db'
import {
  type Catalog,
  type Condition,
  type ConditionIssue,
  compileCondition,
  conditionSentence,
  rule,
  type SentencePart,
  saw,
} from '@baton/engine'

/** What one rule found out about one person. */
export interface ExplainedRule {
  /** The rule read aloud. */
  sentence: SentencePart[]
  truth: boolean | null
  /** What the person has: a text as it stands, a number, yes or no, a count, points; null: nothing. */
  seen: string | number | boolean | null
  /** The groups it stands in with its place in each: `and/0`, `and/1/or!/0`. */
  path: string
}

export interface Explained {
  truth: boolean | null
  /** Until when that holds if nothing happens; null: for ever. */
  until: number | null
  rules: ExplainedRule[]
}

const BUCKETS = 1024

/**
 * Why a contact matches a condition or does not: decided by the engine itself, rule by rule.
 * @returns undefined when there is no such contact
 */
export async function explainFor(
  db: Handle,
  contactId: number,
  { condition, catalog, now }: { condition: Condition; catalog: Catalog; now: number },
): Promise<Explained | { issues: readonly ConditionIssue[] } | undefined> {
  const made = compileCondition(condition, catalog, 'segment')
  if ('issues' in made) return made
  const { reads } = made.ok
  const needs = { events: reads.events, now, horizon: null, mails: new Set<string>(), related: reads.related, drawn: false }
  const state = (await loadStates(db, { kind: 'one', bucket: contactId % BUCKETS }, [contactId], needs)).get(contactId)
  if (!state) return undefined
  const scope = { now, state, enteredAt: null }
  const { until } = made.ok.evaluate(scope)
  const { truth, rules } = made.ok.explain(scope)
  return {
    truth,
    until: Number.isFinite(until) ? until : null,
    rules: rules.map((trace) => {
      const { value, shown } = saw.parse(trace.saw)
      const said = conditionSentence({ combinator: 'and', rules: [rule.parse(trace.rule)] }, catalog)
      return { sentence: said, truth: trace.truth, seen: shown ?? value, path: trace.path ?? '' }
    }),
  }
}
