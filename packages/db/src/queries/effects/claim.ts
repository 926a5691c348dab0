import type { Sql } from '../../open/handle.ts'
import type { EffectKind } from '../../schema/effect.ts'
import type { Claimant } from '../deliver/claim.ts'
import { claimByBucket, type Reach } from '../reach.ts'
import type { Lane } from '../turns/lane.ts'

/** An effect that this process alone may carry out, until its claim runs out. */
export interface ClaimedEffect {
  bucket: number
  id: number
  contactId: number
  key: string
  kind: Exclude<EffectKind, 'throttle'>
  flowId: string
  node: string
  payload: Record<string, unknown>
  /** When the step asked for it. */
  at: number
  /** Attempts made so far. */
  attempts: number
  /** Whom it goes to, `host:port`; empty where nobody outside. */
  to: string
}

/** The host of a web address, as it is written. */
const HOST = `coalesce(lower(split_part(e.payload ->> 'url', '/', 3)), '')`

/** So many of those that are due are looked at where some must wait: a statement stays small however many wait. */
const WINDOW = 2_000

/** The first that are due and nobody has, with whom each goes to. Those of paused flows stay where they are, but for what sales is told. */
const firstDue = (pin: string, { due, free, window }: { due: string; free: string; window: string | number }) =>
  `select e.bucket, e.id, e.next_attempt_at, ${HOST} as host from effect e
   where e.bucket ${pin} and e.status = 'queued' and e.next_attempt_at <= ${due}::bigint and (e.claimed_until is null or e.claimed_until < ${free}::bigint)
     and (starts_with(e.key, 'lead/') or not exists (select 1 from flow f where f.id = e.flow_id and f.status = 'paused'))
   order by e.next_attempt_at, e.id limit ${window}`

function start(lane: Lane) {
  const params: unknown[] = []
  const add = (value: unknown) => `$${params.push(value)}`
  const pin = lane.kind === 'one' ? `= ${add(lane.bucket)}::smallint` : `between ${add(lane.from)}::smallint and ${add(lane.to)}::smallint`
  return { params, add, pin }
}

export interface EffectClaim extends Claimant {
  /** By the clock of flows. */
  now: number
  limit: number
  /** Hosts for whom enough are under way. */
  busy: readonly string[]
}

/** Buckets with effects that are due and nobody has, where the longest waits first: one look over all machines. */
async function bucketsDue(sql: Sql, { now, wall, limit }: EffectClaim): Promise<number[]> {
  const rows = await sql.query<{ bucket: number }>(
    `select bucket from effect where status = 'queued' and next_attempt_at <= $1 and (claimed_until is null or claimed_until < $2)
     group by bucket order by min(next_attempt_at), bucket limit $3`,
    [now, wall, limit],
  )
  return rows.map((row) => row.bucket)
}

/**
 * Takes effects that are due, the longest waiting first, but none for whom enough are under way (`busy`). What another process is
 * taking at this moment is left to it.
 */
export async function claimEffects(sql: Reach, lane: Lane, claim: EffectClaim): Promise<ClaimedEffect[]> {
  const { owner, wall, ttl, now, limit, busy } = claim
  if (sql.spread && lane.kind === 'span') {
    return claimByBucket(sql, await bucketsDue(sql, claim), limit, (near, one, most) => claimEffects(near, one, { ...claim, limit: most }))
  }
  const { params, add, pin } = start(lane)
  const [due, free, full, most] = [add(now), add(wall), add(busy), add(limit)]
  const [who, until] = [add(owner), add(wall + ttl)]
  const window = `${add(busy.length === 0 ? 4 * limit : WINDOW)}::int`
  return sql.query<ClaimedEffect>(
    `with first as materialized (${firstDue(pin, { due, free, window })}), due as (
       select e.bucket, e.id from first f join effect e on e.bucket = f.bucket and e.id = f.id
       where e.bucket ${pin} and not (f.host = any(${full}::text[])) and e.status = 'queued' and (e.claimed_until is null or e.claimed_until < ${free}::bigint)
       order by f.next_attempt_at, f.id limit ${most}::int for update of e skip locked
     )
     update effect e set claimed_by = ${who}, claimed_until = ${until}::bigint from due
     where e.bucket ${pin} and e.bucket = due.bucket and e.id = due.id
     returning e.bucket, e.id, e.contact_id as "contactId", e.key, e.kind, e.flow_id as "flowId", e.node, e.payload, e.at, e.attempts, ${HOST} as "to"`,
    params,
  )
}

/**
 * Puts off those that are due to whom enough are under way, where they are so many that those behind them are not seen.
 * @returns how many
 */
export async function putOffBusyEffects(
  sql: Sql,
  lane: Lane,
  { wall, now, busy, until }: { wall: number; now: number; busy: readonly string[]; until: number },
): Promise<number> {
  const { params, add, pin } = start(lane)
  const [due, free, full, later] = [add(now), add(wall), add(busy), add(until)]
  const rows = await sql.query(
    `with first as materialized (${firstDue(pin, { due, free, window: WINDOW })})
     update effect e set next_attempt_at = ${later}::bigint from first f
     where e.bucket ${pin} and e.bucket = f.bucket and e.id = f.id and f.host = any(${full}::text[]) and e.status = 'queued'
       and (e.claimed_until is null or e.claimed_until < ${free}::bigint) and (select count(*) from first) >= ${WINDOW} returning 1`,
    params,
  )
  return rows.length
}

/** Calls under way to a host, from all processes. */
export async function callsUnderWay(sql: Sql, host: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(`select count(*) as n from effect e where e.status = 'sending' and ${HOST} = $1`, [host])
  return row?.n ?? 0
}

type Row = Pick<ClaimedEffect, 'bucket' | 'id'>
const asArrays = (rows: readonly Row[]) => [rows.map((row) => row.bucket), rows.map((row) => row.id)]

/** Keeps the claims on what waits or is under way. */
export async function keepEffects(sql: Sql, { owner, wall, ttl }: Claimant, effects: readonly Row[]): Promise<void> {
  if (effects.length === 0) return
  await sql.query(
    `update effect t set claimed_until = $3 from unnest($1::smallint[], $2::bigint[]) v(bucket, id)
     where t.bucket = v.bucket and t.id = v.id and t.claimed_by = $4 and t.status in ('queued', 'sending') and t.claimed_until is not null`,
    [...asArrays(effects), wall + ttl, owner],
  )
}

/** Gives these back, where they were claimed and not begun. */
export async function giveBackEffects(sql: Sql, owner: string, effects: readonly Row[]): Promise<void> {
  if (effects.length === 0) return
  await sql.query(
    `update effect t set claimed_until = null from unnest($1::smallint[], $2::bigint[]) v(bucket, id)
     where t.bucket = v.bucket and t.id = v.id and t.claimed_by = $3 and t.status = 'queued'`,
    [...asArrays(effects), owner],
  )
}

/** Gives back whatever was claimed and not begun; for a clean stop. */
export async function releaseEffects(sql: Sql, owner: string): Promise<void> {
  await sql.query(`update effect set claimed_until = null where claimed_by = $1 and status = 'queued'`, [owner])
}

/**
 * Begins one: from here on it can no longer be taken back.
 * @returns false where it was taken back meanwhile, or is somebody else's by now
 */
export async function beginEffect(sql: Sql, owner: string, { bucket, id }: { bucket: number; id: number }): Promise<boolean> {
  const rows = await sql.query(
    `update effect set status = 'sending', attempts = attempts + 1
     where bucket = $1::smallint and id = $2 and status = 'queued' and claimed_by = $3 and claimed_until is not null returning 1`,
    [bucket, id, owner],
  )
  return rows.length > 0
}

/**
 * What a process was at when it went away is begun anew by another: whoever hears of it twice knows it by its key.
 * @returns how many
 */
export async function takeUpLost(sql: Sql, wall: number): Promise<number> {
  const rows = await sql.query(
    `update effect set status = 'queued', claimed_until = null where status = 'sending' and claimed_until < $1 returning 1`,
    [wall],
  )
  return rows.length
}

/** All claims are void: only where this process knows that it is alone, as with the embedded database at its start. */
export async function voidEffectClaims(sql: Sql): Promise<void> {
  await sql.query(
    `update effect set status = 'queued', claimed_until = null where status in ('queued', 'sending') and claimed_until is not null`,
  )
}
