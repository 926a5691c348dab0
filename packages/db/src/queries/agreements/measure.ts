import type { Sql } from '../../open/handle.ts'
import { BUCKETS, sampleOf } from '../sampling.ts'

/** [from, to). */
export interface Period {
  from: number
  to: number
}

/** Somebody of sales took it, whatever came after. */
const ACCEPTED = `(h.accepted_at is not null or h.state in ('accepted', 'won', 'lost') or h.outcome in ('converted', 'lost')
  or h.answered_at is not null and h.reject_reason is null and h.state <> 'no-response')`
const REJECTED = `(h.state = 'rejected' and not ${ACCEPTED})`
const WON = `(h.outcome = 'converted')`
/** Still with the router or with sales. */
const OPEN = `(h.state in ('routing', 'queued', 'assigned', 'accepted', 'sleeping'))`
/** It came to an end by what somebody of sales did, or should have done. */
const ENDED = `(h.state in ('won', 'lost', 'rejected', 'no-response'))`

/** What became of the leads that were handed over by one version within a period. Each lead is counted once in each column it belongs to. */
export interface VersionTally {
  version: number
  handed: number
  /** Accepted or rejected. */
  answered: number
  accepted: number
  rejected: number
  /** Over: won, lost, rejected or unanswered. */
  ended: number
  won: number
  noResponse: number
  /** No rep could take them. */
  overflow: number
  open: number
  /** When the first of them was handed over. */
  firstAt: number
}

/** The leads of each version of an agreement, by when they were handed over. */
export function versionTallies(sql: Sql, agreementId: string, { from, to }: Period): Promise<VersionTally[]> {
  return sql.query(
    `select h.agreement_version as version, count(*) as handed,
       count(*) filter (where ${ACCEPTED} or ${REJECTED}) as answered, count(*) filter (where ${ACCEPTED}) as accepted,
       count(*) filter (where ${REJECTED}) as rejected, count(*) filter (where ${ENDED}) as ended,
       count(*) filter (where ${WON}) as won, count(*) filter (where h.state = 'no-response') as "noResponse",
       count(*) filter (where h.state = 'overflow') as overflow, count(*) filter (where ${OPEN}) as open, min(h.created_at) as "firstAt"
     from handoff h where h.agreement_id = $1 and h.created_at >= $2 and h.created_at < $3 group by 1 order by 1`,
    [agreementId, from, to],
  )
}

/** Why leads of an agreement were rejected, the most frequent reason first. */
export function rejectionReasons(sql: Sql, agreementId: string, { from, to }: Period): Promise<{ reason: string; n: number }[]> {
  return sql.query(
    `select coalesce(h.reject_reason, '') as reason, count(*) as n from handoff h
     where h.agreement_id = $1 and h.created_at >= $2 and h.created_at < $3 and h.state = 'rejected' group by 1 order by 2 desc, 1`,
    [agreementId, from, to],
  )
}

const DATE = `'^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'`
/** The end of the day on which an opportunity was closed, in UTC; where that is not known, when it was opened. */
const CLOSED_AT = `case when r.data->>'close_date' ~ ${DATE} then (extract(epoch from
  make_date(left(r.data->>'close_date', 4)::int, substr(r.data->>'close_date', 6, 2)::int, 1)
  + (substr(r.data->>'close_date', 9, 2)::int - 1)) * 1000)::int8 + 86399999 else r.at end`

/**
 * People who became customers within a period, each once: by a hand-off that was won, by their life cycle, or by an opportunity that is won,
 * which may have come from elsewhere. `$1`, `$2`: the period. `within`: a condition over the alias, to look at some buckets only.
 */
const winsOf = (within: (alias: 'e' | 'h' | 'r') => string) => `(select w.bucket, w.contact_id, min(w.at) as at from (
    select e.bucket, e.contact_id, e.at from event e
    where e.type = 'lifecycle.changed' and e.props->>'to' = 'customer' and e.at >= $1 and e.at < $2 and ${within('e')}
    union all
    select h.bucket, h.contact_id, h.closed_at from handoff h where h.outcome = 'converted' and ${within('h')}
    union all
    select r.bucket, r.contact_id, ${CLOSED_AT} from related r
    where r.kind = 'opportunity' and (r.data->>'won' = 'true' or lower(r.data->>'stage') in ('won', 'closed won')) and ${within('r')}
  ) w where w.at >= $1 and w.at < $2 group by 1, 2)`
const WINS = winsOf(() => 'true')

/** How many became customers within a period, and how many of them sales had been handed before. */
export interface WinTally {
  wins: number
  /** By any flow, whatever it asked for. */
  handed: number
  /** By this agreement. */
  byThis: number
}

export async function winTally(sql: Sql, agreementId: string, { from, to }: Period): Promise<WinTally> {
  const before = `exists (select 1 from handoff h where h.bucket = w.bucket and h.contact_id = w.contact_id and h.created_at <= w.at`
  const [row] = await sql.query<WinTally>(
    `select count(*) as wins, count(*) filter (where ${before})) as handed,
       count(*) filter (where ${before} and h.agreement_id = $3)) as "byThis"
     from ${WINS} w join contact c on c.bucket = w.bucket and c.id = w.contact_id and c.deleted_at is null and c.merged_into is null`,
    [from, to, agreementId],
  )
  return row ?? { wins: 0, handed: 0, byThis: 0 }
}

/** Somebody at an instant. */
export interface SomebodyAt {
  id: number
  at: number
}

/** Who became customers within a period, the latest first. */
export function winners(sql: Sql, { from, to }: Period, limit: number): Promise<SomebodyAt[]> {
  return sql.query(
    `select w.contact_id as id, w.at from ${WINS} w
     join contact c on c.bucket = w.bucket and c.id = w.contact_id and c.deleted_at is null and c.merged_into is null
     order by w.at desc, w.contact_id limit $3`,
    [from, to, limit],
  )
}

/** All of them in some buckets. */
export function winnersIn(sql: Sql, { from, to }: Period, buckets: readonly number[]): Promise<SomebodyAt[]> {
  return sql.query(
    `select w.contact_id as id, w.at from ${winsOf((alias) => `${alias}.bucket = any($3::smallint[])`)} w
     join contact c on c.bucket = w.bucket and c.id = w.contact_id and c.deleted_at is null and c.merged_into is null`,
    [from, to, buckets],
  )
}

/** A lead that was answered, as it was handed over. */
export interface AnsweredLead {
  contactId: number
  at: number
  accepted: boolean
  version: number
  /** What travelled with it. */
  fields: Readonly<Record<string, unknown>>
  /** Its scores, in hundredths. */
  scores: Readonly<Record<string, unknown>>
}

/** Leads of an agreement that were accepted or rejected, the latest first. */
export function answeredLeads(sql: Sql, agreementId: string, { from, to }: Period, limit: number): Promise<AnsweredLead[]> {
  return sql.query(
    `select h.contact_id as "contactId", h.created_at as at, ${ACCEPTED} as accepted, h.agreement_version as version,
       coalesce(h.packet->'fields', '{}'::jsonb) as fields, coalesce(h.packet->'scores', '{}'::jsonb) as scores
     from handoff h where h.agreement_id = $1 and h.created_at >= $2 and h.created_at < $3 and (${ACCEPTED} or ${REJECTED})
     order by h.created_at desc, h.id limit $4`,
    [agreementId, from, to, limit],
  )
}

/** What is known of people now, by their ids. Who was removed is missing. */
export async function fieldsOf(
  sql: Sql,
  ids: readonly number[],
): Promise<Map<number, Record<string, string | number | boolean | string[]>>> {
  if (ids.length === 0) return new Map()
  const rows = await sql.query<{ id: number; fields: Record<string, string | number | boolean | string[]> }>(
    `select c.id, c.facts->'f' as fields from unnest($1::smallint[], $2::bigint[]) v(bucket, id)
     join contact c on c.bucket = v.bucket and c.id = v.id and c.deleted_at is null and c.merged_into is null`,
    [ids.map((id) => id % 1024), ids],
  )
  return new Map(rows.map((row) => [row.id, row.fields]))
}

/** How many of these people did something of each type within so many days before their instant; what machines did left out. */
export function deedsBefore(sql: Sql, people: readonly SomebodyAt[], days: number): Promise<{ type: string; n: number }[]> {
  if (people.length === 0) return Promise.resolve([])
  return sql.query(
    `select e.type, count(distinct e.contact_id) as n
     from unnest($1::smallint[], $2::bigint[], $3::bigint[]) v(bucket, id, at)
     join event e on e.bucket = v.bucket and e.contact_id = v.id and e.at < v.at and e.at >= v.at - $4::bigint and e.origin not in ('m', 'mh')
     where e.type not like 'sales.%' and e.type not in ('lifecycle.changed', 'contact.created') group by 1 order by 1`,
    [people.map(({ id }) => id % 1024), people.map(({ id }) => id), people.map(({ at }) => at), days * 86_400_000],
  )
}

/** Buckets that are looked at in one go. */
const PORTION = 64

/** Some who are no customers, for comparison: whole buckets, which are a uniform sample, until there are enough. */
export async function nonCustomers(sql: Sql, before: number, limit: number): Promise<number[]> {
  const found: number[] = []
  for (let at = 0; at < BUCKETS && found.length < limit; at += PORTION) {
    const rows = await sql.query<{ id: number }>(
      `select c.id from contact c where c.bucket = any($1::smallint[]) and c.deleted_at is null and c.merged_into is null
       and c.stage <> 'customer' and c.created_at < $2 order by c.bucket, c.id limit $3`,
      [sampleOf(at, at + PORTION), before, limit - found.length],
    )
    found.push(...rows.map((row) => row.id))
  }
  return found
}
