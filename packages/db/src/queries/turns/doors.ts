import { foldProps, type InboxItem } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'

/**
 * Tells contacts' inboxes: the only way in. Events are appended to the history in the same go. Call `ensureMonths` for the events'
 * `occurredAt` before the transaction, and nudge the runner after it.
 * @returns the numbers given, in order
 */
export async function appendItems(tx: Sql, entries: readonly { contactId: number; item: InboxItem }[]): Promise<number[]> {
  if (entries.length === 0) return []
  const seqs = await tx.query<{ seq: number }>(`select nextval('inbox_seq') as seq from generate_series(1, $1::int)`, [entries.length])
  const rows = entries.map(({ contactId, item }, i) => ({
    bucket: contactId % 1024,
    seq: seqs[i]?.seq,
    contact_id: contactId,
    kind: item.kind,
    payload: item,
    at: item.at,
  }))
  const events = rows.flatMap(({ payload, ...row }) =>
    payload.kind === 'event'
      ? [
          {
            ...row,
            id: payload.event.id,
            type: payload.event.type,
            props: payload.event.props,
            folded: foldProps(payload.event.props),
            at: payload.event.occurredAt,
            received_at: payload.event.receivedAt,
            origin: `${payload.event.machine ? 'm' : ''}${payload.event.historic ? 'h' : ''}`,
          },
        ]
      : [],
  )
  if (events.length > 0) {
    await tx.query(
      `insert into event (bucket, at, id, contact_id, type, props, folded, received_at, seq, origin)
       select v.bucket, v.at, v.id, v.contact_id, v.type, v.props, v.folded, v.received_at, v.seq, v.origin
       from json_to_recordset($1::json) as v(bucket smallint, at bigint, id text, contact_id bigint, type text, props jsonb, folded jsonb,
            received_at bigint, seq bigint, origin text) on conflict do nothing`,
      [JSON.stringify(events)],
    )
  }
  await noteConsents(tx, rows)
  await tx.query(
    `insert into inbox (bucket, seq, contact_id, kind, payload, at) select v.bucket, v.seq, v.contact_id, v.kind, v.payload, v.at
     from json_to_recordset($1::json) as v(bucket smallint, seq bigint, contact_id bigint, kind text, payload json, at bigint)`,
    [JSON.stringify(rows)],
  )
  return seqs.map((row) => row.seq)
}

/** Keeps who agreed to what: every answer as it comes in, and what people who were just made had said before. */
async function noteConsents(
  tx: Sql,
  rows: readonly { bucket: number; seq: number | undefined; contact_id: number; payload: InboxItem; at: number }[],
) {
  const answers = rows.flatMap(({ payload, bucket, seq, contact_id, at }) =>
    payload.kind === 'consent' ? [{ bucket, contact_id, seq, at, topic: payload.topic, given: payload.given, source: payload.source }] : [],
  )
  if (answers.length > 0) {
    await tx.query(
      `insert into consent_log (bucket, contact_id, seq, topic, given, at, source)
       select v.bucket, v.contact_id, v.seq, v.topic, v.given, v.at, v.source
       from json_to_recordset($1::json) as v(bucket smallint, contact_id bigint, seq bigint, topic text, given boolean, at bigint, source jsonb)
       on conflict do nothing`,
      [JSON.stringify(answers)],
    )
  }
  const made = rows.flatMap(({ payload, bucket, contact_id, seq, at }) =>
    payload.kind === 'created' ? [{ bucket, contact_id, seq, at, source: payload.source }] : [],
  )
  if (made.length > 0) {
    await tx.query(
      `insert into consent_log (bucket, contact_id, seq, topic, given, at, source)
       select c.bucket, c.id, v.seq, e.key, e.value::boolean, v.at, v.source
       from json_to_recordset($1::json) as v(bucket smallint, contact_id bigint, seq bigint, at bigint, source jsonb)
       cross join lateral (select bucket, id, facts from contact where bucket = v.bucket and id = v.contact_id limit 1) c
       cross join lateral jsonb_each(c.facts -> 'c') e on conflict do nothing`,
      [JSON.stringify(made)],
    )
  }
}
