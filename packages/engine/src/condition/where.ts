import { fold } from '@baton/leads'
import type { ContactEvent } from '../state/person.ts'
import type { RuleTrace } from '../state/reason.ts'
import { property } from './count.ts'
import { combine } from './kleene.ts'
import type { ConditionIssue } from './resolve.ts'
import type { PropertyRule } from './schema.ts'
import { decide, readProperty } from './test.ts'
import type { Saw } from './trace.ts'
import { propertyTestFor } from './values.ts'

/** Comparisons of one event's properties, all of which must hold; for triggers and waits. */
export interface CompiledWhere {
  /** What a machine did matches only where a rule asks for `machine`; what is unknown does not match. */
  matches(event: ContactEvent): boolean
  /** A trace per comparison; `recomputeTruth` decides them again. */
  explain(event: ContactEvent): RuleTrace[]
}

/** Makes property comparisons ready to run, or says what to do about each that does not fit; paths as `0.value`. */
export function compileWhere(where: readonly PropertyRule[]): { ok: CompiledWhere } | { issues: readonly ConditionIssue[] } {
  const issues: ConditionIssue[] = []
  const rules = where.flatMap((rule, i) => {
    const parsed = propertyTestFor(rule.op, rule.value)
    if ('test' in parsed) return [{ rule, test: parsed.test, holds: decide(parsed.test) }]
    issues.push({ code: 'condition.value', severity: 'error', path: `${i}.value`, say: parsed.say })
    return []
  })
  if (issues.length > 0) return { issues }
  const machines = where.some((it) => it.key === 'machine')
  const explain = (event: ContactEvent) =>
    rules.map(({ rule, test, holds }, i): RuleTrace => {
      const value = readProperty(test, property(event, rule.key), fold)
      const seen: Saw = { value, test, now: event.occurredAt }
      return { rule, saw: seen, truth: holds(value, event.occurredAt), path: `and/${i}` }
    })
  return {
    ok: {
      matches(event) {
        if (event.machine === true && !machines) return false
        const truths = rules.map(({ rule, test, holds }) => holds(readProperty(test, property(event, rule.key), fold), event.occurredAt))
        return combine('and', truths) === true
      },
      explain,
    },
  }
}
