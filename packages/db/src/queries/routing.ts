import type { HandoffNews, InboxItem } from '@baton/engine'
import { type Rep, type RepLoad, ROTATION_WINDOW, type RoutingReason, type TeamLoad } from '@baton/leads'
import type { Handle, Sql } from '../open/handle.ts'
import { claimByBucket } from './reach.ts'
import { appendItems } from './turns/doors.ts'
import { holdDuty } from './turns/lease.ts'

interface FreshLead {
  bucket: number
  id: number
  teamId: string
  at: number
}

/** Hand-offs that nobody has taken up, locked. Several machines do not lock in one go: each bucket that has some is asked by itself. */
async function fresh(tx: Sql, limit: number): Promise<FreshLead[]> {
  const columns = 'bucket, id, team_id as "teamId", created_at as at'
  if (!tx.spread) {
    return tx.query(`select ${columns} from handoff where state = 'routing' order by created_at, id limit $1 for update skip locked`, [
      limit,
    ])
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
            `select ${columns} from handoff where bucket = $1::smallint and state = 'routing' order by created_at, id limit $2 for update skip locked`,
            [lane.bucket, most],
          ),
  )
  return leads.sort((a, b) => a.at - b.at || a.id - b.id)
}

/** Fresh hand-offs go into their team's queue, the oldest first. @returns the teams that got some */
export function queueHandoffs(handle: Handle, limit = 500): Promise<string[]> {
  return handle.transaction(async (tx) => {
    const rows = await fresh(tx, limit)
    if (rows.length === 0) return []
    await tx.query(
      `insert into team_queue (team_id, handoff_id, at) select v."teamId", v.id, v.at
       from json_to_recordset($1::json) as v("teamId" text, id bigint, at bigint) on conflict do nothing`,
      [JSON.stringify(rows)],
    )
    await tx.query(
      `update handoff h set state = 'queued', rev = h.rev + 1 from json_to_recordset($1::json) as v(bucket smallint, id bigint)
       where h.bucket = v.bucket and h.id = v.id and h.state = 'routing'`,
      [JSON.stringify(rows)],
    )
    return [...new Set(rows.map((row) => row.teamId))]
  })
}

/** Teams with leads in their queue. */
export async function waitingTeams(sql: Sql): Promise<string[]> {
  return (await sql.query<{ teamId: string }>('select distinct team_id as "teamId" from team_queue order by 1')).map((row) => row.teamId)
}

export interface QueuedLead {
  seq: number
  bucket: number
  id: number
  contactId: number
  key: string
  rev: number
}

export interface RoutingTable {
  reps: (Rep & { name: string })[]
  load: TeamLoad
  queue: QueuedLead[]
}

/**
 * What the router of a team decides by. Open leads are those that wait for the rep's answer; the rolling count is of leads given within
 * the window: both are counted from the hand-offs themselves, so they cannot drift.
 */
export async function routingTable(tx: Sql, teamId: string, now: number, limit: number): Promise<RoutingTable> {
  const members = await tx.query<{ id: string; name: string; weight: number; cap: number | null; active: boolean }>(
    `select m.user_id as id, u.name, m.weight, m.cap, m.active and u.active as active from team_member m join "user" u on u.id = m.user_id where m.team_id = $1`,
    [teamId],
  )
  const counts = await tx.query<{ repId: string; open: number; count: number }>(
    `select rep_id as "repId", count(*) filter (where state = 'assigned') as open, count(*) filter (where assigned_at > $2) as count
     from handoff where team_id = $1 and rep_id is not null group by 1`,
    [teamId, now - ROTATION_WINDOW],
  )
  const kept = await tx.query<Pick<RepLoad, 'credit' | 'creditAt' | 'present' | 'lastAt'> & { repId: string }>(
    'select rep_id as "repId", credit, credit_at as "creditAt", present, last_at as "lastAt" from rep_load where team_id = $1',
    [teamId],
  )
  const load: Record<string, RepLoad> = {}
  for (const { id } of members) {
    const had = kept.find((row) => row.repId === id)
    const has = counts.find((row) => row.repId === id)
    load[id] = {
      open: has?.open ?? 0,
      count: has?.count ?? 0,
      credit: had?.credit ?? 0,
      creditAt: had?.creditAt ?? null,
      present: had?.present ?? false,
      lastAt: had?.lastAt ?? null,
    }
  }
  return { reps: members.map((row) => ({ ...row, absences: [] })), load, queue: await headOf(tx, teamId, limit) }
}

/** The first leads of a queue. It lies with its team and they with their people, so they are asked one after the other. */
async function headOf(tx: Sql, teamId: string, limit: number): Promise<QueuedLead[]> {
  const places = await tx.query<{ seq: number; id: number }>(
    'select seq, handoff_id as id from team_queue where team_id = $1 order by seq limit $2',
    [teamId, limit],
  )
  if (places.length === 0) return []
  const leads = await tx.query<Omit<QueuedLead, 'seq'>>(
    `select h.bucket, h.id, h.contact_id as "contactId", h.key, h.rev from unnest($1::smallint[], $2::bigint[]) v(bucket, id)
     join handoff h on h.bucket = v.bucket and h.id = v.id`,
    [places.map(({ id }) => id % 1024), places.map(({ id }) => id)],
  )
  const known = new Map(leads.map((lead) => [lead.id, lead]))
  return places.flatMap(({ seq, id }) => {
    const lead = known.get(id)
    return lead ? [{ seq, ...lead }] : []
  })
}

export interface Decision {
  lead: QueuedLead
  outcome: { kind: 'rep'; repId: string; repName: string } | { kind: 'overflow' }
  reason: RoutingReason
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

const newsOf = ({ outcome, reason }: Decision): HandoffNews =>
  outcome.kind === 'rep'
    ? { outcome: 'assigned', repId: outcome.repId, repName: outcome.repName, reason: { ...reason } }
    : { outcome: 'overflow', reason: { ...reason } }

/**
 * Decides for the leads at the head of a team's queue, with everything in one transaction: only the holder of the team's duty may.
 * `decide` is pure and gets the table; leads it does not decide for stay in the queue.
 * @returns how many were decided
 */
export function routeTeam(
  handle: Handle,
  team: { id: string; duty: string; owner: string; now: number; limit: number },
  decide: (table: RoutingTable) => { decisions: Decision[]; load: TeamLoad },
): Promise<number> {
  return handle.transaction(async (tx) => {
    await holdDuty(tx, team.duty, team.owner)
    const { decisions, load } = decide(await routingTable(tx, team.id, team.now, team.limit))
    if (decisions.length === 0) return 0
    const rows = decisions.map(({ lead, outcome, reason }) => ({
      bucket: lead.bucket,
      id: lead.id,
      rev: lead.rev,
      repId: outcome.kind === 'rep' ? outcome.repId : null,
      state: outcome.kind === 'rep' ? 'assigned' : 'overflow',
      assigned: outcome.kind === 'rep' ? team.now : null,
      closed: outcome.kind === 'rep' ? null : team.now,
      reason,
    }))
    const changed = await tx.query<{ id: number }>(
      `update handoff h set state = v.state, rep_id = v."repId", rev = h.rev + 1, assigned_at = v.assigned, closed_at = v.closed, assign_reason = v.reason
       from json_to_recordset($1::json) as v(bucket smallint, id bigint, rev integer, "repId" text, state text, assigned bigint, closed bigint, reason jsonb)
       where h.bucket = v.bucket and h.id = v.id and h.rev = v.rev and h.state = 'queued' returning h.id`,
      [JSON.stringify(rows)],
    )
    const done = new Set(changed.map((row) => row.id))
    await tx.query('delete from team_queue where team_id = $1 and seq = any($2::bigint[])', [
      team.id,
      decisions.map(({ lead }) => lead.seq),
    ])
    await keepLoad(tx, team.id, load)
    await appendItems(
      tx,
      decisions
        .filter(({ lead }) => done.has(lead.id))
        .map((decision) => ({
          contactId: decision.lead.contactId,
          item: { kind: 'handoff', at: team.now, handoff: decision.lead.key, news: newsOf(decision) } satisfies InboxItem,
        })),
    )
    return decisions.length
  })
}

export type Answer = { kind: 'accept' } | { kind: 'reject'; reason: string; note: string | null }

export interface AnswerArgs {
  id: number
  /** The revision that the rep saw. */
  rev: number
  /** Who answers: the rep, or a manager for them. */
  rep: { id: string; name: string }
  /** A manager answers for others too. */
  asManager: boolean
  answer: Answer
  at: number
}

/** Why an answer was not taken: somebody was faster, or it is not this person's lead. */
export type AnswerRefused = 'unknown' | 'not-yours' | 'changed'

/**
 * A rep accepts or rejects a lead: compare-and-set on its revision, and the contact's inbox is told, in one transaction. Nudge the
 * runner afterwards.
 */
export async function answerHandoff(tx: Sql, args: AnswerArgs): Promise<{ contactId: number } | { refused: AnswerRefused }> {
  const [row] = await tx.query<{ contactId: number; key: string; repId: string | null; state: string; rev: number }>(
    `select contact_id as "contactId", key, rep_id as "repId", state, rev from handoff where bucket = $1::smallint and id = $2 for update`,
    [args.id % 1024, args.id],
  )
  if (!row) return { refused: 'unknown' }
  if (row.repId !== args.rep.id && !args.asManager) return { refused: 'not-yours' }
  if (row.state !== 'assigned' || row.rev !== args.rev) return { refused: 'changed' }
  const rejected = args.answer.kind === 'reject' ? args.answer : null
  await tx.query(
    `update handoff set state = $3, rev = rev + 1, answered_at = $4, closed_at = $5, reject_reason = $6, reject_note = $7, answered_by = $8
     where bucket = $1::smallint and id = $2`,
    [
      args.id % 1024,
      args.id,
      rejected ? 'rejected' : 'accepted',
      args.at,
      rejected ? args.at : null,
      rejected?.reason ?? null,
      rejected?.note ?? null,
      args.rep.id,
    ],
  )
  const who = { repId: args.rep.id, repName: args.rep.name }
  const news: HandoffNews = rejected
    ? { outcome: 'rejected', ...who, why: rejected.reason, note: rejected.note ?? undefined }
    : { outcome: 'accepted', ...who }
  await appendItems(tx, [{ contactId: row.contactId, item: { kind: 'handoff', at: args.at, handoff: row.key, news } }])
  return { contactId: row.contactId }
}
