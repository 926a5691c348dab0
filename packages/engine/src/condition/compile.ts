import type { Catalog } from '../catalog.ts'
import type { RuleTrace } from '../state/reason.ts'
import type { CompiledCondition, ConditionScope, Verdict } from './compiled.ts'
import { counterFor, relatedCounterFor } from './count.ts'
import { combine, combineVerdicts, negate } from './kleene.ts'
import { readerFor } from './read.ts'
import { readsOf } from './reads.ts'
import { type ConditionIssue, type ConditionPlace, resolveCondition } from './resolve.ts'
import { isResolvedGroup, type ResolvedGroup, type ResolvedRule } from './resolved.ts'
import type { Condition } from './schema.ts'
import { decide } from './test.ts'
import type { Saw } from './trace.ts'
import { untilOf } from './until.ts'

/** One part of a condition as closures: its verdict, and its verdict with traces appended to `into`. */
interface Part {
  evaluate(scope: ConditionScope): Verdict
  explain(scope: ConditionScope, into: RuleTrace[]): boolean | null
}

/**
 * Makes a condition ready to run: three-valued closures over a contact's state.
 * @param place `segment` refuses what only a passage through a flow has: "since entering", steps passed, values carried
 * @returns all problems, each with its path and words that say what to do, when it does not fit the catalog
 */
export function compileCondition(
  source: Condition,
  catalog: Catalog,
  place: ConditionPlace = 'flow',
): { ok: CompiledCondition } | { issues: readonly ConditionIssue[] } {
  const resolved = resolveCondition(source, catalog, place)
  if ('issues' in resolved) return resolved
  const root = groupPart(resolved.ok, '')
  return {
    ok: {
      evaluate: (scope) => root.evaluate(scope),
      explain(scope) {
        const rules: RuleTrace[] = []
        return { truth: root.explain(scope, rules), rules }
      },
      reads: readsOf(resolved.ok),
    },
  }
}

/** @param within where it stands: the groups around it, each with its place in it, `and/0/` */
function groupPart(group: ResolvedGroup, within: string): Part {
  const parts = group.rules.map((it, i) => {
    const path = `${within}${group.combinator}${group.not ? '!' : ''}/${i}`
    return isResolvedGroup(it) ? groupPart(it, `${path}/`) : rulePart(it, path)
  })
  return {
    evaluate(scope) {
      const verdict = combineVerdicts(group.combinator, parts, scope)
      return group.not ? { truth: negate(verdict.truth), until: verdict.until } : verdict
    },
    explain(scope, into) {
      const truths = parts.map((part) => part.explain(scope, into))
      const truth = combine(group.combinator, truths)
      return group.not ? negate(truth) : truth
    },
  }
}

function rulePart(rule: ResolvedRule, path: string): Part {
  const { subject, test, source } = rule
  const holds = decide(test)
  const trace = (truth: boolean | null, seen: Saw): RuleTrace => ({ rule: source, saw: seen, truth, path })
  if (subject.kind === 'event' || subject.kind === 'related') {
    const counter = subject.kind === 'event' ? counterFor(subject, test) : relatedCounterFor(subject, test)
    return {
      evaluate: (scope) => counter.verdict(scope, holds),
      explain(scope, into) {
        const { value, from, latest } = counter.count(scope)
        const truth = holds(value, scope.now)
        into.push(trace(truth, { value, test, now: scope.now, from, latest }))
        return truth
      },
    }
  }
  const read = readerFor(subject)
  const until = untilOf(subject, test)
  return {
    evaluate(scope) {
      const operand = read(scope)
      return { truth: holds(operand, scope.now), until: until(scope, operand) }
    },
    explain(scope, into) {
      const value = read(scope)
      const truth = holds(value, scope.now)
      const shown = subject.kind === 'field' ? scope.state.person.fields[subject.key] : undefined
      const { now } = scope
      into.push(trace(truth, typeof shown === 'string' ? { value, test, now, shown } : { value, test, now }))
      return truth
    },
  }
}
