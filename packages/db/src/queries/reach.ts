import type { Handle, Sql } from '../open/handle.ts'
import type { Lane } from './turns/lane.ts'

/** A transaction, or a whole database, which knows the shortest way to a bucket. */
export type Reach = Sql | Handle

/** Where a statement about one bucket is best sent. */
export const nearest = (sql: Reach, bucket: number): Sql => ('near' in sql ? sql.near(bucket) : sql)

/**
 * Rows by the lanes of the statements about them: on one machine all in the lane given; on a database spread over machines each bucket by
 * itself, so that every statement finds its machine.
 */
export function byLane<T extends { bucket: number }>(sql: Sql, lane: Lane, rows: readonly T[]): [Lane, readonly T[]][] {
  if (!sql.spread || lane.kind === 'one') return rows.length > 0 ? [[lane, rows]] : []
  const buckets = new Map<number, T[]>()
  for (const row of rows) buckets.set(row.bucket, [...(buckets.get(row.bucket) ?? []), row])
  return [...buckets].sort(([a], [b]) => a - b).map(([bucket, own]) => [{ kind: 'one', bucket }, own])
}

/**
 * Claims, bucket by bucket, from where most is due: rows can be locked on one machine at a time only.
 * @param claim takes at most `limit` of a bucket
 */
export async function claimByBucket<T>(
  sql: Reach,
  due: readonly number[],
  limit: number,
  claim: (near: Sql, lane: Lane, limit: number) => Promise<readonly T[]>,
): Promise<T[]> {
  const all: T[] = []
  for (const bucket of due) {
    if (all.length >= limit) break
    all.push(...(await claim(nearest(sql, bucket), { kind: 'one', bucket }, limit - all.length)))
  }
  return all
}
