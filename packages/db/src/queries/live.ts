import type { Parked } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import type { Facts } from '../schema/contact.ts'

/**
 * How many came to a node (`port` empty) or left it (by `port`; `end`: the passage ended there) since the flow began; with the port
 * `UNDECIDED` for how many a case there could not be decided, who are among those that came and left.
 */
export interface NodeCount {
  flowId: string
  node: string
  port: string
  n: number
}

/** Counts of one flow, or of all. Arrivals less departures are the people at a node now. */
export function nodeCounts(sql: Sql, flowId: string | null = null): Promise<NodeCount[]> {
  return sql.query<NodeCount>(
    `select flow_id as "flowId", node, port, sum(n)::int8 as n from node_delta where ($1::text is null or flow_id = $1)
     group by flow_id, node, port order by flow_id, node, port`,
    [flowId],
  )
}

/** Arrivals at nodes by day: `day` 0 holds the 24 hours from `from` on, 1 the next, and so on. Hours are counted since 1970. */
export function arrivalsByDay(
  sql: Sql,
  { flowId = null, from }: { flowId?: string | null; from: number },
): Promise<{ flowId: string; node: string; day: number; n: number }[]> {
  return sql.query(
    `select flow_id as "flowId", node, (hour - $2::int) / 24 as day, sum(n)::int8 as n from node_delta
     where port = '' and hour >= $2 and ($1::text is null or flow_id = $1) group by flow_id, node, 3 order by flow_id, node, 3`,
    [flowId, Math.floor(from / 3_600_000)],
  )
}

/** How many stand still with an error, per node. Reads every passage of the flow: ask seldom. */
export function parkedAt(sql: Sql, flowId: string): Promise<{ node: string; n: number }[]> {
  return sql.query(
    `select node, count(*)::int as n from enrolment where flow_id = $1 and gen = 0 and vars ? 'parked' group by node order by node`,
    [flowId],
  )
}

/** Somebody at a node, or who passed it. */
export interface PersonAt {
  enrolmentId: number
  contactId: number
  key: string
  /** First and last name as far as known, else the key. */
  name: string
  company: string | null
  node: string
  since: number
  dueAt: number | null
  version: number
  parked: Parked | null
  /** What keeps them here, where the step holds them back. */
  held: { because: string } | null
  ended: string | null
  objectKey: string
}

export interface PeopleQuery {
  flowId: string
  node: string
  /** Here now, here now with an error, or been here at some time. */
  who: 'here' | 'parked' | 'passed'
  /** The last row of the page before. */
  after?: { bucket: number; id: number } | undefined
  limit: number
}

/** At the node, or at a step of the flow that it contains. */
const AT = `(e.node = $2 or starts_with(e.node, $2 || '/'))`

const WHO: Readonly<Record<PeopleQuery['who'], string>> = {
  here: `e.gen = 0 and ${AT}`,
  parked: `e.gen = 0 and ${AT} and e.vars ? 'parked'`,
  passed: `e.vars -> 'visits' ? $2`,
}

/** People of a flow by node, in the order of their ids. `gen` orders the index first: those inside come before those who left. */
export async function peopleAt(sql: Sql, { flowId, node, who, after, limit }: PeopleQuery): Promise<PersonAt[]> {
  const rows = await sql.query<Omit<PersonAt, 'name' | 'company'> & { facts: Facts }>(
    `select e.id as "enrolmentId", e.contact_id as "contactId", c.key, c.facts, e.node, e.node_since as since, e.due_at as "dueAt",
       e.version, e.vars -> 'parked' as parked,
       case when e.gen = 0 and e.vars -> 'here' ? 'because' then e.vars -> 'here' end as held, e.end_how as ended, e.key as "objectKey"
     from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id
     where e.flow_id = $1 and ${WHO[who]} and (e.bucket, e.id) > ($3::smallint, $4::bigint)
     order by e.bucket, e.id limit $5`,
    [flowId, node, after?.bucket ?? 0, after?.id ?? -1, limit],
  )
  return rows.map(named)
}

/** A row with what the person is called, of what is known of them. */
function named<T extends { key: string; facts: Facts }>({ facts, ...row }: T): Omit<T, 'facts'> & { name: string; company: string | null } {
  const words = [facts.f.first_name, facts.f.last_name].filter((it) => typeof it === 'string' && it !== '')
  const company = facts.f.company
  return { ...row, name: words.length > 0 ? words.join(' ') : row.key, company: typeof company === 'string' ? company : null }
}

/** Somebody who stands still with an error. */
export interface StandsStill {
  enrolmentId: number
  contactId: number
  key: string
  name: string
  company: string | null
  node: string
  version: number
  objectKey: string
  parked: Parked
}

/**
 * Who of a flow stands still, over all its steps, by looking through `scan` passages at most, in the order of their ids: a page may hold
 * nobody although later ones do. No index over errors: it would cost every step (DATA 1). `next` null: everybody has been looked at.
 */
export async function standStill(
  sql: Sql,
  { flowId, after, scan }: { flowId: string; after?: { bucket: number; id: number } | undefined; scan: number },
): Promise<{ rows: StandsStill[]; next: { bucket: number; id: number } | null }> {
  const from = [flowId, after?.bucket ?? 0, after?.id ?? -1, scan]
  const page = `select bucket, id, contact_id, key, node, version, vars from enrolment
    where flow_id = $1 and gen = 0 and (bucket, id) > ($2::smallint, $3::bigint) order by bucket, id limit $4`
  const rows = await sql.query<Omit<StandsStill, 'name' | 'company'> & { facts: Facts }>(
    `select e.id as "enrolmentId", e.contact_id as "contactId", c.key, c.facts, e.node, e.version, e.key as "objectKey", e.vars -> 'parked' as parked
     from (${page}) e join contact c on c.bucket = e.bucket and c.id = e.contact_id where e.vars ? 'parked' order by e.bucket, e.id`,
    from,
  )
  const [last] = await sql.query<{ bucket: number; id: number }>(
    `select bucket, id from (${page}) e order by bucket, id offset $4 - 1`,
    from,
  )
  return { rows: rows.map(named), next: last ?? null }
}

/** How many are members of a segment now, and whether it is still being counted; undefined when there is no such segment. */
export async function segmentSize(sql: Sql, segmentId: string): Promise<{ people: number; building: boolean } | undefined> {
  const [segment] = await sql.query<{ building: boolean }>(`select status = 'building' as building from segment where id = $1`, [segmentId])
  if (!segment) return undefined
  const [members] = await sql.query<{ n: number }>('select count(*) as n from member where segment_id = $1 and since is not null', [
    segmentId,
  ])
  return { ...segment, people: members?.n ?? 0 }
}
