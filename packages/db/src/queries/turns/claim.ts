import type { InboxItem } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import { type Lane, lot } from './lane.ts'

export interface ClaimedItem {
  bucket: number
  seq: number
  contactId: number
  item: InboxItem
}

export interface InboxClaim {
  items: ClaimedItem[]
  /** Where the next claim goes on; (first bucket, 0) when the end of the lane was reached. */
  next: { bucket: number; seq: number }
  /** The buckets whose inbox this claim holds to the last row: only there may timers fire, since what arrived before them comes first. */
  drained: { from: number; to: number } | null
  /** Set when a bucket was cut: events that came in behind this number are not to be seen yet. */
  horizon: number | null
}

/**
 * What came in, in order of arrival per bucket, from `after` on. Nothing is locked: only the holder of the leases reads, and deletes
 * what it did in the batch's transaction. Of the last bucket all or nothing is given, unless it alone is more than `limit`.
 */
export async function claimInbox(sql: Sql, lane: Lane, after: { bucket: number; seq: number }, limit: number): Promise<InboxClaim> {
  const [from, to] = lane.kind === 'one' ? [lane.bucket, lane.bucket] : [lane.from, lane.to]
  const start = after.bucket >= from && after.bucket <= to ? after : { bucket: from, seq: 0 }
  const rows =
    lane.kind === 'one'
      ? await sql.query<{ bucket: number; seq: number; id: number; payload: InboxItem }>(
          'select bucket, seq, contact_id as id, payload from inbox where bucket = $1::smallint and seq > $2 order by seq limit $3',
          [lane.bucket, start.seq, limit],
        )
      : await sql.query<{ bucket: number; seq: number; id: number; payload: InboxItem }>(
          `select bucket, seq, contact_id as id, payload from inbox where (bucket, seq) > ($1::smallint, $2::bigint) and bucket <= $3::smallint
           order by bucket, seq limit $4`,
          [start.bucket, start.seq, to, limit],
        )
  const all = rows.map((row) => ({ bucket: row.bucket, seq: row.seq, contactId: row.id, item: row.payload }))
  const last = all.at(-1)
  if (all.length < limit || !last) return { items: all, next: { bucket: from, seq: 0 }, drained: { from: start.bucket, to }, horizon: null }
  const whole = all.filter((it) => it.bucket !== last.bucket)
  const end = whole.at(-1)
  if (!end) return { items: all, next: { bucket: last.bucket, seq: last.seq }, drained: null, horizon: last.seq }
  return { items: whole, next: { bucket: last.bucket, seq: 0 }, drained: { from: start.bucket, to: last.bucket - 1 }, horizon: null }
}

export interface Chunk {
  bucket: number
  slot: number
  chunk: number
  ids: number[]
}

/** Rows of the wheel looked at in one batch. */
const CHUNKS = 200

/** Chunks of the wheel that are due, the oldest first: as many as hold at least `ids` enrolments, if there are. */
export async function dueChunks(sql: Sql, lane: Lane, now: number, ids: number): Promise<Chunk[]> {
  const [from, to] = lane.kind === 'one' ? [lane.bucket, lane.bucket] : [lane.from, lane.to]
  const pin = lane.kind === 'one' ? 'bucket = $2::smallint and $3::smallint is not null' : 'bucket between $2::smallint and $3::smallint'
  return sql.query<Chunk>(
    `select bucket, slot, chunk, ids from
       (select bucket, slot, chunk, ids,
               sum(cardinality(ids)) over (order by slot, bucket, chunk rows unbounded preceding) - cardinality(ids) as before
        from wheel where slot <= $1 and ${pin} order by slot, bucket, chunk limit $4) w
     where w.before < $5::bigint order by slot, bucket, chunk`,
    [now, from, to, Math.min(CHUNKS, ids), ids],
  )
}

/** Rows that are looked at for those who are due last. */
const LATEST = 20

/**
 * Where more is due than a batch holds: a few small rows from the other end, behind the oldest. A flow of few people then does not wait
 * until the many of another have had their turns. Large rows are of large flows and wait in line.
 * @param oldest what `dueChunks` gave for a batch of `ids` enrolments
 * @returns rows of no more than a quarter of that in all
 */
export async function latestChunks(sql: Sql, lane: Lane, now: number, oldest: readonly Chunk[], ids: number): Promise<Chunk[]> {
  const most = Math.floor(ids / 4)
  if (most === 0 || oldest.reduce((sum, it) => sum + it.ids.length, 0) < ids) return []
  const [from, to] = lane.kind === 'one' ? [lane.bucket, lane.bucket] : [lane.from, lane.to]
  const pin = lane.kind === 'one' ? 'bucket = $2::smallint and $3::smallint is not null' : 'bucket between $2::smallint and $3::smallint'
  const rows = await sql.query<Chunk>(
    `select bucket, slot, chunk, ids from wheel where slot <= $1 and slot > $4 and ${pin} and cardinality(ids) <= $5::int
     order by slot desc, bucket, chunk limit $6`,
    [now, from, to, Math.max(...oldest.map((it) => it.slot)), most, LATEST],
  )
  let sum = 0
  return rows.filter((it) => {
    if (sum + it.ids.length > most) return false
    sum += it.ids.length
    return true
  })
}

export interface Timer {
  bucket: number
  id: number
  contactId: number
  flowId: string
  dueAt: number | null
  /** Items wait in the enrolment since a pause. */
  held: boolean
  parked: boolean
}

/** The live enrolments behind popped ids; those that ended are not among them. */
export async function timersOf(sql: Sql, lane: Lane, ids: readonly number[]): Promise<Timer[]> {
  if (ids.length === 0) return []
  const q = lot(
    lane,
    ids.map((id) => ({ bucket: id % 1024, id })),
    'id bigint',
  )
  return sql.query<Timer>(
    `select e.bucket, e.id, e.contact_id as "contactId", e.flow_id as "flowId", e.due_at as "dueAt",
            coalesce(jsonb_array_length(e.vars -> 'held'), 0) > 0 as held, e.vars ? 'parked' as parked
     from ${q.v} join enrolment e on ${q.on('e')} and e.id = v.id where e.gen = 0`,
    q.params,
  )
}

export interface Recheck {
  bucket: number
  contactId: number
  segmentId: string
}

/** Conditions that time alone may have changed by now, the oldest first: their contacts want a turn. */
export async function dueRechecks(sql: Sql, lane: Lane, now: number, limit: number): Promise<Recheck[]> {
  const [from, to] = lane.kind === 'one' ? [lane.bucket, lane.bucket] : [lane.from, lane.to]
  const pin = lane.kind === 'one' ? 'bucket = $2::smallint and $3::smallint is not null' : 'bucket between $2::smallint and $3::smallint'
  return sql.query<Recheck>(
    `select bucket, contact_id as "contactId", segment_id as "segmentId" from member where recheck_at <= $1 and ${pin} order by recheck_at limit $4`,
    [now, from, to, limit],
  )
}

/** Rechecks of segments that are no longer asked (archived, or broken): nobody looks again until they change. */
export async function dropRechecks(tx: Sql, lane: Lane, rechecks: readonly Recheck[]): Promise<void> {
  if (rechecks.length === 0) return
  const rows = rechecks.map((it) => ({ bucket: it.bucket, contact_id: it.contactId, segment_id: it.segmentId }))
  const q = lot(lane, rows, 'contact_id bigint, segment_id text')
  await tx.query(
    `update member t set recheck_at = null from ${q.v} where ${q.on('t')} and t.contact_id = v.contact_id and t.segment_id = v.segment_id`,
    q.params,
  )
}
