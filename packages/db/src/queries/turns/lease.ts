import type { Sql } from '../../open/handle.ts'

/** A bucket held, with the epoch that proves it. */
export interface Held {
  bucket: number
  epoch: number
}

/** Where a process stands: its name (new at each start) and the wall clock. Leases are about processes, so never a virtual clock. */
export interface Holder {
  owner: string
  now: number
  ttl: number
}

const taken = (rows: { bucket: number; epoch: number }[]): Held[] => rows.map((row) => ({ bucket: row.bucket, epoch: row.epoch }))

/** Takes those of the buckets that are free or expired, or ours of before (with a new epoch); what somebody else is taking at this moment is left to them. */
export async function acquireLeases(sql: Sql, buckets: readonly number[], holder: Holder): Promise<Held[]> {
  if (sql.spread && buckets.length > 1) {
    const all: Held[] = []
    for (const bucket of buckets) all.push(...(await acquireLeases(sql, [bucket], holder)))
    return all
  }
  const one = buckets.length === 1
  return taken(
    await sql.query(
      `with s as (select bucket from lease where ${one ? 'bucket = $1::smallint' : 'bucket = any($1::smallint[])'} and (expires_at < $2 or owner = $3)
                  for update skip locked)
       update lease l set owner = $3, epoch = l.epoch + 1, expires_at = $4 from s
       where ${one ? 'l.bucket = $1::smallint and ' : ''}l.bucket = s.bucket returning l.bucket, l.epoch`,
      [one ? buckets[0] : buckets, holder.now, holder.owner, holder.now + holder.ttl],
    ),
  )
}

/**
 * Keeps what is held; gives what is still ours. On many machines call it per bucket: one update over all of them would fail as a whole
 * when one machine is away.
 */
export async function renewLeases(sql: Sql, held: readonly Held[], holder: Holder): Promise<Held[]> {
  const [first] = held
  if (!first) return []
  if (held.length === 1) {
    return taken(
      await sql.query(
        'update lease set expires_at = $1 where bucket = $2::smallint and owner = $3 and epoch = $4 returning bucket, epoch',
        [holder.now + holder.ttl, first.bucket, holder.owner, first.epoch],
      ),
    )
  }
  return taken(
    await sql.query(
      `update lease l set expires_at = $1 from unnest($2::smallint[], $3::bigint[]) v(bucket, epoch)
       where l.bucket = v.bucket and l.epoch = v.epoch and l.owner = $4 returning l.bucket, l.epoch`,
      [holder.now + holder.ttl, held.map((it) => it.bucket), held.map((it) => it.epoch), holder.owner],
    ),
  )
}

/** Gives buckets back, for a clean stop or for others' fair share. */
export async function releaseLeases(sql: Sql, held: readonly Held[], owner: string): Promise<void> {
  await sql.query(
    `update lease l set expires_at = 0, owner = '' from unnest($1::smallint[], $2::bigint[]) v(bucket, epoch)
     where l.bucket = v.bucket and l.epoch = v.epoch and l.owner = $3`,
    [held.map((it) => it.bucket), held.map((it) => it.epoch), owner],
  )
}

/** All leases free at once: only where the process knows that it is alone (the embedded database's directory lock). */
export async function freeAllLeases(sql: Sql): Promise<void> {
  await sql.query(`update lease set expires_at = 0, owner = '' where owner <> ''`)
  await sql.query('delete from worker')
  await sql.query('delete from duty')
}

/** Somebody else took a bucket of this batch: nothing of the batch may be written. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease of a bucket was lost; the batch is not written, and its new owner does it.')
  }
}

/**
 * First statement of every batch's transaction: still ours, and nobody can take it until we commit. Conflicts with a thief's FOR UPDATE,
 * not with the renewal. The epoch is the proof, no clock: a lease that ran out and that nobody took is still ours.
 * @throws LeaseLost
 */
export async function fence(tx: Sql, held: readonly Held[], owner: string): Promise<void> {
  const [first, ...others] = held
  if (!first) return
  if (tx.spread && others.length > 0) {
    for (const one of held) await fence(tx, [one], owner)
    return
  }
  // By the key alone: what else is asked would tempt the planner to compare every lease with every bucket of the batch.
  const found =
    held.length === 1
      ? await tx.query<Held & { owner: string }>('select bucket, epoch, owner from lease where bucket = $1::smallint for key share', [
          first.bucket,
        ])
      : await tx.query<Held & { owner: string }>(
          'select bucket, epoch, owner from lease where bucket = any($1::smallint[]) for key share',
          [held.map((it) => it.bucket)],
        )
  const epochs = new Map(found.flatMap((it) => (it.owner === owner ? [[it.bucket, it.epoch] as const] : [])))
  if (held.some((it) => epochs.get(it.bucket) !== it.epoch)) throw new LeaseLost()
}

/** Says that this process works, and gives how many do (seen within `ttl`). Long silent ones are forgotten. */
export async function heartbeat(sql: Sql, holder: Holder): Promise<number> {
  await sql.query(
    'insert into worker (owner, started_at, seen_at) values ($1, $2, $2) on conflict (owner) do update set seen_at = excluded.seen_at',
    [holder.owner, holder.now],
  )
  await sql.query('delete from worker where seen_at < $1', [holder.now - 20 * holder.ttl])
  const [row] = await sql.query<{ n: number }>('select count(*) as n from worker where seen_at > $1', [holder.now - holder.ttl])
  return row?.n ?? 1
}

export async function farewell(sql: Sql, owner: string): Promise<void> {
  await sql.query('delete from worker where owner = $1', [owner])
}

/** Takes or keeps a duty that one process at a time does, by name; false when another has it. */
export async function takeDuty(sql: Sql, name: string, holder: Holder): Promise<boolean> {
  const rows = await sql.query(
    `insert into duty (name, owner, epoch, expires_at) values ($1, $2, 1, $3)
     on conflict (name) do update set owner = excluded.owner, epoch = duty.epoch + 1, expires_at = excluded.expires_at
       where duty.owner = excluded.owner or duty.expires_at < $4
     returning name`,
    [name, holder.owner, holder.now + holder.ttl, holder.now],
  )
  return rows.length > 0
}

/** Locks a duty for the rest of the transaction, if it is still ours. Throws LeaseLost. */
export async function holdDuty(tx: Sql, name: string, owner: string): Promise<void> {
  const rows = await tx.query('select 1 from duty where name = $1 and owner = $2 for update', [name, owner])
  if (rows.length === 0) throw new LeaseLost()
}
