import type { Sql } from '../../open/handle.ts'

/** Which hand-offs are meant: of one team, or of all teams there are. */
export interface BoardOf {
  teamId: string | null
}

/** Hand-offs `h` of the team asked for ($1), or of any that is still there. */
export const ofTeam = '($1::text is null and h.team_id in (select id from team) or h.team_id = $1)'

const open = `h.state in ('routing', 'queued', 'assigned', 'accepted', 'sleeping')`

/** A member of the teams asked for, as they stand with it. */
export interface BoardRep {
  userId: string
  name: string
  /** May sign in. */
  active: boolean
  /** Takes new leads in a team, leave apart. */
  takes: boolean
  /** Open leads at most, over these teams; null: no limit. */
  cap: number | null
  /** The absence that runs or comes next within four weeks. */
  away: { from: number; to: number; note: string } | null
}

const MONTH = 28 * 86_400_000

/** Everybody in the teams asked for, and those who still have open leads of them though they are in none. */
export function boardReps(sql: Sql, { teamId, now }: BoardOf & { now: number }): Promise<BoardRep[]> {
  return sql.query(
    `select u.id as "userId", u.name, u.active, coalesce(m.takes, false) as takes, m.cap,
       (select json_build_object('from', a.from_at, 'to', a.to_at, 'note', a.note) from absence a
        where a.user_id = u.id and a.to_at > $2 and a.from_at < $3 order by a.from_at limit 1) as away
     from "user" u
     left join (select user_id, bool_or(active) as takes, case when bool_or(cap is null) then null else sum(cap)::int end as cap
       from team_member where $1::text is null or team_id = $1 group by user_id) m on m.user_id = u.id
     where m.user_id is not null
       or u.id in (select h.rep_id from handoff h where h.rep_id is not null and ${open} and ${ofTeam})
     order by lower(u.name), u.id`,
    [teamId, now, now + MONTH],
  )
}

/** What a rep has at this moment. */
export interface RepNow {
  repId: string
  /** Waits for an answer. */
  fresh: number
  /** Accepted and not over. */
  working: number
  /** Rests after a voicemail. */
  sleeping: number
  /** The deadline is today and still ahead. */
  today: number
  /** The deadline is past and nobody was in touch. */
  late: number
  opportunities: number
}

/** Open leads by rep; `dayEnd` is where today ends. */
export function repsNow(sql: Sql, { teamId, now, dayEnd }: BoardOf & { now: number; dayEnd: number }): Promise<RepNow[]> {
  return sql.query(
    `select h.rep_id as "repId", count(*) filter (where h.state = 'assigned') as fresh, count(*) filter (where h.state = 'accepted') as working,
       count(*) filter (where h.state = 'sleeping') as sleeping,
       count(*) filter (where ${waits} and h.deadline >= $2 and h.deadline < $3) as today,
       count(*) filter (where ${waits} and h.deadline < $2) as late,
       count(*) filter (where h.state = 'accepted' and h.opportunity_id is not null) as opportunities
     from handoff h where h.rep_id is not null and ${open} and ${ofTeam} group by 1`,
    [teamId, now, dayEnd],
  )
}

/** A deadline that still runs, or was missed. */
const waits = `h.state = 'assigned' and h.deadline is not null and h.first_activity_at is null`

/** What lies with nobody. */
export interface QueueNow {
  /** With the router, for want of a rep with room. */
  queued: number
  since: number | null
  /** With a manager, who decides. */
  manager: number
  managerSince: number | null
}

/** Leads of the teams that no rep has. */
export async function queueNow(sql: Sql, { teamId }: BoardOf): Promise<QueueNow> {
  const [row] = await sql.query<QueueNow>(
    `select count(*) filter (where not h.manager_queue) as queued, min(h.created_at) filter (where not h.manager_queue) as since,
       count(*) filter (where h.manager_queue) as manager, min(h.created_at) filter (where h.manager_queue) as "managerSince"
     from handoff h where h.state in ('routing', 'queued') and ${ofTeam}`,
    [teamId],
  )
  return row ?? { queued: 0, since: null, manager: 0, managerSince: null }
}

/** A lead as a row of the board. */
export interface BoardLead {
  id: number
  rev: number
  contactId: number
  name: string
  company: string | null
  state: string
  repId: string | null
  repName: string | null
  teamId: string
  teamName: string | null
  flowName: string | null
  why: string
  managerQueue: boolean
  createdAt: number
  assignedAt: number | null
  deadline: number | null
  firstActivityAt: number | null
  breachedAt: number | null
  /** How many reps had it before. */
  had: number
  opportunityId: string | null
}

const NAME = `coalesce(nullif(trim(concat_ws(' ', c.facts->'f'->>'first_name', c.facts->'f'->>'last_name')), ''), c.facts->'f'->>'email', 'Somebody without a name')`
const MOST = 200

const LEAD = `select h.id, h.rev, h.contact_id as "contactId", ${NAME} as name, c.facts->'f'->>'company' as company, h.state, h.rep_id as "repId",
  u.name as "repName", h.team_id as "teamId", t.name as "teamName", f.name as "flowName", h.packet->>'why' as why,
  h.manager_queue as "managerQueue", h.created_at as "createdAt", h.assigned_at as "assignedAt", h.deadline,
  h.first_activity_at as "firstActivityAt", h.breached_at as "breachedAt", jsonb_array_length(h.had_by) as had, h.opportunity_id as "opportunityId"
  from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id
  left join "user" u on u.id = h.rep_id left join team t on t.id = h.team_id left join flow f on f.id = h.flow_id`

/** Whose leads are shown: a rep's, those in the queue, or those that wait for a manager. */
export type LeadsOf = { repId: string } | 'queue' | 'manager'

/** Open leads, those with the nearest deadline first; at most two hundred. */
export function boardLeads(sql: Sql, { teamId, of }: BoardOf & { of: LeadsOf }): Promise<BoardLead[]> {
  const which = of === 'queue' ? 'not h.manager_queue' : of === 'manager' ? 'h.manager_queue' : 'h.rep_id = $2'
  const states = typeof of === 'string' ? `h.state in ('routing', 'queued')` : open
  return sql.query(
    `${LEAD} where ${ofTeam} and ${states} and ${which} and ($2::text is null or true)
     order by case when ${waits} then h.deadline end nulls last, h.created_at, h.id limit ${MOST}`,
    [teamId, typeof of === 'string' ? null : of.repId],
  )
}

/** Some leads by their ids, whatever their state. */
export function boardLeadsById(sql: Sql, ids: readonly number[]): Promise<BoardLead[]> {
  return sql.query(`${LEAD} join unnest($1::smallint[], $2::bigint[]) v(bucket, id) on h.bucket = v.bucket and h.id = v.id order by h.id`, [
    ids.map((id) => id % 1024),
    ids,
  ])
}

/** A deadline of a day, met, missed or ahead. */
export interface DayDeadline {
  id: number
  name: string
  repName: string | null
  deadline: number
  firstActivityAt: number | null
  breachedAt: number | null
}

/** The deadlines of a day, for its line; at most five hundred. */
export function dayDeadlines(sql: Sql, { teamId, from, to }: BoardOf & { from: number; to: number }): Promise<DayDeadline[]> {
  return sql.query(
    `select h.id, ${NAME} as name, u.name as "repName", h.deadline, h.first_activity_at as "firstActivityAt", h.breached_at as "breachedAt"
     from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id left join "user" u on u.id = h.rep_id
     where ${ofTeam} and h.deadline >= $2 and h.deadline < $3 and h.rep_id is not null order by h.deadline, h.id limit 500`,
    [teamId, from, to],
  )
}
