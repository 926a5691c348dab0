import type { Sql } from '../../open/handle.ts'
import type { EffectKind } from '../../schema/effect.ts'
import type { Claimant } from '../deliver/claim.ts'
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

/**
 * Takes effects that are due, the longest waiting first, but none for whom enough are under way (`busy`). Those of paused flows stay
 * where they are. What another process is taking at this moment is left to it.
 */
export async function claimEffects(
  sql: Sql,
  lane: Lane,
  { owner, wall, ttl, now, limit, busy }: Claimant & { now: number; limit: number; busy: readonly string[] },
): Promise<ClaimedEffect[]> {
  const params: unknown[] = []
  const add = (value: unknown) => `$${params.push(value)}`
  const pin = lane.kind === 'one' ? `= ${add(lane.bucket)}::smallint` : `between ${add(lane.from)}::smallint and ${add(lane.to)}::smallint`
  const [due, free, full, most] = [add(now), add(wall), add(busy), add(limit)]
  const [who, until] = [add(owner), add(wall + ttl)]
  return sql.query<ClaimedEffect>(
    `with due as (
       select e.bucket, e.id from effect e
       where e.bucket ${pin} and e.status = 'queued' and e.next_attempt_at <= ${due}::bigint
         and (e.claimed_until is null or e.claimed_until < ${free}::bigint) and not (${HOST} = any(${full}::text[]))
         and not exists (select 1 from flow f where f.id = e.flow_id and f.status = 'paused')
       order by e.next_attempt_at, e.id limit ${most}::int for update of e skip locked
     )
     update effect e set claimed_by = ${who}, claimed_until = ${until}::bigint from due
     where e.bucket ${pin} and e.bucket = due.bucket and e.id = due.id
     returning e.bucket, e.id, e.contact_id as "contactId", e.key, e.kind, e.flow_id as "flowId", e.node, e.payload, e.at, e.attempts, ${HOST} as "to"`,
    params,
  )
}

/** Keeps the claims on what waits or is under way. */
export async function keepEffects(sql: Sql, { owner, wall, ttl }: Claimant): Promise<void> {
  await sql.query(
    `update effect set claimed_until = $1 where claimed_by = $2 and status in ('queued', 'sending') and claimed_until is not null`,
    [wall + ttl, owner],
  )
}

/** Gives back what was claimed and not begun; for a clean stop. */
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
