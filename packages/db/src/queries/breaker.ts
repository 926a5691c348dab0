import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import type { BreakerLimits, Tripped } from '../schema/flow.ts'
import { appendAudit } from './audit.ts'
import { pauseFlow } from './flows.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How the mails of a flow fare: of the last 24 hours, at most since it last went on. */
export interface FlowRates {
  flowId: string
  /** Asked for within the last hour. */
  lastHour: number
  /** Handed over, whatever came of it. */
  mails: number
  bounced: number
  complained: number
  unsubscribed: number
}

/** The rates of one flow, or of all that sent anything. */
export function flowRates(sql: Sql, { flowId = null, now }: { flowId?: string | null; now: number }): Promise<FlowRates[]> {
  return sql.query(
    `select s.flow_id as "flowId",
       count(*) filter (where s.at > $2::bigint - ${HOUR} and s.status <> 'withdrawn') as "lastHour",
       count(*) filter (where s.status in ('sent', 'unknown') or s.bounced_at is not null) as mails,
       count(*) filter (where s.bounced_at is not null) as bounced, count(*) filter (where s.complained_at is not null) as complained,
       count(*) filter (where s.unsubscribed_at is not null) as unsubscribed
     from send s
     where s.flow_id <> '' and ($1::text is null or s.flow_id = $1)
       and s.at > greatest($2::bigint - ${DAY}, coalesce((select max(p.to_at) from pause p where p.flow_id = s.flow_id), 0))
     group by s.flow_id order by s.flow_id`,
    [flowId, now],
  )
}

/** Live flows with the limits of their own. */
export function guardedFlows(sql: Sql): Promise<{ id: string; name: string; breaker: BreakerLimits | null }[]> {
  return sql.query(`select id, name, breaker from flow where status = 'live' order by id`)
}

/** The limits of a flow's own, and why it was paused by itself. */
export async function breakerOf(
  sql: Sql,
  flowId: string,
): Promise<{ breaker: BreakerLimits | null; tripped: Tripped | null; status: string } | undefined> {
  const [row] = await sql.query<{ breaker: BreakerLimits | null; tripped: Tripped | null; status: string }>(
    'select breaker, tripped, status from flow where id = $1',
    [flowId],
  )
  return row
}

/** Gives a flow limits of its own; null: those of the workspace. @returns false when there is no such flow */
export async function setBreaker(tx: Sql, { id, breaker }: { id: string; breaker: BreakerLimits | null }): Promise<boolean> {
  const rows = await tx.query('update flow set breaker = $2::jsonb where id = $1 returning id', [id, breaker && JSON.stringify(breaker)])
  return rows.length > 0
}

/** The first limit that is passed, most harmful first; undefined while all is well. Pure. */
export function passedLimit(rates: Omit<FlowRates, 'flowId'>, limits: BreakerLimits, now: number): Tripped | undefined {
  const { lastHour, mails } = rates
  const share = (n: number) => (mails === 0 ? 0 : Math.round((10_000 * n) / mails) / 100)
  const of = (rule: Tripped['rule'], limit: number | null, seen: number, from: number): Tripped | undefined =>
    limit !== null && seen > limit ? { rule, limit, seen, mails: from, at: now } : undefined
  const enough = mails >= Math.max(1, limits.minimum)
  return (
    (enough ? of('complaints', limits.complaints, share(rates.complained), mails) : undefined) ??
    (enough ? of('bounces', limits.bounces, share(rates.bounced), mails) : undefined) ??
    (enough ? of('unsubscribes', limits.unsubscribes, share(rates.unsubscribed), mails) : undefined) ??
    of('mailsPerHour', limits.mailsPerHour, lastHour, lastHour)
  )
}

/** Who pauses flows by itself. */
const BREAKER = { id: 'breaker', name: 'Baton' }

/**
 * Pauses a flow that passed a limit: with the reason, an entry in the audit log, and a note to everybody who can let it go on.
 * @returns false when it is not live any more
 */
export async function trip(
  tx: Sql,
  { id, name, tripped, say }: { id: string; name: string; tripped: Tripped; say: string },
): Promise<boolean> {
  const { at } = tripped
  if (!(await pauseFlow(tx, { id, by: BREAKER, at }))) return false
  await tx.query('update flow set tripped = $2::jsonb where id = $1', [id, JSON.stringify(tripped)])
  await appendAudit(tx, {
    at,
    actor: { id: null, name: BREAKER.name },
    action: 'flow.tripped',
    subject: { kind: 'flow', id },
    detail: { name, ...tripped },
  })
  const users = await tx.query<{ id: string }>(`select id from "user" where role in ('admin', 'marketer') and active order by id`)
  for (const user of users) {
    await tx.query(
      `insert into notification (id, user_id, at, text, contact_id, flow_id) values ($1, $2, $3, $4, null, $5) on conflict do nothing`,
      [newId('ntf'), user.id, at, say, id],
    )
  }
  return true
}

/** People who came to these nodes of a flow within its busiest hour since `from`. */
export async function peakArrivals(
  sql: Sql,
  { flowId, nodes, from }: { flowId: string; nodes: readonly string[]; from: number },
): Promise<number> {
  const [row] = await sql.query<{ n: number | null }>(
    `select max(n)::int8 as n from (
       select sum(n) as n from node_delta where flow_id = $1 and port = '' and node = any($2::text[]) and hour >= $3 group by hour
     ) hours`,
    [flowId, nodes, Math.floor(from / HOUR)],
  )
  return row?.n ?? 0
}

/** How many people a pass over all contacts goes through in an hour, by the fastest that was long enough to tell; null: none was. */
export async function scanSpeed(sql: Sql): Promise<number | null> {
  const [row] = await sql.query<{ speed: number | null }>(
    `select max(done * ${HOUR}::numeric / greatest(ended_at - started_at, 1))::int8 as speed from scan
     where status = 'done' and done >= 1000 and ended_at > started_at`,
  )
  return row?.speed ?? null
}
