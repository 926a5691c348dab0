import type { Sql } from '../../open/handle.ts'
import { takeAway } from './take-away.ts'

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
    `update contact set deleted_at = $3, key = 'removed-' || id, zone = null, owner_id = null, facts = '{"f":{},"k":{},"c":{}}', rev = rev + 1
     where bucket = any($1::smallint[]) and id = any($2::bigint[]) and deleted_at is null returning 1`,
    [...params, at],
  )
  await tx.query('delete from identity where contact_id = any($1::bigint[])', [ids])
  await tx.query(`delete from inbox where ${mine}`, params)
  await tx.query(`delete from dead where ${mine}`, params)
  await tx.query(`delete from parked where ${mine}`, params)
  await tx.query(`delete from event where ${mine}`, params)
  await tx.query(`delete from member where ${mine}`, params)
  await tx.query(`delete from refused where ${mine}`, params)
  await tx.query(`delete from ledger where ${mine}`, params)
  await tx.query(`delete from form_answer where ${mine}`, params)
  await tx.query(`delete from consent_ask where ${mine}`, params)
  await tx.query(`delete from consent_log where ${mine}`, params)
  await tx.query(
    `delete from journal j using enrolment e where e.bucket = any($1::smallint[]) and e.contact_id = any($2::bigint[])
     and j.bucket = e.bucket and j.enrolment_id = e.id`,
    params,
  )
  // The place of somebody who was still inside is counted as left, so that the numbers on the nodes stay true.
  await tx.query(
    `insert into node_delta (bucket, flow_id, node, port, hour, n)
     select bucket, flow_id, node, 'removed', ($3::bigint / 3600000)::int, count(*) from enrolment where ${mine} and gen = 0 group by 1, 2, 3`,
    [...params, at],
  )
  await tx.query(
    `update enrolment set gen = entry, due_at = null, ended_at = $3, end_how = 'removed', vars = '{"visits":{},"here":{},"held":[],"frozenMs":0}',
       rev = rev + 1 where ${mine} and gen = 0`,
    [...params, at],
  )
  await tx.query(
    `update send set status = case when status = 'queued' then 'withdrawn' else status end, to_address = null, subject = null, html = null,
       text = null, next_attempt_at = null where ${mine}`,
    params,
  )
  await tx.query(
    `update effect set status = case when status = 'queued' then 'cancelled' else status end, payload = '{}', answer = null, last_error = null,
       next_attempt_at = null where ${mine}`,
    params,
  )
  await tx.query(`delete from drawn where ${mine}`, params)
  await tx.query(`delete from related where ${mine}`, params)
  await tx.query('delete from notification where contact_id = any($1::bigint[])', [ids])
  await tx.query(
    'delete from team_queue where handoff_id in (select id from handoff where bucket = any($1::smallint[]) and contact_id = any($2::bigint[]))',
    params,
  )
  await tx.query(
    `update handoff set state = 'closed', closed_at = coalesce(closed_at, $3), packet = '{"why":"","fields":{},"scores":{},"note":null}',
       reject_note = null, rev = rev + 1 where ${mine}`,
    [...params, at],
  )
  return gone.length
}
