import type { Sql } from '../open/handle.ts'

/** Counting stops here: more is not told apart, and a look at the house must stay cheap when it is behind. */
const ENOUGH = 100_000

/** Inbox rows that wait, up to a hundred thousand. */
export async function inboxDepth(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ n: number }>('select count(*)::int as n from (select 1 from inbox limit $1::int) waiting', [ENOUGH])
  return row?.n ?? 0
}

/** How far the runner is behind `now`, ms: the age of the oldest inbox row or due slot. 0 when there is neither. */
export async function runnerLag(sql: Sql, now: number): Promise<number> {
  const [row] = await sql.query<{ oldest: number | null }>(
    `select least((select min(at) from (select at from inbox order by bucket, seq limit $1::int) waiting),
                  (select slot from wheel order by slot limit 1)) as oldest`,
    [ENOUGH],
  )
  return Math.max(0, now - (row?.oldest ?? now))
}

/** Contacts' items and passages set aside with an error. */
export async function parkedCount(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ n: number }>('select count(*)::int as n from (select 1 from dead limit $1::int) parked', [ENOUGH])
  return row?.n ?? 0
}

/** Mail that is not settled, by status; what was sent is counted by the process that sends. */
export async function openSends(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql.query<{ status: string; n: number }>(
    `select status, count(*)::int as n from send where status in ('queued', 'sending', 'unknown', 'failed') group by status`,
  )
  return Object.fromEntries(rows.map((row) => [row.status, row.n]))
}
