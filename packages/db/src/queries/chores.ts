import type { InboxItem } from '@baton/engine'
import type { Handle, Sql } from '../open/handle.ts'
import { appendItems } from './turns/doors.ts'
import { putOnWheel, type Waking } from './turns/wheel.ts'

/** Ids onto the wheel from outside of a batch, by a scan or a sweep. */
export const wake = (tx: Sql, wakings: readonly Waking[]): Promise<void> => putOnWheel(tx, { kind: 'span', from: 0, to: 1023 }, wakings)

/**
 * Conditions that time alone may have changed: their contacts are told to look again.
 * @returns how many; call again while it equals `limit`
 */
export function sweepRechecks(handle: Handle, now: number, limit = 1000): Promise<number> {
  return handle.transaction(async (tx) => {
    const due = await tx.query<{ bucket: number; contactId: number; segmentId: string; at: number }>(
      `select bucket, contact_id as "contactId", segment_id as "segmentId", recheck_at as at from member where recheck_at <= $1
       order by recheck_at limit $2 for update skip locked`,
      [now, limit],
    )
    if (due.length === 0) return 0
    await tx.query(
      `update member m set recheck_at = null from json_to_recordset($1::json) as v(bucket smallint, "contactId" bigint, "segmentId" text)
       where m.bucket = v.bucket and m.contact_id = v."contactId" and m.segment_id = v."segmentId"`,
      [JSON.stringify(due)],
    )
    const items = due.map((row) => ({
      contactId: row.contactId,
      item: { kind: 'recheck', at: row.at, segmentId: row.segmentId } satisfies InboxItem,
    }))
    await appendItems(tx, items)
    return due.length
  })
}

/** The embedded database has no background cleaner: dead rows go, and the planner learns the sizes. */
export async function tidyEmbedded(handle: Handle): Promise<void> {
  if (handle.kind !== 'pglite') return
  for (const table of ['inbox', 'wheel', 'enrolment', 'contact', 'member', 'node_delta', 'send', 'journal', 'ledger', 'handoff', 'lease']) {
    await handle.query(`vacuum (analyze) ${table}`)
  }
}

/** The next instant at which somebody is due, or a condition must be looked at again; null when nobody waits for time. */
export async function nextDue(sql: Sql): Promise<number | null> {
  const [row] = await sql.query<{ at: number | null }>(
    'select least((select min(slot) from wheel), (select min(recheck_at) from member where recheck_at is not null)) as at',
  )
  return row?.at ?? null
}
