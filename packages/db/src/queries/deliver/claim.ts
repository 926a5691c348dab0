import type { Sql } from '../../open/handle.ts'
import type { MailEnvelope } from '../../schema/send.ts'
import { claimByBucket, type Reach } from '../reach.ts'
import type { Lane } from '../turns/lane.ts'

/** A mail that this process alone may deliver, until its claim runs out. */
export interface ClaimedSend {
  bucket: number
  id: number
  contactId: number
  key: string
  flowId: string
  node: string
  templateId: string
  purpose: 'marketing' | 'transactional'
  /** What they agreed to get it under; null: nothing, or the general topic. */
  topic: string | null
  /** When the step asked for it. */
  at: number
  /** Attempts made so far. */
  attempts: number
  /** The domain of the address that the person has now; empty: none. */
  domain: string
  /** Kept over all attempts. */
  messageId: string | null
  /** Set where exactly this is to go out once more (a mail of unknown fate, repeated by hand). */
  again: { envelope: MailEnvelope; subject: string; html: string; text: string } | null
}

/** Who claims, and until when: wall clock, since a claim is about a process and never about the time in a flow. */
export interface Claimant {
  owner: string
  wall: number
  ttl: number
}

interface Row extends Omit<ClaimedSend, 'again'> {
  envelope: MailEnvelope | null
  subject: string | null
  html: string | null
  text: string | null
}

/** The buckets of a lane as a condition on alias `s`; `$1` and, for a span, `$2`. */
const inLane = (lane: Lane): { text: string; params: unknown[] } =>
  lane.kind === 'one'
    ? { text: 's.bucket = $1::smallint', params: [lane.bucket] }
    : { text: 's.bucket between $1::smallint and $2::smallint', params: [lane.from, lane.to] }

/** So many of those that are due are looked at where some must wait: a statement stays small however many wait. */
const WINDOW = 2_000
const DOMAIN = `coalesce(lower(split_part(c.facts -> 'f' ->> 'email', '@', 2)), '')`

/** The first that are due and nobody has, as `w`, with the domain each goes to. Those of paused flows stay where they are (SEMANTICS 4: no dispatch while paused). */
const firstDue = (lane: string, { due, free, window }: { due: string; free: string; window: string | number }) =>
  `select w.*, ${DOMAIN} as domain from (
     select s.bucket, s.id, s.contact_id, s.next_attempt_at from send s
     where ${lane} and s.status = 'queued' and s.next_attempt_at <= ${due}::bigint and (s.claimed_until is null or s.claimed_until < ${free}::bigint)
       and not exists (select 1 from flow f where f.id = s.flow_id and f.status = 'paused')
     order by s.next_attempt_at, s.id limit ${window}
   ) w left join contact c on c.bucket = w.bucket and ${lane.replace('s.bucket', 'c.bucket')} and c.id = w.contact_id`

export interface SendClaim extends Claimant {
  /** By the clock of flows. */
  now: number
  limit: number
  /** Domains that take no more at this moment. */
  busy?: readonly string[] | undefined
}

/** Buckets with mails that are due and nobody has, where the longest waits first: one look over all machines. */
async function bucketsDue(sql: Sql, { now, wall, limit }: SendClaim): Promise<number[]> {
  const rows = await sql.query<{ bucket: number }>(
    `select bucket from send where status = 'queued' and next_attempt_at <= $1 and (claimed_until is null or claimed_until < $2)
     group by bucket order by min(next_attempt_at), bucket limit $3`,
    [now, wall, limit],
  )
  return rows.map((row) => row.bucket)
}

/**
 * Takes queued mails that are due, the longest waiting first, but none to a domain that is busy. What another process is taking at this
 * moment is left to it.
 */
export async function claimSends(sql: Reach, lane: Lane, claim: SendClaim): Promise<ClaimedSend[]> {
  const { owner, wall, ttl, now, limit, busy = [] } = claim
  if (sql.spread && lane.kind === 'span') {
    const all = await claimByBucket(sql, await bucketsDue(sql, claim), limit, (near, one, most) =>
      claimSends(near, one, { ...claim, limit: most }),
    )
    return all.sort((a, b) => a.at - b.at || a.id - b.id)
  }
  const { text, params } = inLane(lane)
  const add = (value: unknown) => `$${params.push(value)}`
  const [due, free, most, full] = [add(now), add(wall), add(limit), add(busy)]
  const [who, until] = [add(owner), add(wall + ttl)]
  const window = `${add(busy.length === 0 ? 4 * limit : WINDOW)}::int`
  const rows = await sql.query<Row>(
    `with first as materialized (${firstDue(text, { due, free, window })}), due as (
       select s.bucket, s.id, f.domain from first f join send s on s.bucket = f.bucket and s.id = f.id
       where ${text} and not (f.domain = any(${full}::text[])) and s.status = 'queued' and (s.claimed_until is null or s.claimed_until < ${free}::bigint)
       order by f.next_attempt_at, f.id limit ${most}::int for update of s skip locked
     )
     update send s set claimed_by = ${who}, claimed_until = ${until}::bigint from due where ${text} and s.bucket = due.bucket and s.id = due.id
     returning s.bucket, s.id, s.contact_id as "contactId", s.key, s.flow_id as "flowId", s.node, s.template_id as "templateId", s.purpose, s.topic,
               s.at, s.attempts, due.domain, s.message_id as "messageId", s.envelope, s.subject, s.html, s.text`,
    params,
  )
  return rows
    .map(({ envelope, subject, html, text: plain, ...row }) => ({
      ...row,
      again: envelope && subject !== null && html !== null && plain !== null ? { envelope, subject, html, text: plain } : null,
    }))
    .sort((a, b) => a.at - b.at || a.id - b.id)
}

/**
 * Puts off those that are due to domains that take no more, where they are so many that those behind them are not seen.
 * @returns how many
 */
export async function putOffBusy(
  sql: Sql,
  lane: Lane,
  { wall, now, busy, until }: { wall: number; now: number; busy: readonly string[]; until: number },
): Promise<number> {
  const { text, params } = inLane(lane)
  const add = (value: unknown) => `$${params.push(value)}`
  const [due, free, full, later] = [add(now), add(wall), add(busy), add(until)]
  const rows = await sql.query(
    `with first as materialized (${firstDue(text, { due, free, window: WINDOW })})
     update send s set next_attempt_at = ${later}::bigint from first f
     where ${text} and s.bucket = f.bucket and s.id = f.id and f.domain = any(${full}::text[]) and s.status = 'queued'
       and (s.claimed_until is null or s.claimed_until < ${free}::bigint) and (select count(*) from first) >= ${WINDOW} returning 1`,
    params,
  )
  return rows.length
}

/** Mails under way to a domain, from all processes. */
export async function mailsUnderWay(sql: Sql, domain: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*) as n from send where status = 'sending' and lower(split_part(to_address, '@', 2)) = $1`,
    [domain],
  )
  return row?.n ?? 0
}

/** Keeps the claims on what is still being worked on. */
export async function keepClaims(
  sql: Sql,
  { owner, wall, ttl }: Claimant,
  sends: readonly { bucket: number; id: number }[],
): Promise<void> {
  if (sends.length === 0) return
  await sql.query(
    `update send t set claimed_until = $1 from unnest($2::smallint[], $3::bigint[]) v(bucket, id)
     where t.bucket = v.bucket and t.id = v.id and t.claimed_by = $4 and t.status in ('queued', 'sending') and t.claimed_until is not null`,
    [wall + ttl, sends.map((send) => send.bucket), sends.map((send) => send.id), owner],
  )
}

/** Gives these back, where they were claimed and not begun. */
export async function giveBackSends(sql: Sql, owner: string, sends: readonly { bucket: number; id: number }[]): Promise<void> {
  if (sends.length === 0) return
  await sql.query(
    `update send t set claimed_until = null from unnest($1::smallint[], $2::bigint[]) v(bucket, id)
     where t.bucket = v.bucket and t.id = v.id and t.claimed_by = $3 and t.status = 'queued'`,
    [sends.map((send) => send.bucket), sends.map((send) => send.id), owner],
  )
}

/** Gives back whatever was claimed and not begun; for a clean stop. */
export async function releaseSends(sql: Sql, owner: string): Promise<void> {
  await sql.query(`update send set claimed_until = null where claimed_by = $1 and status = 'queued'`, [owner])
}

/**
 * Mails whose process went away while it talked to the mail server: nobody knows whether they arrived. They are shown and counted, and
 * never sent again by themselves (SEMANTICS 1.3).
 * @returns how many
 */
export async function giveUpLost(sql: Sql, wall: number): Promise<number> {
  const rows = await sql.query(
    `update send set status = 'unknown', claimed_until = null, next_attempt_at = null, last_error = $2
     where status = 'sending' and claimed_until < $1 returning id`,
    [wall, LOST],
  )
  return rows.length
}

/** All claims are void: only where this process knows that it is alone, as with the embedded database at its start. */
export async function voidClaims(sql: Sql): Promise<number> {
  await sql.query(`update send set claimed_until = null where status = 'queued' and claimed_until is not null`)
  await sql.query(`update send set claimed_until = 0 where status = 'sending'`)
  return giveUpLost(sql, 1)
}

const LOST = 'Baton was stopped while it handed this mail to the mail server. It may have arrived or not.'

/** When the next queued mail is due; null when none waits. Mails of paused flows do not count. */
export async function nextSendDue(sql: Sql): Promise<number | null> {
  const [row] = await sql.query<{ at: number | null }>(
    `select min(s.next_attempt_at) as at from send s
     where s.status = 'queued' and not exists (select 1 from flow f where f.id = s.flow_id and f.status = 'paused')`,
  )
  return row?.at ?? null
}

/** So often a mail of unknown fate is sent once more by itself, and no older ones. */
const REPEATS = 5
const REPEAT_WITHIN = 3 * 86_400_000

/**
 * Sends mail of unknown fate once more, where the workspace says so (SEMANTICS 1.3): the same text under the same Message-ID, so that a
 * mailbox that has it already may see that.
 * @returns how many
 */
export async function repeatAllUnknown(sql: Sql, now: number): Promise<number> {
  const rows = await sql.query(
    `update send set status = 'queued', next_attempt_at = $1, claimed_until = null, last_error = null
     where status = 'unknown' and attempts < $2::int and at > $3 and envelope is not null and html is not null returning id`,
    [now, REPEATS, now - REPEAT_WITHIN],
  )
  return rows.length
}
