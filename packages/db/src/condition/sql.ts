import {
  type Catalog,
  type Condition,
  type ConditionIssue,
  isResolvedGroup,
  type ResolvedGroup,
  type ResolvedRule,
  type ResolvedSubject,
  resolveCondition,
  windowMs,
} from '@baton/engine'
import { type SQL, sql } from 'drizzle-orm'
import { comparison } from './comparison.ts'
import {
  type Alias,
  byMachine,
  consentOperand,
  countOperand,
  fieldOperand,
  memberOperand,
  ownerOperand,
  propertyOperand,
  scoreOperand,
  stageOperand,
} from './operand.ts'

/**
 * A condition as a boolean expression over a row of `contact`: TRUE, FALSE, or NULL for unknown, as the engine's closure decides it
 * at `now`. Made of the same resolved form; whatever was typed travels as a parameter. Each hot table is pinned by the
 * contact's bucket.
 * @returns the issues of `resolveCondition` where it does not fit the catalog
 */
export function conditionSql(
  condition: Condition,
  catalog: Catalog,
  at: { now: number; alias?: Alias | undefined },
): { ok: SQL } | { issues: readonly ConditionIssue[] } {
  const resolved = resolveCondition(condition, catalog, 'segment')
  return 'issues' in resolved ? resolved : { ok: group(resolved.ok, at.alias ?? 'c', at.now) }
}

function group(it: ResolvedGroup, alias: Alias, now: number): SQL {
  const parts = it.rules.map((member) => (isResolvedGroup(member) ? group(member, alias, now) : rule(member, alias, now)))
  const joined = sql`(${sql.join(parts, it.combinator === 'and' ? sql` and ` : sql` or `)})`
  return it.not ? sql`(not ${joined})` : joined
}

function rule({ subject, test }: ResolvedRule, alias: Alias, now: number): SQL {
  const type = subject.kind === 'field' && subject.type === 'datetime' ? 'datetime' : 'date'
  return comparison(operand(subject, alias, now), test, type, now)
}

function operand(subject: ResolvedSubject, alias: Alias, now: number): SQL {
  switch (subject.kind) {
    case 'field':
      return fieldOperand(alias, subject)
    case 'score':
      return scoreOperand(alias, subject.dimension)
    case 'segment':
      return memberOperand(alias, subject.segmentId)
    case 'consent':
      return consentOperand(alias, subject.topic)
    case 'stage':
      return stageOperand(alias)
    case 'owner':
      return ownerOperand(alias)
    case 'event': {
      const { window } = subject
      const where = subject.where.map(({ key, test }) => comparison(propertyOperand(key, test), test, 'date', now))
      return countOperand(alias, subject.type, [
        sql`e.at <= ${now}::int8`,
        ...(window.kind === 'days' ? [sql`e.at > ${now - windowMs(window.days)}::int8`] : []),
        ...(subject.machines ? [] : [sql`not ${byMachine}`]),
        ...where,
      ])
    }
  }
}
