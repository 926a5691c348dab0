import type { ConditionScope, Verdict } from './compiled.ts'

/** Not: unknown stays unknown. */
export const negate = (truth: boolean | null) => (truth === null ? null : !truth)

/** And / or over three values. An empty `and` is true, an empty `or` false. */
export function combine(combinator: 'and' | 'or', truths: Iterable<boolean | null>): boolean | null {
  const decisive = combinator === 'or'
  let result: boolean | null = !decisive
  for (const truth of truths) {
    if (truth === decisive) return decisive
    if (truth === null) result = null
  }
  return result
}

/**
 * The same over verdicts. One decisive part is enough, so the whole holds as long as the longest of them; without one it holds
 * only as long as all parts do. Parts after one that decides for ever are not asked.
 */
export function combineVerdicts(
  combinator: 'and' | 'or',
  parts: readonly { evaluate(scope: ConditionScope): Verdict }[],
  scope: ConditionScope,
): Verdict {
  const decisive = combinator === 'or'
  let truth: boolean | null = !decisive
  let decided = Number.NEGATIVE_INFINITY
  let shortest = Number.POSITIVE_INFINITY
  for (const part of parts) {
    const verdict = part.evaluate(scope)
    if (verdict.truth === decisive) {
      if (verdict.until === Number.POSITIVE_INFINITY) return verdict
      decided = Math.max(decided, verdict.until)
    } else {
      if (verdict.truth === null) truth = null
      shortest = Math.min(shortest, verdict.until)
    }
  }
  return decided === Number.NEGATIVE_INFINITY ? { truth, until: shortest } : { truth: decisive, until: decided }
}
