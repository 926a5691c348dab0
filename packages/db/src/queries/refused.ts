import type { Sql } from '../open/handle.ts'

/** Who was not let in is remembered for so long. */
const REFUSED_DAYS = 90
const DAY = 86_400_000

/** A trigger matched, and somebody was not let in. */
export interface RefusedRow {
  flowId: string
  flow: string
  node: string
  at: number
  why: string
}

/** Where a contact was not let in, the latest first. */
export function refusedOf(sql: Sql, { contactId, limit }: { contactId: number; limit: number }): Promise<RefusedRow[]> {
  return sql.query<RefusedRow>(
    `select r.flow_id as "flowId", coalesce(f.name, '') as flow, r.node, r.at, r.why from refused r left join flow f on f.id = r.flow_id
     where r.bucket = $1::smallint and r.contact_id = $2 order by r.at desc, r.flow_id, r.node limit $3::int`,
    [contactId % 1024, contactId, limit],
  )
}

/** How many were not let into a flow since an instant, by reason; and who were the latest. */
export async function refusedAt(
  sql: Sql,
  { flowId, since, limit }: { flowId: string; since: number; limit: number },
): Promise<{ counts: { why: string; n: number }[]; latest: { contactId: number; key: string; at: number; why: string }[] }> {
  const counts = await sql.query<{ why: string; n: number }>(
    'select why, count(*) as n from refused where flow_id = $1 and at >= $2 group by why order by n desc, why',
    [flowId, since],
  )
  const latest = await sql.query<{ contactId: number; key: string; at: number; why: string }>(
    `select r.contact_id as "contactId", c.key, r.at, r.why from refused r join contact c on c.bucket = r.bucket and c.id = r.contact_id
     where r.flow_id = $1 and r.at >= $2 and c.deleted_at is null order by r.at desc, r.contact_id limit $3::int`,
    [flowId, since, limit],
  )
  return { counts, latest }
}

/** Forgets who was not let in long ago. */
export async function forgetRefused(sql: Sql, now: number): Promise<void> {
  await sql.query('delete from refused where at < $1', [now - REFUSED_DAYS * DAY])
}

/** The values of a date field with how many people have each, for a count before a launch. */
export function dateValues(sql: Sql, field: string): Promise<{ value: string; n: number }[]> {
  return sql.query<{ value: string; n: number }>(
    `select facts -> 'f' ->> $1 as value, count(*) as n from contact
     where deleted_at is null and merged_into is null and facts -> 'f' ? $1 group by 1 order by 1 limit 50000`,
    [field],
  )
}
