import { UNDECIDED } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import { parkedCount } from './health.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

/** What a workspace has so far: each step of the way from nothing to leads. */
export interface Begun {
  people: boolean
  templates: boolean
  flows: boolean
  live: boolean
  teams: boolean
}

export async function begun(sql: Sql): Promise<Begun> {
  const [row] = await sql.query<Begun>(
    `select exists(select 1 from contact) as people,
            exists(select 1 from template where archived_at is null) as templates,
            exists(select 1 from flow where status <> 'archived') as flows,
            exists(select 1 from flow where live_version is not null) as live,
            exists(select 1 from team_member where active) as teams`,
  )
  if (!row) throw new Error('no row')
  return row
}

/** Whether nothing was made or brought in yet. */
export async function isEmpty(sql: Sql): Promise<boolean> {
  const has = await begun(sql)
  return !has.people && !has.flows && !has.templates
}

/** What somebody has to look at; a count of 0 is nothing to do. */
export interface Needs {
  /** Leads that nobody answered yet, and since when the oldest waits. */
  leads: { count: number; since: number | null }
  /** Mails of the last seven days that did not go out, or of which nobody knows. */
  mails: { failed: number; unknown: number }
  /** Passages that stand still with an error, and items set aside. */
  parked: number
  /** Imports of the last seven days with rows that were not taken in, the newest first. */
  imports: { id: string; fileName: string; rejected: number; endedAt: number | null }[]
}

export async function needs(sql: Sql, now: number): Promise<Needs> {
  const [leads] = await sql.query<{ count: number; since: number | null }>(
    `select count(*) as count, min(coalesce(assigned_at, created_at)) as since from handoff
     where team_id in (select id from team) and state in ('routing', 'queued', 'assigned')`,
  )
  const mails = await sql.query<{ status: 'failed' | 'unknown'; n: number }>(
    `select status, count(*) as n from send where at > $1 and status in ('failed', 'unknown') and given_up_at is null group by 1`,
    [now - 7 * DAY],
  )
  const of = (status: string) => mails.find((row) => row.status === status)?.n ?? 0
  const imports = await sql.query<Needs['imports'][number]>(
    `select id, file_name as "fileName", rejected, ended_at as "endedAt" from import_job
     where rejected > 0 and status in ('done', 'cancelled', 'failed') and created_at > $1 order by created_at desc, id limit 3`,
    [now - 7 * DAY],
  )
  return {
    leads: leads ?? { count: 0, since: null },
    mails: { failed: of('failed'), unknown: of('unknown') },
    parked: await parkedCount(sql),
    imports,
  }
}

/** What came of the last 30 days. */
export interface Month {
  /** People who are new. */
  people: number
  /** Mails that went out. */
  mails: number
  handedOver: number
  /** Of those handed over in these days; with those not answered yet they add up. */
  accepted: number
  rejected: number
  /** Half of their answers took no longer than this, ms; null without answers. */
  answerMs: number | null
}

export async function lastMonth(sql: Sql, now: number): Promise<Month> {
  const since = [now - 30 * DAY]
  // One after the other: Citus takes no counts of other tables beside a median.
  const [people] = await sql.query<{ n: number }>(
    'select count(*) as n from contact where created_at > $1 and deleted_at is null and merged_into is null',
    since,
  )
  const [mails] = await sql.query<{ n: number }>(`select count(*) as n from send where at > $1 and status = 'sent'`, since)
  const [leads] = await sql.query<Omit<Month, 'people' | 'mails'>>(
    `select count(*) as "handedOver",
            count(*) filter (where answered_at is not null and reject_reason is null) as accepted,
            count(*) filter (where answered_at is not null and reject_reason is not null) as rejected,
            (percentile_cont(0.5) within group (order by answered_at - assigned_at) filter (where answered_at is not null))::int8 as "answerMs"
     from handoff where created_at > $1`,
    since,
  )
  if (!people || !mails || !leads) throw new Error('no row')
  return { people: people.n, mails: mails.n, ...leads }
}

export interface RepLoadRow {
  userId: string
  name: string
  /** Leads that wait for their answer. */
  open: number
  /** The most they take at once, over all their teams; null: no limit. */
  cap: number | null
  /** Gets no new leads in any team for now. */
  away: boolean
}

/** Everybody in a team with what waits for them, the fullest first. */
export function repLoads(sql: Sql): Promise<RepLoadRow[]> {
  return sql.query<RepLoadRow>(
    `select u.id as "userId", u.name, coalesce(o.n, 0) as open,
            case when bool_or(m.cap is null) then null else sum(m.cap)::int end as cap,
            not bool_or(m.active and u.active) as away
     from team_member m join "user" u on u.id = m.user_id
     left join (select rep_id, count(*) as n from handoff where state = 'assigned' group by 1) o on o.rep_id = u.id
     group by u.id, u.name, o.n order by coalesce(o.n, 0) desc, lower(u.name), u.id limit 50`,
  )
}

/** Steps taken since the hour before this one began; counts are kept by the hour. */
export async function recentSteps(sql: Sql, now: number): Promise<{ since: number; steps: number }> {
  const hour = Math.floor(now / HOUR) - 1
  const [row] = await sql.query<{ n: number }>(
    `select coalesce(sum(n), 0)::int as n from node_delta where hour >= $1::int and port not in ('', '${UNDECIDED}')`,
    [hour],
  )
  return { since: hour * HOUR, steps: row?.n ?? 0 }
}
