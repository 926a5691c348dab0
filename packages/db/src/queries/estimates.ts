import type { Catalog, Condition, ConditionIssue } from '@baton/engine'
import { type SQL, sql } from 'drizzle-orm'
import { run } from '../condition/run.ts'
import { conditionSql } from '../condition/sql.ts'
import type { Sql } from '../open/handle.ts'
import { inScope, present, type Scope } from './contacts/scope.ts'
import { BUCKETS, inTime, sampleOf } from './sampling.ts'

/** What is counted, as of when, among whom. */
export interface Asked {
  scope: Scope
  condition: { of: Condition; catalog: Catalog }
  now: number
}

/** Of the contacts in scope: how many match, how many do not, and for how many a value is missing to tell. */
export interface Verdicts {
  matches: number
  not: number
  unknown: number
}

export interface Estimate extends Verdicts {
  /** `matches` lies within ± this in 95 of 100 cases; 0 where everybody was counted. */
  error: number
  exact: boolean
}

type Issues = { issues: readonly ConditionIssue[] }
const nothing: Verdicts = { matches: 0, not: 0, unknown: 0 }

async function tally(to: Sql, verdict: SQL, scope: Scope, buckets: readonly number[]): Promise<Verdicts> {
  const [row] = await run<Verdicts>(
    to,
    sql`select count(*) filter (where v.truth) as matches, count(*) filter (where not v.truth) as not,
      count(*) filter (where v.truth is null) as unknown
      from (select ${verdict} as truth from contact c
        where c.bucket = any(${sql.param([...buckets])}::smallint[]) and ${present} and ${inScope(scope)}) v`,
  )
  return row ?? nothing
}

const plus = (a: Verdicts, b: Verdicts): Verdicts => ({
  matches: a.matches + b.matches,
  not: a.not + b.not,
  unknown: a.unknown + b.unknown,
})

/**
 * How many match, from whole buckets until the time is up: a uniform sample, since contacts are spread over buckets by a hash. Small
 * workspaces are counted whole.
 * @param within `ms` to spend, and how many buckets at most
 */
export async function estimateVerdicts(
  to: Sql,
  { scope, condition, now }: Asked,
  within: { ms: number; buckets?: number | undefined } = { ms: 200 },
): Promise<Estimate | Issues> {
  const made = conditionSql(condition.of, condition.catalog, { now })
  if ('issues' in made) return made
  let found = nothing
  const done = await inTime(within.ms, within.buckets ?? BUCKETS, async (from, next) => {
    found = plus(found, await tally(to, made.ok, scope, sampleOf(from, next)))
  })
  const share = done / BUCKETS
  const scaled = (n: number) => Math.round(n / share)
  return {
    matches: scaled(found.matches),
    not: scaled(found.not),
    unknown: scaled(found.unknown),
    // Each person is in the sample with the same chance; of nobody found, three would have been likely ("rule of three").
    error: share === 1 ? 0 : Math.ceil(found.matches === 0 ? 3 / share : (1.96 * Math.sqrt(found.matches * (1 - share))) / share),
    exact: share === 1,
  }
}

/**
 * Counts everybody, a portion at a time, so that no statement holds up others for long: from bucket `from` on for about `ms`.
 * @returns the counts of this portion, and the bucket to go on from; null: done
 */
export async function countVerdicts(
  to: Sql,
  { scope, condition, now }: Asked,
  { from, ms }: { from: number; ms: number } = { from: 0, ms: 200 },
): Promise<(Verdicts & { next: number | null }) | Issues> {
  const made = conditionSql(condition.of, condition.catalog, { now })
  if ('issues' in made) return made
  let found = nothing
  const done = await inTime(ms, BUCKETS - from, async (at, next) => {
    const buckets = Array.from({ length: next - at }, (_, i) => from + at + i)
    found = plus(found, await tally(to, made.ok, scope, buckets))
  })
  const next = from + done
  return { ...found, next: next >= BUCKETS ? null : next }
}
