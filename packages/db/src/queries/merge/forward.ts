import type { Sql } from '../../open/handle.ts'
import type { ClaimedItem } from '../turns/claim.ts'
import { appendItems } from '../turns/doors.ts'

/**
 * What came in for somebody who became part of another contact is told to that one: whoever asked it knew the old id. What came in
 * for somebody who was removed is over.
 */
export async function forwardItems(tx: Sql, items: readonly ClaimedItem[]): Promise<void> {
  if (items.length === 0) return
  const rows = await tx.query<{ id: number; to: number }>(
    `select c.id, c.merged_into as to from contact c join unnest($1::smallint[], $2::bigint[]) v(bucket, id) on c.bucket = v.bucket and c.id = v.id
     where c.merged_into is not null`,
    [items.map((it) => it.bucket), items.map((it) => it.contactId)],
  )
  if (rows.length === 0) return
  const into = new Map(rows.map((row) => [row.id, row.to]))
  const late = items.filter((it) => into.has(it.contactId)).sort((a, b) => a.seq - b.seq)
  // The history goes with its item: an event stands once, with whoever it is about.
  const events = late.flatMap(({ bucket, contactId, item }) =>
    item.kind === 'event' ? [{ bucket, contactId, id: item.event.id, at: item.event.occurredAt }] : [],
  )
  await tx.query(
    `delete from event e using json_to_recordset($1::json) as v(bucket smallint, "contactId" bigint, id text, at bigint)
     where e.bucket = v.bucket and e.at = v.at and e.id = v.id and e.contact_id = v."contactId"`,
    [JSON.stringify(events)],
  )
  await appendItems(
    tx,
    late.flatMap(({ contactId, item }) => {
      const to = into.get(contactId)
      return to === undefined ? [] : [{ contactId: to, item }]
    }),
  )
}
