import type { Merged } from '@baton/engine'
import { getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { bucketOfId, type Ids } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'
import { effect } from '../../schema/effect.ts'
import { consentAsk } from '../../schema/form.ts'
import { handoff, handoffLog, leadDraft } from '../../schema/handoff.ts'
import { send, sendLink } from '../../schema/send.ts'
import { asRecords, copied, type NewId, noteMoved, type Pair } from './move.ts'
import type { Prefix } from './passages.ts'

/** The number of a passage after the merge. */
export type EntryOf = (passage: { flowId: string; key: string; entry: number }) => number

/** Copies rows under new ids of the survivor's bucket, with the new number of their passage, and drops the old ones. */
async function renew(tx: Sql, ids: Ids, table: PgTable, { survivor, loser }: Pair, entryOf: EntryOf): Promise<NewId[]> {
  const name = getTableName(table)
  const from = bucketOfId(loser)
  const rows = await tx.query<{ id: number; flowId: string; key: string; entry: number }>(
    `select id, flow_id as "flowId", object_key as key, entry from ${name} where bucket = $1::smallint and contact_id = $2 order by id`,
    [from, loser],
  )
  if (rows.length === 0) return []
  const taken = await ids.take(
    rows.map(() => bucketOfId(survivor)),
    tx,
  )
  const renewed = rows.map((row, i) => ({ id: row.id, newId: taken[i] ?? 0, entry: entryOf(row) }))
  const { into, values } = copied(table, 'gone', { bucket: '$3::smallint', contact_id: '$4::bigint', id: 'v."newId"', entry: 'v.entry' })
  await tx.query(
    `with gone as (delete from ${name} where bucket = $2::smallint and contact_id = $5 returning *)
     insert into ${name} (${into}) select ${values}
     from gone join json_to_recordset($1::json) as v(id bigint, "newId" bigint, entry integer) on v.id = gone.id`,
    [asRecords(renewed), from, bucketOfId(survivor), survivor, loser],
  )
  return renewed
}

/** Mails with their links and the questions they carry. What is queued follows its passage, or is taken back with it. */
export async function moveMails(
  tx: Sql,
  ids: Ids,
  pair: Pair,
  { entryOf, prefixes }: { entryOf: EntryOf; prefixes: readonly Prefix[] },
): Promise<void> {
  const renewed = await renew(tx, ids, send, pair, entryOf)
  const params = [asRecords(renewed), bucketOfId(pair.loser), bucketOfId(pair.survivor)]
  const source = 'json_to_recordset($1::json) as v(id bigint, "newId" bigint)'
  if (renewed.length > 0) {
    const links = copied(sendLink, 'l', { bucket: '$3::smallint', send_id: 'v."newId"' })
    await tx.query(
      `insert into send_link (${links.into}) select ${links.values} from ${source} join send_link l on l.bucket = $2::smallint and l.send_id = v.id`,
      params,
    )
    await tx.query('delete from send_link where bucket = $1::smallint and send_id = any($2::bigint[])', [
      bucketOfId(pair.loser),
      renewed.map((row) => row.id),
    ])
    // A question has the id of its mail.
    const asks = copied(consentAsk, 'gone', { bucket: '$3::smallint', contact_id: '$4::bigint', id: 'v."newId"' })
    await tx.query(
      `with gone as (delete from consent_ask where bucket = $2::smallint and contact_id = $5 returning *)
       insert into consent_ask (${asks.into}) select ${asks.values} from gone join ${source} on v.id = gone.id`,
      [...params, pair.survivor, pair.loser],
    )
    await tx.query(`update send set claimed_by = null, claimed_until = null where bucket = $1::smallint and id = any($2::bigint[])`, [
      bucketOfId(pair.survivor),
      renewed.map((row) => row.newId),
    ])
    await noteMoved(tx, renewed)
  }
  for (const { from, to, closes } of prefixes) {
    await tx.query(
      closes
        ? `update send set status = 'withdrawn', last_error = 'merged', next_attempt_at = null
           where bucket = $1::smallint and contact_id = $2 and status = 'queued' and starts_with(key, $3) and $4::text is not null`
        : `update send set key = $4 || substr(key, length($3) + 1)
           where bucket = $1::smallint and contact_id = $2 and status = 'queued' and starts_with(key, $3) and $3 <> $4`,
      [bucketOfId(pair.survivor), pair.survivor, from, to],
    )
  }
}

/** Calls of web addresses, notes and places in line keep their keys: what comes back names them. */
export async function moveEffects(
  tx: Sql,
  ids: Ids,
  pair: Pair,
  { entryOf, prefixes, now }: { entryOf: EntryOf; prefixes: readonly Prefix[]; now: number },
): Promise<void> {
  await renew(tx, ids, effect, pair, entryOf)
  for (const { from, closes } of prefixes) {
    if (!closes) continue
    await tx.query(
      `update effect set status = 'cancelled', ended_at = $4, next_attempt_at = null
       where bucket = $1::smallint and contact_id = $2 and status = 'queued' and starts_with(key, $3)`,
      [bucketOfId(pair.survivor), pair.survivor, from, now],
    )
  }
  await tx.query('update notification set contact_id = $2 where contact_id = $1', [pair.loser, pair.survivor])
}

/** Leads with sales; one that joined another is over. */
export async function moveHandoffs(
  tx: Sql,
  ids: Ids,
  pair: Pair,
  { entryOf, joined, now }: { entryOf: EntryOf; joined: Merged['joined']; now: number },
): Promise<void> {
  const renewed = await renew(tx, ids, handoff, pair, entryOf)
  await noteMoved(tx, renewed)
  await moveLeadRows(tx, pair, renewed)
  for (const { id, newId } of renewed) await tx.query('update team_queue set handoff_id = $2 where handoff_id = $1', [id, newId])
  if (joined.length === 0) return
  const over = await tx.query<{ id: number }>(
    `update handoff set state = 'closed', known_state = 'closed', outcome = 'closed', closed_at = $3, deadline = null, next_look = null,
       manager_queue = false, rev = rev + 1 where bucket = $1::smallint and contact_id = $4 and key = any($2::text[]) returning id`,
    [bucketOfId(pair.survivor), joined.map((it) => it.key), now, pair.survivor],
  )
  await tx.query('delete from team_queue where handoff_id = any($1::bigint[])', [over.map((row) => row.id)])
}

/** What hangs on leads: their log and the mails that are not sent yet. */
async function moveLeadRows(tx: Sql, { survivor, loser }: Pair, renewed: readonly NewId[]): Promise<void> {
  if (renewed.length === 0) return
  const source = 'json_to_recordset($1::json) as v(id bigint, "newId" bigint)'
  const params = [asRecords(renewed), bucketOfId(loser), bucketOfId(survivor)]
  const lines = copied(handoffLog, 'gone', { bucket: '$3::smallint', contact_id: '$4::bigint', handoff_id: 'v."newId"' })
  await tx.query(
    `with gone as (delete from handoff_log where bucket = $2::smallint and contact_id = $5 returning *)
     insert into handoff_log (${lines.into}) select ${lines.values} from gone join ${source} on v.id = gone.handoff_id`,
    [...params, survivor, loser],
  )
  const drafts = copied(leadDraft, 'd', { bucket: '$3::smallint', handoff_id: 'v."newId"' })
  await tx.query(
    `insert into lead_draft (${drafts.into}) select ${drafts.values} from ${source} join lead_draft d on d.bucket = $2::smallint and d.handoff_id = v.id`,
    params,
  )
  await tx.query('delete from lead_draft where bucket = $1::smallint and handoff_id = any($2::bigint[])', [
    bucketOfId(loser),
    renewed.map((row) => row.id),
  ])
}
