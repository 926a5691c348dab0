import { type Assignment, addWorkingMinutes, compareText, type RoutingReason, type TeamLoad } from '@baton/leads'
import type { Handle, Sql } from '../open/handle.ts'
import type { LeadRoute } from '../schema/handoff.ts'
import { BATON, logHandoff } from './handoff-log.ts'
import { findRoutes } from './lead-route.ts'
import { claimByBucket } from './reach.ts'
import { settle } from './routing-settle.ts'
import { type QueuedLead, type RouteOrder, type RoutingTable, routingTable, teamHours } from './routing-table.ts'
import { holdDuty } from './turns/lease.ts'

interface FreshLead {
  bucket: number
  id: number
  key: string
  teamId: string
  at: number
  queueMinutes: number | null
}

/** The first to be handed over first; of one instant by key, whichever machine took them down. Rule LR-14. */
const byArrival = (a: FreshLead, b: FreshLead): number => a.at - b.at || compareText(a.key, b.key)

/** Hand-offs that nobody has taken up, locked. Several machines do not lock in one go: each bucket that has some is asked by itself. */
async function fresh(tx: Sql, limit: number): Promise<FreshLead[]> {
  const columns = `bucket, id, key, team_id as "teamId", created_at as at, (contract->>'queueMinutes')::float8 as "queueMinutes"`
  if (!tx.spread) {
    return tx.query(
      `select ${columns} from handoff where state = 'routing' order by created_at, key collate "C" limit $1 for update skip locked`,
      [limit],
    )
  }
  const buckets = await tx.query<{ bucket: number }>(
    `select bucket from handoff where state = 'routing' group by bucket order by min(created_at), bucket limit $1`,
    [limit],
  )
  const leads = await claimByBucket(
    tx,
    buckets.map((row) => row.bucket),
    limit,
    (sql, lane, most) =>
      lane.kind === 'span'
        ? Promise.resolve([])
        : sql.query<FreshLead>(
            `select ${columns} from handoff where bucket = $1::smallint and state = 'routing' order by created_at, key collate "C" limit $2 for update skip locked`,
            [lane.bucket, most],
          ),
  )
  return leads.sort(byArrival)
}

/** Fresh hand-offs go into their team's queue, by arrival. @returns the teams that got some */
export function queueHandoffs(handle: Handle, now: number, limit = 500): Promise<string[]> {
  return handle.transaction(async (tx) => {
    const rows = await fresh(tx, limit)
    if (rows.length === 0) return []
    await tx.query(
      `insert into team_queue (team_id, handoff_id, at) select v."teamId", v.id, v.at
       from json_to_recordset($1::json) as v("teamId" text, id bigint, at bigint) on conflict do nothing`,
      [JSON.stringify(rows)],
    )
    const teams = [...new Set(rows.map((row) => row.teamId))]
    const hours = await teamHours(tx, rows.some((row) => row.queueMinutes !== null) ? teams : [])
    const until = rows.map((row) => {
      const calendar = row.queueMinutes === null ? undefined : hours(row.teamId, '')
      // Hours that never come end no waiting.
      return { bucket: row.bucket, id: row.id, until: calendar ? (addWorkingMinutes(now, row.queueMinutes ?? 0, calendar) ?? null) : null }
    })
    await tx.query(
      `update handoff h set state = 'queued', rev = h.rev + 1, queue_until = v.until, route = null
       from json_to_recordset($1::json) as v(bucket smallint, id bigint, until bigint)
       where h.bucket = v.bucket and h.id = v.id and h.state = 'routing'`,
      [JSON.stringify(until)],
    )
    return teams
  })
}

/** Teams with leads in their queue. */
export async function waitingTeams(sql: Sql): Promise<string[]> {
  return (await sql.query<{ teamId: string }>('select distinct team_id as "teamId" from team_queue order by 1')).map((row) => row.teamId)
}

/** Leads of a queue behind a place in it. It lies with its team and they with their people, so they are asked one after the other. */
async function pageOf(tx: Sql, teamId: string, after: number, limit: number): Promise<{ leads: QueuedLead[]; last: number | null }> {
  const places = await tx.query<{ seq: number; id: number }>(
    'select seq, handoff_id as id from team_queue where team_id = $1 and seq > $2 order by seq limit $3',
    [teamId, after, limit],
  )
  if (places.length === 0) return { leads: [], last: null }
  const leads = await tx.query<Omit<QueuedLead, 'seq'>>(
    `select h.bucket, h.id, h.contact_id as "contactId", h.key, h.rev, h.had_by as "hadBy", h.bounces, h.queue_until as "queueUntil", h.route,
            h.contract, h.assign_reason as "assignReason"
     from unnest($1::smallint[], $2::bigint[]) v(bucket, id) join handoff h on h.bucket = v.bucket and h.id = v.id
     where h.state = 'queued' and not h.manager_queue`,
    [places.map(({ id }) => id % 1024), places.map(({ id }) => id)],
  )
  const known = new Map(leads.map((lead) => [lead.id, lead]))
  // A place whose lead is gone, or no longer waits, is nobody's.
  const empty = places.filter(({ id }) => !known.has(id))
  if (empty.length > 0) {
    await tx.query('delete from team_queue where team_id = $1 and seq = any($2::bigint[])', [teamId, empty.map((it) => it.seq)])
  }
  return {
    leads: places.flatMap(({ seq, id }) => {
      const lead = known.get(id)
      return lead ? [{ seq, ...lead }] : []
    }),
    last: places.length < limit ? null : (places.at(-1)?.seq ?? null),
  }
}

async function keepLoad(tx: Sql, teamId: string, load: TeamLoad): Promise<void> {
  const rows = Object.entries(load).map(([repId, it]) => ({
    repId,
    credit: it.credit,
    creditAt: it.creditAt,
    present: it.present,
    lastAt: it.lastAt,
  }))
  await tx.query(
    `insert into rep_load (team_id, rep_id, credit, credit_at, present, last_at)
     select $1, v."repId", v.credit, v."creditAt", v.present, v."lastAt"
     from json_to_recordset($2::json) as v("repId" text, credit double precision, "creditAt" bigint, present boolean, "lastAt" bigint)
     on conflict (team_id, rep_id) do update set credit = excluded.credit, credit_at = excluded.credit_at, present = excluded.present, last_at = excluded.last_at`,
    [teamId, JSON.stringify(rows)],
  )
}

/**
 * Decides for the leads of a team's queue in their order, with everything in one transaction: only the holder of the team's duty may.
 * `decide` is pure. One that has to wait does not hold up those behind: what is given out meanwhile only makes reps less free.
 * @param stuck what the queue looked like when nobody could be given anything: as long as it looks the same it is not walked through again
 * @returns how many left the queue, and what it looks like where none did
 */
export function routeTeam(
  handle: Handle,
  order: RouteOrder,
  decide: (table: RoutingTable, load: TeamLoad, lead: QueuedLead) => Assignment,
  stuck: string | undefined,
): Promise<{ moved: number; stuck: string | undefined }> {
  return handle.transaction(async (tx) => {
    await holdDuty(tx, order.duty, order.owner)
    const table = await routingTable(tx, order.id, order.now)
    const look = await looks(tx, table, order)
    if (look.text === stuck) return { moved: 0, stuck }
    let load: TeamLoad = table.load
    const settled: { lead: QueuedLead; result: Assignment }[] = []
    const waits: { lead: QueuedLead; reason: RoutingReason }[] = []
    for (let after: number | null = 0; after !== null && settled.length < order.page; ) {
      const { leads, last }: { leads: QueuedLead[]; last: number | null } = await pageOf(tx, order.id, after, order.page)
      const fresh = (route: LeadRoute | null) => (route?.stamp === look.stamp ? route : null)
      const routes = await findRoutes(
        tx,
        leads.filter((it) => fresh(it.route) === null),
        { teamId: order.id, members: table.reps, catalog: order.catalog, stamp: look.stamp, now: order.now },
      )
      for (const it of leads) {
        const lead = { ...it, route: fresh(it.route) ?? routes.get(it.id) ?? null }
        const result = decide(table, load, lead)
        if (result.kind === 'queue') {
          if (it.assignReason?.code !== result.reason.code || fresh(it.route) === null) waits.push({ lead, reason: result.reason })
          continue
        }
        load = result.load
        settled.push({ lead, result })
      }
      after = last
    }
    await noteWaiting(tx, waits, order.now)
    if (settled.length === 0) return { moved: 0, stuck: look.text }
    await settle(tx, order, table, settled)
    await keepLoad(tx, order.id, load)
    return { moved: settled.length, stuck: undefined }
  })
}

/** What a walk through the queue depends on: as long as it is the same, those who wait wait on. */
async function looks(tx: Sql, { reps, load }: RoutingTable, { id, now }: RouteOrder): Promise<{ text: string; stamp: string }> {
  const [queue] = await tx.query<{ n: number; last: number }>(
    'select count(*) as n, coalesce(max(seq), 0) as last from team_queue where team_id = $1',
    [id],
  )
  const [late] = await tx.query<{ n: number }>(
    `select count(*) as n from handoff where team_id = $1 and state = 'queued' and queue_until <= $2`,
    [id, now],
  )
  const [territories] = await tx.query<{ stamp: string }>(
    `select coalesce(string_agg(concat(id, '@', updated_at, '#', position), ' ' order by position, id), '') as stamp from territory where team_id = $1`,
    [id],
  )
  const members = reps.map((rep) => {
    const away = rep.absences.some(({ from, to }) => from <= now && now < to)
    return [rep.id, rep.weight, rep.cap, rep.active, away, load[rep.id]?.open ?? 0]
  })
  const stamp = territories?.stamp ?? ''
  return { text: JSON.stringify([queue, late, stamp, members]), stamp }
}

/** Leads that wait, with the reason and what was found of their owners: once for each reason. */
async function noteWaiting(tx: Sql, waits: readonly { lead: QueuedLead; reason: RoutingReason }[], now: number): Promise<void> {
  if (waits.length === 0) return
  await tx.query(
    `update handoff h set route = v.route, assign_reason = v.reason
     from json_to_recordset($1::json) as v(bucket smallint, id bigint, route jsonb, reason jsonb)
     where h.bucket = v.bucket and h.id = v.id and h.state = 'queued'`,
    [JSON.stringify(waits.map(({ lead, reason }) => ({ bucket: lead.bucket, id: lead.id, route: lead.route, reason })))],
  )
  await logHandoff(
    tx,
    waits.flatMap(({ lead, reason }) =>
      lead.assignReason?.code === reason.code
        ? []
        : [{ handoffId: lead.id, contactId: lead.contactId, at: now, kind: 'queued' as const, by: BATON, data: { reason } }],
    ),
  )
}
