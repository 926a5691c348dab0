import type { Catalog } from '../catalog.ts'
import { type ConditionIssue, resolveCondition } from '../condition/resolve.ts'
import { type Condition, isGroup, type Rule } from '../condition/schema.ts'
import { type AgreementContent, criteriaOf, qualifiesOf } from './content.ts'

/** What keeps an agreement from being signed; none: it can be. Rule AG-3. */
export function agreementProblems(content: AgreementContent, catalog: Catalog): readonly string[] {
  if (criteriaOf(content).length === 0) return ['It says of nobody who qualifies: add a criterion or a threshold.']
  const found = resolveCondition(qualifiesOf(content), catalog, 'segment')
  return 'issues' in found ? [...new Set(found.issues.map((it: ConditionIssue) => it.say))] : []
}

/** Labels of the fields in it that are known only after the outcome: nobody has them yet who is to be chosen. */
export function lateFields(content: AgreementContent, catalog: Catalog): readonly string[] {
  const late = new Map(catalog.fields.flatMap((it) => (it.afterOutcome ? [[it.key, it.label] as const] : [])))
  const keys = (it: Rule | Condition): string[] =>
    isGroup(it) ? it.rules.flatMap(keys) : it.subject.kind === 'field' ? [it.subject.key] : []
  return [...new Set(criteriaOf(content).flatMap(keys))].flatMap((key) => late.get(key) ?? [])
}
