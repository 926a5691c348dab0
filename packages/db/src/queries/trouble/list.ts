import type { Sql } from '../../open/handle.ts'
import { SOURCES, sameError, type TroubleKind, troubleKinds } from './source.ts'

/** Of each kind so many of the latest are looked at, where they are counted or put together. */
const LATEST = 10_000

export interface TroubleRow {
  kind: TroubleKind
  id: number
  contactId: number
  /** null: the person was removed. */
  contactKey: string | null
  /** First and last name, as far as known; else empty. */
  name: string
  flowId: string
  flowName: string | null
  node: string
  /** What it is about: the subject, the address that was called, what came in. */
  about: string | null
  error: string
  /** The error without what differs from case to case. */
  same: string
  attempts: number | null
  at: number
}

/** Which of it. */
export interface TroubleFilter {
  /** Empty: all. */
  kinds: readonly TroubleKind[]
  flowId?: string | undefined
  /** An error as `same` has it. */
  same?: string | undefined
}

const kindsOf = ({ kinds }: TroubleFilter): readonly TroubleKind[] => (kinds.length === 0 ? troubleKinds : kinds)

/** The newest first. @param after the last row of the page before */
export function listTrouble(
  sql: Sql,
  { after, limit, ...filter }: TroubleFilter & { after?: { at: number; id: number } | undefined; limit: number },
): Promise<TroubleRow[]> {
  const each = kindsOf(filter).map(
    (kind) => `(select k.*, ${sameError('k.error')} as same from (${SOURCES[kind]}) k
      where ($1::bigint is null or (k.at, k.id) < ($1, $2::bigint)) and ($3::text is null or k.flow_id = $3)
        and ($4::text is null or ${sameError('k.error')} = $4) order by k.at desc, k.id desc limit $5::int)`,
  )
  return sql.query(
    `select x.kind, x.id, x.contact_id as "contactId", c.key as "contactKey",
       concat_ws(' ', c.facts -> 'f' ->> 'first_name', c.facts -> 'f' ->> 'last_name') as name, x.flow_id as "flowId", f.name as "flowName", x.node,
       x.about, x.error, x.same, x.attempts, x.at
     from (${each.join(' union all ')}) x left join contact c on c.bucket = x.bucket and c.id = x.contact_id and c.deleted_at is null
     left join flow f on f.id = x.flow_id order by x.at desc, x.id desc limit $5`,
    [after?.at ?? null, after?.id ?? null, filter.flowId ?? null, filter.same ?? null, limit],
  )
}

/** Everything of one kind that went wrong for the same reason in the same flow. */
export interface TroubleGroup {
  kind: TroubleKind
  flowId: string
  flowName: string | null
  same: string
  n: number
  since: number
  last: number
}

/** Trouble by kind, flow and error, the most frequent first; among the latest ten thousand of each kind. */
export function troubleGroups(sql: Sql, filter: TroubleFilter): Promise<TroubleGroup[]> {
  const each = kindsOf(filter).map(
    (kind) => `(select k.kind, k.flow_id, k.at, k.error from (${SOURCES[kind]}) k order by k.at desc limit $1::int)`,
  )
  return sql.query(
    `select g.kind, g.flow_id as "flowId", f.name as "flowName", g.same, g.n, g.since, g.last from (
       select x.kind, x.flow_id, ${sameError('x.error')} as same, count(*)::int as n, min(x.at) as since, max(x.at) as last
       from (${each.join(' union all ')}) x group by 1, 2, 3) g
     left join flow f on f.id = g.flow_id where ($2::text is null or g.flow_id = $2) order by g.n desc, g.last desc, g.kind, g.same limit 200`,
    [LATEST, filter.flowId ?? null],
  )
}

/** How much there is of each kind, up to ten thousand. */
export async function countTrouble(sql: Sql): Promise<Record<TroubleKind, number>> {
  const each = troubleKinds.map(
    (kind) => `(select count(*)::int from (select 1 from (${SOURCES[kind]}) k limit $1::int) ${kind}) as ${kind}`,
  )
  const [row] = await sql.query<Record<TroubleKind, number>>(`select ${each.join(', ')}`, [LATEST])
  if (!row) throw new Error('no row')
  return row
}
