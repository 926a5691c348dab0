import { type Catalog, type Condition, type ConditionIssue, dimensionRules } from '@baton/engine'
import type { ScoreGroup } from '@baton/leads'
import { sql } from 'drizzle-orm'
import { scoreOperand } from '../condition/operand.ts'
import { run } from '../condition/run.ts'
import { conditionSql } from '../condition/sql.ts'
import type { Sql } from '../open/handle.ts'
import { present } from './contacts/scope.ts'

export interface ScoreQuestion {
  dimension: string
  /** What is to be told apart: whoever it is not plainly true of counts as not. */
  outcome: Condition
  /** Only of whom this is true; null: everybody. */
  people: Condition | null
  catalog: Catalog
  now: number
}

/** Everybody by the score they have now (in points), with how many of them the outcome is true of. */
export async function scoreGroups(
  to: Sql,
  { dimension, outcome, people, catalog, now }: ScoreQuestion,
): Promise<{ ok: ScoreGroup[] } | { issues: readonly ConditionIssue[] }> {
  const truth = conditionSql(outcome, catalog, { now })
  if ('issues' in truth) return truth
  const among = people && conditionSql(people, catalog, { now })
  if (among && 'issues' in among) return among
  const score = scoreOperand('c', { kind: 'score', dimension, model: dimensionRules(catalog.dimensions, dimension) }, now)
  const asked = among ? sql` and ${among.ok}` : sql``
  return {
    ok: await run<ScoreGroup>(
      to,
      sql`select s.score, count(*)::int as people, count(*) filter (where s.truth)::int as positive
        from (select ${score} as score, (${truth.ok}) is true as truth from contact c where ${present}${asked}) s group by s.score order by s.score`,
    ),
  }
}
