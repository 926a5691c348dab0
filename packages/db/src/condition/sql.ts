import {
  type Catalog,
  type Condition,
  type ConditionIssue,
  dateOf,
  dayAt,
  isResolvedGroup,
  type ResolvedGroup,
  type ResolvedProperty,
  type ResolvedRule,
  type ResolvedSubject,
  resolveCondition,
  weekdayOf,
  windowMs,
} from '@baton/engine'
import { type SQL, sql } from 'drizzle-orm'
import { comparison } from './comparison.ts'
import {
  type Alias,
  byMachine,
  consentOperand,
  eventOperand,
  fieldOperand,
  mailableOperand,
  memberOperand,
  ownerOperand,
  passageOperand,
  propertyOperand,
  relatedOperand,
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
      return scoreOperand(alias, subject, now)
    case 'segment':
      return memberOperand(alias, subject.segmentId)
    case 'consent':
      return consentOperand(alias, subject.topic)
    case 'stage':
      return stageOperand(alias)
    case 'owner':
      return ownerOperand(alias)
    case 'mailable':
      return mailableOperand(alias)
    case 'passage':
      return passageOperand(alias, subject)
    case 'today':
      return sql`${dateOf(dayAt(now, subject.zone))}::text`
    case 'weekday':
      return sql`${weekdayOf(dayAt(now, subject.zone))}::text`
    case 'event': {
      const { window } = subject
      return eventOperand(
        alias,
        subject,
        [
          sql`e.at <= ${now}::int8`,
          ...(window.kind === 'days' ? [sql`e.at > ${now - windowMs(window.days)}::int8`] : []),
          ...(subject.machines ? [] : [sql`not ${byMachine}`]),
          ...where(subject.where, 'e', now),
        ],
        now,
      )
    }
    case 'related': {
      const { window } = subject
      const inside = window.kind === 'days' ? [sql`r.at <= ${now}::int8`, sql`r.at > ${now - windowMs(window.days)}::int8`] : []
      return relatedOperand(alias, subject, [...inside, ...where(subject.where, 'r', now)], now)
    }
    case 'journey':
    case 'carried':
      throw new Error(`What a passage has is no column of a contact: ${subject.kind} does not resolve for a segment.`)
  }
}

const where = (rules: readonly ResolvedProperty[], table: 'e' | 'r', now: number) =>
  rules.map(({ key, test }) => comparison(propertyOperand(key, test, table), test, 'date', now))
