import { type Asked, askedBy, askedIn } from './asked.ts'
import type { CheckedNode, CheckSubject, Rule } from './subject.ts'
import { listed } from './words.ts'

/**
 * Rules that choose people by a field which is known only after the outcome: a duration of the call that is to be made. What they are worth
 * shows only in hindsight. Goals and rules for leaving wait for an outcome, and may ask for it. E-331.
 */
export const afterOutcome: Rule = (subject) => {
  const late = new Map(subject.catalog.fields.flatMap((it) => (it.afterOutcome ? [[it.key, it.label] as const] : [])))
  if (late.size === 0) return []
  return [...subject.nodes.values()].flatMap((node) => {
    const labels = [...new Set(fieldsAsked(node, subject))].flatMap((key) => late.get(key) ?? [])
    if (labels.length === 0) return []
    const one = labels.length === 1
    return [
      {
        code: 'after-outcome',
        severity: 'warning' as const,
        nodes: [node.id],
        say: `${listed(labels.map((it) => `“${it}”`))} ${one ? 'is' : 'are'} known only after the outcome: nobody has ${one ? 'it' : 'them'} yet who is to be chosen here. Ask for something that is known before.`,
      },
    ]
  })
}

/** Fields by which people are let in, or sent one way at once; also by the segments and agreements that are named. */
function fieldsAsked({ kind, config }: CheckedNode, { catalog }: CheckSubject): string[] {
  const fieldsOf = (asked: readonly Asked[]) => asked.flatMap(({ of }) => (of.kind === 'field' ? [of.id] : []))
  if (kind.category === 'trigger') {
    // Whoever leaves a segment is no longer what it asks for.
    const entered = kind.entrance?.(config)?.segmentId
    const asked = kind.references(config).filter((it) => it.kind !== 'segment' || it.id === entered)
    return fieldsOf(askedBy(asked, catalog))
  }
  const decision = kind.decides?.(config)
  return decision && decision.otherwise !== null ? fieldsOf(askedIn(kind.conditions(config), catalog)) : []
}
