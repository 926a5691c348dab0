import type { Sql } from '../open/handle.ts'
import type { Held, Holder } from '../queries/turns/lease.ts'

/** Marks a statement over several buckets of one machine: more than one task, and no other machine has a part in it. */
export const ONE_MACHINE = '/* one machine */'

/** Buckets that nobody holds now, or that are ours of before: one look over all machines, and nothing is locked. */
export async function freeBuckets(sql: Sql, { owner, now }: Holder): Promise<number[]> {
  const rows = await sql.query<{ bucket: number }>('select bucket from lease where expires_at < $1 or owner = $2 order by bucket', [
    now,
    owner,
  ])
  return rows.map((row) => row.bucket)
}

/** Keeps the buckets of one machine. @returns those that are still ours, with their epochs */
export function renewOn(node: Sql, buckets: readonly number[], { owner, now, ttl }: Holder): Promise<Held[]> {
  return node.query<Held>(
    `${ONE_MACHINE} update lease set expires_at = $1 where bucket = any($2::smallint[]) and owner = $3 returning bucket, epoch`,
    [now + ttl, buckets, owner],
  )
}

/** Gives buckets of one machine back. */
export async function releaseOn(node: Sql, buckets: readonly number[], owner: string): Promise<void> {
  await node.query(`${ONE_MACHINE} update lease set expires_at = 0, owner = '' where bucket = any($1::smallint[]) and owner = $2`, [
    buckets,
    owner,
  ])
}

/**
 * Which of a process's buckets have something to do by now: one look over all machines instead of a claim of each. Those that nobody
 * holds are among them, so that a process finds out which were taken away from it.
 */
export async function bucketsWithWork(sql: Sql, owner: string, now: number): Promise<number[]> {
  const rows = await sql.query<{ bucket: number }>(
    `select l.bucket from lease l where l.owner in ($1, '') and (
       exists (select 1 from inbox i where i.bucket = l.bucket) or
       exists (select 1 from wheel w where w.bucket = l.bucket and w.slot <= $2) or
       exists (select 1 from member m where m.bucket = l.bucket and m.recheck_at <= $2)) order by l.bucket`,
    [owner, now],
  )
  return rows.map((row) => row.bucket)
}
