import type { Sql } from '../open/handle.ts'

/** When the oldest item that waits came in; null: none waits. Of each bucket only the first is read: numbers are given in order of arrival. */
export async function inboxItemsOldest(sql: Sql): Promise<number | null> {
  const [row] = await sql.query<{ at: number | null }>(
    sql.spread
      ? 'select min(first.at) as at from (select distinct on (bucket) at from inbox order by bucket, seq) first'
      : `select min(first.at) as at from generate_series(0, 1023) b
         cross join lateral (select i.at from inbox i where i.bucket = b::smallint order by i.seq limit 1) first`,
  )
  return row?.at ?? null
}
