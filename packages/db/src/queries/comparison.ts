import { type Catalog, type PropertyRule, resolveCondition } from '@baton/engine'
import { sql } from 'drizzle-orm'
import { comparison } from '../condition/comparison.ts'
import { byMachine, propertyOperand } from '../condition/operand.ts'
import { run } from '../condition/run.ts'
import type { Sql } from '../open/handle.ts'

const DAY_MS = 86_400_000

/** What became of the people whom chance sent one way. */
export interface WayCount {
  way: string
  people: number
  /** To how many of them it happened in time. */
  converted: number
  /** How many still have time. */
  open: number
}

export interface WayQuery {
  flowId: string
  node: string
  /** What counts as success, within so many days after the draw; null: only people are counted. */
  goal: { type: string; where: readonly PropertyRule[]; days: number } | null
  catalog: Catalog
  now: number
}

/**
 * People by the way that was drawn for them at a step, with how many did what counts as success in time. What machines did counts only
 * where a property asks for it, as in conditions. A goal that cannot be read counts nothing.
 */
export async function countWays(to: Sql, { flowId, node, goal, catalog, now }: WayQuery): Promise<WayCount[]> {
  const deed = goal === null ? undefined : deedSql(goal, catalog, now)
  return run<WayCount>(
    to,
    sql`select d.way, count(*)::int as people, count(*) filter (where ${deed ?? sql`false`})::int as converted,
      count(*) filter (where d.at > ${now - (goal?.days ?? 0) * DAY_MS}::int8)::int as open
      from drawn d where d.flow_id = ${flowId}::text and d.node = ${node}::text group by d.way`,
  )
}

function deedSql({ type, where, days }: NonNullable<WayQuery['goal']>, catalog: Catalog, now: number) {
  const event = { kind: 'event' as const, type, where: [...where], window: { kind: 'ever' as const } }
  const resolved = resolveCondition({ combinator: 'and', rules: [{ subject: event, op: 'ge', value: 1 }] }, catalog, 'segment')
  const rule = 'ok' in resolved ? resolved.ok.rules[0] : undefined
  if (!rule || !('subject' in rule) || rule.subject.kind !== 'event') return undefined
  const fits = [
    ...(rule.subject.machines ? [] : [sql`not ${byMachine}`]),
    ...rule.subject.where.map(({ key, test }) => comparison(propertyOperand(key, test, 'e'), test, 'date', now)),
  ].map((it) => sql` and ${it}`)
  return sql`exists (select 1 from event e where e.bucket = d.bucket and e.contact_id = d.contact_id and e.type = ${type}::text
    and e.at > d.at and e.at <= d.at + ${days * DAY_MS}::int8 and e.at <= ${now}::int8${sql.join(fits)})`
}
