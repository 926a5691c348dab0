import type { Sql } from '../../open/handle.ts'
import type { Pace } from '../../schema/workspace.ts'

/** Whom we send to: a mail domain, or host and port of a web address. */
export type Destination = `mail ${string}` | `web ${string}`

/** After the n-th time in a row that a destination asked for less: how long it gets nothing. */
export const SLOW_DOWN = [1, 2, 5, 10, 30].map((minutes) => minutes * 60_000)
/** Whoever comes so little before their time need not come again. */
const SLACK = 1_000
const MINUTE = 60_000
/** Further away than any rest: a clock that was stepped back. */
const NO_REST = 24 * 60 * MINUTE

/** A destination that gets nothing at this moment. */
export interface Closed {
  name: Destination
  until: number
  /** It asked for less; else its mails of this minute are out. */
  slow: boolean
}

/** Destinations that get nothing now, a thousand at most; they open again by time alone. */
export function closedDestinations(sql: Sql, kind: 'mail' | 'web', now: number): Promise<Closed[]> {
  return sql.query(
    `select name, greatest(slow_until, free_at - $3::bigint) as until, slow_until > $2::bigint as slow from destination
     where starts_with(name, $1) and ((slow_until > $2 and slow_until < $2 + $4::bigint) or (free_at > $2 + $3 and free_at < $2 + $4))
     order by 2 desc limit 1000`,
    [`${kind} `, now, SLACK, NO_REST],
  )
}

/** What came of asking for a place: `full`: as many are under way as may; `closed`: nothing goes there now. */
export type Entry = { go: true; strikes: number } | { go: false; why: 'full' | 'closed' }

/**
 * Asks whether one more may go to a destination now, over all processes that deliver. Call it in the transaction in which the one is
 * marked as under way: until its end no other asks for the same destination.
 * @param going how many are under way there, asked for once nobody else may add to it
 */
export async function enterDestination(
  tx: Sql,
  name: Destination,
  { limit, now, going }: { limit: Pace; now: number; going: () => Promise<number> },
): Promise<Entry> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name])
  const [kept] = await tx.query<{ freeAt: number; strikes: number; slowUntil: number }>(
    'select free_at as "freeAt", strikes, slow_until as "slowUntil" from destination where name = $1',
    [name],
  )
  const { freeAt = 0, strikes = 0, slowUntil = 0 } = kept ?? {}
  const ahead = (at: number, by: number) => at > now + by && at < now + NO_REST
  if (ahead(slowUntil, 0) || (limit.perMinute !== null && ahead(freeAt, SLACK))) return { go: false, why: 'closed' }
  // Who asked for less is tried with one at a time, until one gets through.
  if ((await going()) >= (strikes > 0 ? 1 : limit.connections)) return { go: false, why: 'full' }
  if (limit.perMinute !== null) {
    const next = (ahead(freeAt, 0) ? freeAt : now) + MINUTE / limit.perMinute
    await tx.query('insert into destination (name, free_at) values ($1, $2) on conflict (name) do update set free_at = excluded.free_at', [
      name,
      Math.ceil(next),
    ])
  }
  return { go: true, strikes }
}

/**
 * A destination asked for less: it gets nothing for a while, longer each time in a row. Answers to what was under way together count once.
 * @param atLeast what it asked for, ms
 */
export async function slowDown(sql: Sql, name: Destination, { now, atLeast }: { now: number; atLeast: number }): Promise<void> {
  const rests = SLOW_DOWN.map((rest) => Math.max(rest, Math.min(atLeast, NO_REST - 1)))
  await sql.query(
    `insert into destination (name, strikes, slow_until) values ($1, 1, $2::bigint + ($3::bigint[])[1])
     on conflict (name) do update set strikes = least(destination.strikes + 1, cardinality($3::bigint[])),
       slow_until = $2 + ($3::bigint[])[least(destination.strikes + 1, cardinality($3::bigint[]))]
     where destination.slow_until <= $2 or destination.slow_until > $2 + $4::bigint`,
    [name, now, rests, NO_REST],
  )
}

/** It takes again what it is sent. */
export async function speedUp(sql: Sql, name: Destination): Promise<void> {
  await sql.query('update destination set strikes = 0, slow_until = 0 where name = $1 and strikes > 0', [name])
}

/** Forgets destinations of which there is nothing to know any more. */
export async function forgetDestinations(sql: Sql, now: number): Promise<void> {
  await sql.query('delete from destination where free_at < $1 and slow_until < $1', [now - NO_REST])
}
