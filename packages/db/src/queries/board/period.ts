import type { Sql } from '../../open/handle.ts'
import { type BoardOf, ofTeam } from './now.ts'

/** [from, to). */
export interface Span extends BoardOf {
  from: number
  to: number
}

/** How often something happened to leads: lines of their log of one kind, by rep, flow and reason. */
export interface LogTally {
  kind: string
  repId: string | null
  flowId: string
  /** Of what was rejected or lost. */
  why: string | null
  n: number
  /** Money named in these lines, together. */
  amount: number
}

/** Lines of the leads' log within a span, counted. What is over stays counted: lines are never taken back. */
export function logTallies(sql: Sql, { teamId, from, to }: Span): Promise<LogTally[]> {
  return sql.query(
    `select l.kind, l.data->>'repId' as "repId", h.flow_id as "flowId",
       case when l.kind in ('rejected', 'lost') then l.data->>'why' end as why, count(*) as n,
       coalesce(sum(case when jsonb_typeof(l.data->'amount') = 'number' then (l.data->>'amount')::float8 end), 0)::float8 as amount
     from handoff_log l join handoff h on h.bucket = l.bucket and h.id = l.handoff_id
     where l.at >= $2 and l.at < $3 and ${ofTeam} group by 1, 2, 3, 4`,
    [teamId, from, to],
  )
}

/** What a rep made of the leads that were given to him. */
export interface RepTimes {
  repId: string
  /** Turns that came to something: the rep was in touch, or the deadline passed. */
  decided: number
  onTime: number
  /** Half of the first contacts came within this, ms; null where there was none. */
  contactMs: number | null
}

/** Lines that stop the clock of a lead. A call counts when somebody was reached. */
const inTouch = `(l.kind in ('accepted', 'mail', 'meeting') or l.kind = 'call' and coalesce(l.data->>'how', 'connected') = 'connected')`

/**
 * Each time a lead was given to a rep within a span, it is that rep's turn until it is given to the next: how long until somebody was in
 * touch, and whether the deadline passed before.
 */
const TURNS = `select o.bucket, o.handoff_id, o.flow_id, max(o.rep) filter (where o.gives) as rep, min(o.at) filter (where o.gives) as given,
    min(o.at) filter (where o.touch) as touched, min(o.at) filter (where o.kind = 'breached') as breached
  from (select l.bucket, l.handoff_id, h.flow_id, l.at, l.kind, l.data->>'repId' as rep, ${inTouch} as touch,
      l.kind in ('assigned', 'reassigned') as gives,
      count(*) filter (where l.kind in ('assigned', 'reassigned')) over (partition by l.bucket, l.handoff_id order by l.id) as turn
    from handoff_log l join handoff h on h.bucket = l.bucket and h.id = l.handoff_id
    where l.at >= $2 and ${ofTeam}) o
  where o.turn > 0 group by o.bucket, o.handoff_id, o.flow_id, o.turn`

/** How the reps kept the deadlines of what they were given within a span. */
export function repTimes(sql: Sql, { teamId, from, to }: Span): Promise<RepTimes[]> {
  return sql.query(
    `select t.rep as "repId", count(*) filter (where t.touched is not null or t.breached is not null) as decided,
       count(*) filter (where t.touched is not null and (t.breached is null or t.touched < t.breached)) as "onTime",
       (percentile_cont(0.5) within group (order by t.touched - t.given) filter (where t.touched is not null))::int8 as "contactMs"
     from (${TURNS}) t where t.given < $3 and t.rep is not null group by 1`,
    [teamId, from, to],
  )
}

/** How long until somebody was in touch with leads handed over within a span: half of them no longer than this, ms. */
export interface ContactTimes {
  flowId: string | null
  contacted: number
  contactMs: number | null
}

const FIRSTS = `select h.flow_id, min(l.at) filter (where l.kind = 'created') as created, min(l.at) filter (where ${inTouch}) as touched
  from handoff_log l join handoff h on h.bucket = l.bucket and h.id = l.handoff_id
  where l.at >= $2 and ${ofTeam} group by l.bucket, l.handoff_id, h.flow_id`

/** The time to the first contact from the hand-over on, by flow, and of all together (`flowId` null). */
export async function contactTimes(sql: Sql, { teamId, from, to }: Span): Promise<ContactTimes[]> {
  const of = (by: string) =>
    sql.query<ContactTimes>(
      `select ${by} as "flowId", count(*) filter (where f.touched is not null) as contacted,
         (percentile_cont(0.5) within group (order by f.touched - f.created) filter (where f.touched is not null))::int8 as "contactMs"
       from (${FIRSTS}) f where f.created < $3 group by 1`,
      [teamId, from, to],
    )
  return [...(await of('null::text')), ...(await of('f.flow_id'))]
}

/** A day of the period with what happened to leads on it. */
export interface DayTally {
  /** Days since the beginning of the span. */
  day: number
  handedOver: number
  accepted: number
  breached: number
}

/** Day by day, for the chart; days of 24 hours from the beginning of the span on. */
export function dayTallies(sql: Sql, { teamId, from, to }: Span): Promise<DayTally[]> {
  return sql.query(
    `select ((l.at - $2) / 86400000)::int as day, count(*) filter (where l.kind = 'created') as "handedOver",
       count(*) filter (where l.kind = 'accepted') as accepted, count(*) filter (where l.kind = 'breached') as breached
     from handoff_log l join handoff h on h.bucket = l.bucket and h.id = l.handoff_id
     where l.at >= $2 and l.at < $3 and l.kind in ('created', 'accepted', 'breached') and ${ofTeam} group by 1 order by 1`,
    [teamId, from, to],
  )
}

/** A line of the log of one of somebody's leads. */
export interface ContactLogLine {
  handoffId: number
  at: number
  kind: string
  byId: string | null
  byName: string
  data: Record<string, unknown>
}

/** The logs of all leads that somebody ever was, in the order in which they were written. The scope is that of whoever asked for the contact. */
export function contactLog(sql: Sql, contactId: number): Promise<ContactLogLine[]> {
  return sql.query(
    `select handoff_id as "handoffId", at, kind, by_id as "byId", by_name as "byName", data from handoff_log
     where bucket = $1::smallint and contact_id = $2 order by id limit 2000`,
    [contactId % 1024, contactId],
  )
}
