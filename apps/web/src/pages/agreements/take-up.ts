import type { AgreementContent, Catalog, Condition, Rule } from '@baton/engine'
import type { Answers } from '../../shell/api.ts'

type What = Answers['agreements']['suggestions']['rejected']['found'][number]['what']

const OPPOSITE = { lt: 'ge', ge: 'lt', empty: 'not-empty', is: 'is-not' } as const

/** The rule that a trait asks for: leads have it (`wanted`), or do not. */
export function ruleFrom(what: What, wanted: boolean, catalog: Catalog): Rule {
  if (what.of === 'event') {
    const subject = { kind: 'event' as const, type: what.type, where: [], window: { kind: 'days' as const, days: what.days } }
    return wanted ? { subject, op: 'ge', value: 1 } : { subject, op: 'is', value: 0 }
  }
  const subject = { kind: 'field' as const, key: what.key }
  if (what.op === 'empty') return { subject, op: wanted ? 'empty' : 'not-empty' }
  const tags = catalog.fields.find((it) => it.key === what.key)?.type === 'tags'
  if (what.op === 'is' && tags) return { subject, op: wanted ? 'any-of' : 'none-of', value: [String(what.value)] }
  return { subject, op: wanted ? what.op : OPPOSITE[what.op], value: what.value }
}

/** A group with one more rule that must hold as well. */
const also = (group: Condition, rule: Rule): Condition =>
  group.rules.length === 0 || (group.combinator === 'and' && group.not !== true)
    ? { combinator: 'and', rules: [...group.rules, rule] }
    : { combinator: 'and', rules: [group, rule] }

/** An agreement with one more criterion: what people did stands with engagement, what they are with fit. */
export const withRule = (content: AgreementContent, rule: Rule): AgreementContent =>
  rule.subject.kind === 'event' ? { ...content, engagement: also(content.engagement, rule) } : { ...content, fit: also(content.fit, rule) }
