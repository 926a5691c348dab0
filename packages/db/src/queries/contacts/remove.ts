import type { Sql } from '../../open/handle.ts'
import { forgetRows } from './forget.ts'
import { takeAway } from './take-away.ts'

const HOUR = 3_600_000

/**
 * Removes people: their facts, history, reasons and mails are erased, what waits for them is dropped. The row that stays names
 * nobody, so that numbers which were counted stay what they were (SEMANTICS 3).
 * @returns how many were there
 */
export async function removeContacts(tx: Sql, ids: readonly number[], at: number): Promise<number> {
  if (ids.length === 0) return 0
  await takeAway(tx, ids)
  const params = [[...new Set(ids.map((id) => id % 1024))], ids]
  const mine = 'bucket = any($1::smallint[]) and contact_id = any($2::bigint[])'
  const gone = await tx.query(
    `update contact set deleted_at = $3, key = 'removed-' || id::text, zone = null, owner_id = null, facts = '{"f":{},"k":{},"c":{}}', rev = rev + 1
     where bucket = any($1::smallint[]) and id = any($2::bigint[]) and deleted_at is null returning 1`,
    [...params, at],
  )
  // The place of somebody who was still inside is counted as left, so that the numbers on the nodes stay true.
  const inside = await tx.query<{ bucket: number; flow_id: string; node: string; n: number }>(
    `select bucket, flow_id, node, count(*) as n from enrolment where ${mine} and gen = 0 group by 1, 2, 3`,
    params,
  )
  if (inside.length > 0) {
    await tx.query(
      `insert into node_delta (bucket, flow_id, node, port, hour, n)
       select v.bucket, v.flow_id, v.node, 'removed', $2::int, v.n from json_to_recordset($1::json) as v(bucket smallint, flow_id text, node text, n int)`,
      [JSON.stringify(inside), Math.floor(at / HOUR)],
    )
  }
  await tx.query(
    `update enrolment set gen = entry, due_at = null, ended_at = $3, end_how = 'removed', rev = rev + 1 where ${mine} and gen = 0`,
    [...params, at],
  )
  await forgetRows(tx, ids, at)
  return gone.length
}

/** Those who were removed within this time are looked at again. Longer than any request, batch or delivery takes. */
const LATE = 2 * 86_400_000

/**
 * Erases once more what hangs on people who were removed lately: a request that had found them just before may have been stored just
 * after. @returns how many people were looked at
 */
export async function forgetLate(tx: Sql, { now, limit }: { now: number; limit: number }): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    'select id from contact where deleted_at is not null and deleted_at > $1 order by deleted_at desc, id limit $2::int',
    [now - LATE, limit],
  )
  const ids = rows.map((row) => row.id)
  if (ids.length > 0) await forgetRows(tx, ids, now)
  return ids.length
}
