import type { Catalog, Condition, ConditionIssue } from '@baton/engine'
import { type SQL, sql } from 'drizzle-orm'
import { run } from '../condition/run.ts'
import { conditionSql } from '../condition/sql.ts'
import type { Sql } from '../open/handle.ts'
import { inScope, present, type Scope } from './contacts/scope.ts'
import { BUCKETS, inTime, sampleOf } from './sampling.ts'

/** Ordered cases, counted among whom, as of when. */
export interface CasesAsked {
  scope: Scope
  cases: readonly Condition[]
  catalog: Catalog
  now: number
  /** Also how many of each are members of this segment. */
  among: string | null
}

/** How many, and how many of them are in the segment asked for. */
export interface Share {
  all: number
  among: number
}

/** Why a case is not counted. `inside`: it asks for what only people in a flow have; else it is not complete. */
export interface LeftOut {
  inside: boolean
  say: string
}

export interface CasesCounted {
  /** In order; `out`: what keeps a case from being counted, which then matches nobody here. */
  cases: (Share & { out: LeftOut | null })[]
  otherwise: Share
  /** No case is true, and for want of a value one could not be decided. */
  unknown: Share
  total: Share
  /** Where to go on, 0 to 1024: who was counted up to there is a uniform sample. Null: everybody was counted. */
  next: number | null
}

interface Row {
  at: number
  all: number
  among: number
}

const OTHERWISE = -1
const UNKNOWN = -2
const nobody: Share = { all: 0, among: 0 }

/** `t0`, `t1` …: the verdicts; the first that is true decides. */
function verdictOf(made: readonly SQL[]): { columns: SQL; at: SQL } {
  const name = (i: number) => sql.raw(`t${i}`)
  const columns = made.map((it, i) => sql`${it} as ${name(i)}`)
  const taken = made.map((_, i) => sql`when t.${name(i)} then ${sql.raw(String(i))}`)
  const open = made.map((_, i) => sql`t.${name(i)} is null`)
  const at = sql`case ${sql.join(taken, sql` `)} when ${sql.join(open, sql` or `)} then ${sql.raw(String(UNKNOWN))} else ${sql.raw(String(OTHERWISE))} end`
  return { columns: sql.join(columns, sql`, `), at }
}

const memberOf = (segmentId: string): Condition => ({ combinator: 'and', rules: [{ subject: { kind: 'segment', segmentId }, op: 'is' }] })

const leftOut = (issues: readonly ConditionIssue[]): LeftOut => ({
  inside: issues.every((it) => it.code === 'condition.place' || it.code === 'condition.window'),
  say: issues[0]?.say ?? 'It is not complete.',
})

/**
 * Which way of a branch each contact would go now: the first case that is true, else otherwise. A portion at a time, from place `from` of the
 * sample on for about `ms`, so that no statement holds up others for long: add the portions up. Cases that ask for something only a passage
 * has are left out, and say so.
 */
export async function countCases(
  to: Sql,
  { scope, cases, catalog, now, among }: CasesAsked,
  { from: start, ms }: { from: number; ms: number },
): Promise<CasesCounted> {
  const read = cases.map((it) => conditionSql(it, catalog, { now }))
  const made = read.flatMap((it) => ('ok' in it ? [it.ok] : []))
  const member = among === null ? undefined : conditionSql(memberOf(among), catalog, { now })
  const inside = member && 'ok' in member ? member.ok : sql`false`
  const { columns, at } = made.length === 0 ? { columns: sql`1 as t0`, at: sql`${sql.raw(String(OTHERWISE))}` } : verdictOf(made)
  const found = new Map<number, Share>()
  const done = await inTime(ms, BUCKETS - start, async (from, next) => {
    const rows = await run<Row>(
      to,
      sql`select v.at, count(*) as all, count(*) filter (where v.inside) as among
        from (select ${at} as at, t.inside
          from (select ${columns}, ${inside} as inside from contact c
            where c.bucket = any(${sql.param(sampleOf(start + from, start + next))}::smallint[]) and ${present} and ${inScope(scope)}) t) v
        group by v.at`,
    )
    for (const row of rows) {
      const was = found.get(row.at) ?? nobody
      found.set(row.at, { all: was.all + row.all, among: was.among + row.among })
    }
  })
  const share = (key: number) => found.get(key) ?? nobody
  let counted = 0
  return {
    cases: read.map((it) => ('ok' in it ? { ...share(counted++), out: null } : { ...nobody, out: leftOut(it.issues) })),
    otherwise: share(OTHERWISE),
    unknown: share(UNKNOWN),
    total: [...found.values()].reduce((sum, it) => ({ all: sum.all + it.all, among: sum.among + it.among }), nobody),
    next: start + done >= BUCKETS ? null : start + done,
  }
}
