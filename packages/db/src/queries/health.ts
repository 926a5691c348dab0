import type { Sql } from '../open/handle.ts'
import type { Destination } from './deliver/destination.ts'
import { inboxItemsOldest } from './oldest.ts'

/** Counting stops here: more is not told apart, and a look at the house must stay cheap when it is behind. */
export const ENOUGH = 10_000
/** Chunks of the wheel that are looked into. */
const CHUNKS = 100

/** Inbox rows that wait, up to ten thousand. */
export async function inboxDepth(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ n: number }>('select count(*)::int as n from (select 1 from inbox limit $1::int) waiting', [ENOUGH])
  return row?.n ?? 0
}

/** How far the runner is behind `now`, ms: the age of the oldest inbox row or due slot. 0 when there is neither. */
export async function runnerLag(sql: Sql, now: number): Promise<number> {
  const [row] = await sql.query<{ slot: number | null }>('select (select slot from wheel order by slot limit 1) as slot')
  const oldest = Math.min((await inboxItemsOldest(sql)) ?? now, row?.slot ?? now)
  return Math.max(0, now - oldest)
}

/** Passages that stand still with an error, and items set aside; of each up to ten thousand. */
export async function parkedCount(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select (select count(*) from (select 1 from parked limit $1::int) p) + (select count(*) from (select 1 from dead limit $1::int) d) as n`,
    [ENOUGH],
  )
  return row?.n ?? 0
}

/** Mail that is not settled, by status, each up to ten thousand; what was sent is counted by the process that sends. */
export async function openSends(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql.query<{ status: string; n: number }>(
    `select status, count(*)::int as n from (
       (select status from send where status = 'queued' limit $1::int) union all (select status from send where status = 'sending' limit $1) union all
       (select status from send where status = 'unknown' limit $1) union all (select status from send where status = 'failed' limit $1)) s
     group by status`,
    [ENOUGH],
  )
  return Object.fromEntries(rows.map((row) => [row.status, row.n]))
}

/** Work that is due by now: how much (up to a limit), and since when the oldest is. */
export interface Due {
  count: number
  since: number | null
}

/** A process that works, as it last said so. */
export interface WorkerSeen {
  owner: string
  startedAt: number
  seenAt: number
  buckets: number
}

/** How the machine does at an instant. Every figure comes of a statement that reads a bounded number of rows. */
export interface Machine {
  inbox: Due
  timers: Due
  mails: Due
  calls: Due
  /** Passes over many people that are under way. */
  scans: number
  workers: WorkerSeen[]
  /** Buckets that nobody works on at this moment. */
  unowned: number
  /** Destinations that asked for less, and until when they get nothing. */
  slowed: { name: Destination; until: number }[]
}

/** Those of paused flows are not due. */
const dueIn = (table: 'send' | 'effect', kinds: string): string =>
  `select count(*)::int as count, min(q.at) as since from (
     select s.next_attempt_at as at, s.flow_id from ${table} s where s.status = 'queued' and s.next_attempt_at <= $1::bigint ${kinds}
     order by s.next_attempt_at limit $2::int) q
   where not exists (select 1 from flow f where f.id = q.flow_id and f.status = 'paused')`

/**
 * @param now by the clock of flows
 * @param wall by the clock of processes: leases are about them
 */
export async function machineNow(sql: Sql, { now, wall }: { now: number; wall: number }): Promise<Machine> {
  const none: Due = { count: 0, since: null }
  const [timers] = await sql.query<Due>(
    `select coalesce(sum(cardinality(ids)), 0)::int as count, min(slot) as since from (select slot, ids from wheel where slot <= $1 order by slot limit $2::int) due`,
    [now, CHUNKS],
  )
  const [mails] = await sql.query<Due>(dueIn('send', ''), [now, ENOUGH])
  const [calls] = await sql.query<Due>(dueIn('effect', `and s.kind <> 'throttle'`), [now, ENOUGH])
  const [scans] = await sql.query<{ n: number }>(`select count(*)::int as n from scan where status = 'running'`)
  const workers = await sql.query<WorkerSeen>(
    `select w.owner, w.started_at as "startedAt", w.seen_at as "seenAt", coalesce(l.n, 0)::int as buckets
     from worker w left join (select owner, count(*) as n from lease where expires_at > $1 group by owner) l on l.owner = w.owner order by w.started_at, w.owner limit 200`,
    [wall],
  )
  const [free] = await sql.query<{ n: number }>(`select count(*)::int as n from lease where expires_at <= $1`, [wall])
  const slowed = await sql.query<Machine['slowed'][number]>(
    'select name, slow_until as until from destination where slow_until > $1 order by slow_until desc, name limit 20',
    [now],
  )
  return {
    inbox: { count: await inboxDepth(sql), since: await inboxItemsOldest(sql) },
    timers: timers ?? none,
    mails: mails ?? none,
    calls: calls ?? none,
    scans: scans?.n ?? 0,
    workers,
    unowned: free?.n ?? 0,
    slowed,
  }
}
