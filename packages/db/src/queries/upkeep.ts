import type { Handle, Sql } from '../open/handle.ts'
import { wake } from './chores.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Message ids are remembered for 30 days: no client repeats an event after that. */
const SEEN_DAYS = 30

/** Forgets message ids that no client sends again. */
export async function forgetSeen(sql: Sql, now: number): Promise<void> {
  await sql.query('delete from seen where day < $1::int', [Math.floor(now / DAY) - SEEN_DAYS])
}

/**
 * Adds up the counts of nodes of past hours: many appended rows become one per bucket, flow, node, port and hour. The sum that screens
 * read is the same before, during and after.
 * @param buckets the half-open range to do in this statement
 */
export async function compactCounts(sql: Sql, { from, to, now }: { from: number; to: number; now: number }): Promise<void> {
  await sql.query(
    `with many as (
       select bucket, flow_id, node, port, hour from node_delta
       where bucket >= $1::smallint and bucket < $2::smallint and hour < $3::int
       group by bucket, flow_id, node, port, hour having count(*) > 1
     ), gone as (
       delete from node_delta d using many m
       where d.bucket = m.bucket and d.flow_id = m.flow_id and d.node = m.node and d.port = m.port and d.hour = m.hour
       returning d.bucket, d.flow_id, d.node, d.port, d.hour, d.n
     )
     insert into node_delta (bucket, flow_id, node, port, hour, n)
     select bucket, flow_id, node, port, hour, sum(n) from gone group by bucket, flow_id, node, port, hour`,
    [from, to, Math.floor(now / HOUR)],
  )
}

/**
 * Wakes live passages that are overdue by an hour, in case a waking was lost: they are put on the wheel again, and being woken twice
 * changes nothing. Parked ones wait for a person. @returns how many
 */
export async function sweepOverdue(tx: Sql, { now, limit }: { now: number; limit: number }): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `select id from enrolment where gen = 0 and due_at < $1 and not vars ? 'parked' order by bucket, id limit $2::int`,
    [now - HOUR, limit],
  )
  await wake(
    tx,
    rows.map(({ id }) => ({ id, dueAt: now })),
  )
  return rows.length
}

/**
 * Counts anew what the planner of statements goes by, after much was added. A server does so by itself; the embedded database has
 * nobody who does.
 */
export async function refreshStatistics(handle: Handle): Promise<void> {
  if (handle.kind === 'pglite') await handle.query('analyze contact, identity, event, member, ledger, enrolment, inbox, send')
}
