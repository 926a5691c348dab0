import type { Sql } from '../../open/handle.ts'

/**
 * A batch that has read these people and not yet written them must not write: whoever holds their buckets loses them, and takes them
 * again. Waits for a batch that is being written (its fence holds the rows `for key share`, which only `for update` conflicts with).
 */
export async function takeAway(tx: Sql, ids: readonly number[]): Promise<void> {
  const buckets = [...new Set(ids.map((id) => id % 1024))].sort((a, b) => a - b)
  if (tx.spread) {
    for (const bucket of buckets) await tx.query('select bucket from lease where bucket = $1::smallint for update', [bucket])
  } else await tx.query('select bucket from lease where bucket = any($1::smallint[]) order by bucket for update', [buckets])
  await tx.query(`update lease set owner = '', epoch = epoch + 1, expires_at = 0 where bucket = any($1::smallint[]) and owner <> ''`, [
    buckets,
  ])
}
