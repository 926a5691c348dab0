import type { HandoffContract, HandoffNews } from '@baton/engine'
import { type AfterBreach, type LevelStep, lapsed, levelStep, ROTATION_WINDOW, startLevel } from '@baton/leads'
import type { Ids } from '../ids.ts'
import type { Handle, Sql } from '../open/handle.ts'
import { changeHandoff, type HandoffChange, type HandoffSet, LEFT } from './handoff-change.ts'
import { BATON, type LogKind } from './handoff-log.ts'
import { type LeadNews, type LeadNote, managersOf, tellOfLeads } from './lead-notes.ts'
import { claimByBucket } from './reach.ts'
import { teamHours } from './routing-table.ts'
import { holdDuty } from './turns/lease.ts'

/** A lead that is to be looked at. */
interface LookedAt {
  bucket: number
  id: number
  contactId: number
  rev: number
  state: 'assigned' | 'accepted' | 'sleeping'
  repId: string
  repName: string | null
  /** Whether the rep is a member of the team who may still sign in. */
  here: boolean
  assignedAt: number | null
  deadline: number | null
  look: number
  remindedAt: number | null
  breachedAt: number | null
  draftAt: number | null
  firstActivityAt: number | null
  bounces: number
  contract: Partial<HandoffContract>
}

/** Teams with leads that the keeper of levels is to look at. */
export async function teamsToLookAt(sql: Sql, now: number): Promise<string[]> {
  const rows = await sql.query<{ teamId: string }>('select distinct team_id as "teamId" from handoff where next_look <= $1 order by 1', [
    now,
  ])
  return rows.map((row) => row.teamId)
}

const COLUMNS = `h.bucket, h.id, h.contact_id as "contactId", h.rev, h.state, h.rep_id as "repId", h.assigned_at as "assignedAt", h.deadline,
  h.next_look as look, h.reminded_at as "remindedAt", h.breached_at as "breachedAt", h.draft_at as "draftAt", h.first_activity_at as "firstActivityAt",
  h.bounces, h.contract`
const DUE = `h.next_look <= $2 and h.team_id = $1 and h.rep_id is not null and h.state in ('assigned', 'accepted', 'sleeping')`

/** Leads of a team that are due, locked; those that somebody is just answering are left out. */
async function due(tx: Sql, teamId: string, now: number, limit: number): Promise<Omit<LookedAt, 'repName' | 'here'>[]> {
  if (!tx.spread) {
    return tx.query(`select ${COLUMNS} from handoff h where ${DUE} order by h.next_look, h.id limit $3 for update skip locked`, [
      teamId,
      now,
      limit,
    ])
  }
  const buckets = await tx.query<{ bucket: number }>(`select bucket from handoff h where ${DUE} group by bucket order by bucket limit $3`, [
    teamId,
    now,
    limit,
  ])
  return claimByBucket(
    tx,
    buckets.map((row) => row.bucket),
    limit,
    (sql, lane, most) =>
      lane.kind === 'span'
        ? Promise.resolve([])
        : sql.query(
            `select ${COLUMNS} from handoff h where h.bucket = $3::smallint and ${DUE} order by h.next_look, h.id limit $4 for update skip locked`,
            [teamId, now, lane.bucket, most],
          ),
  )
}

export interface LevelOrder {
  teamId: string
  duty: string
  owner: string
  now: number
  limit: number
  ids: Ids
}

/** What the keeper of levels needs to know of a team. */
interface Keeping {
  order: LevelOrder
  hours: Awaited<ReturnType<typeof teamHours>>
  managers: readonly string[]
}

/**
 * Looks at the leads of a team whose time has come: starts levels, reminds, notices breaches, takes leads back, hands on those of reps who
 * are gone. One transaction; only the holder of the team's duty may, which is the router's: both keep the rotation's memory. What a rep
 * does at the same moment wins or loses as a whole, by the lead's row.
 * @returns how many were looked at
 */
export function keepLevels(handle: Handle, order: LevelOrder): Promise<number> {
  return handle.transaction(async (tx) => {
    await holdDuty(tx, order.duty, order.owner)
    const rows = await due(tx, order.teamId, order.now, order.limit)
    if (rows.length === 0) return 0
    const people = await tx.query<{ id: string; name: string; here: boolean }>(
      `select u.id, u.name, u.active and exists (select 1 from team_member m where m.team_id = $1 and m.user_id = u.id) as here
       from "user" u where u.id = any($2::text[])`,
      [order.teamId, rows.map((row) => row.repId)],
    )
    const known = new Map(people.map((row) => [row.id, row]))
    const keeping: Keeping = {
      order,
      hours: await teamHours(tx, [order.teamId]),
      managers: await managersOf(tx, order.teamId),
    }
    for (const row of rows) {
      const rep = known.get(row.repId)
      await lookAt(tx, { ...row, repName: rep?.name ?? null, here: rep?.here ?? false }, keeping)
    }
    return rows.length
  })
}

async function lookAt(tx: Sql, lead: LookedAt, keeping: Keeping): Promise<void> {
  if (!lead.here) return handOn(tx, lead, keeping)
  if (lead.state === 'sleeping') return plan(tx, lead, null)
  if (lead.state === 'accepted') return told(tx, lead, keeping, 'resumed', { nextLook: null })
  if (lead.firstActivityAt !== null) return plan(tx, lead, null)
  if (lead.deadline === null) return begin(tx, lead, keeping)
  const step = levelStep(
    { ...lead, deadline: lead.deadline },
    { redistribute: lead.contract.redistribute ?? 0, afterBreach: lead.contract.afterBreach ?? 'no-response' },
    keeping.order.now,
  )
  return take(tx, lead, step, keeping)
}

/** Only when to look next: nothing that anybody would have to be told, so the revision stays. */
async function plan(tx: Sql, { id }: LookedAt, look: number | null): Promise<void> {
  await tx.query('update handoff set next_look = $3 where bucket = $1::smallint and id = $2', [id % 1024, id, look])
}

const noteOf = (lead: LookedAt, what: LeadNews, to: string, { now }: LevelOrder, data: LeadNote['data'] = {}): LeadNote => ({
  ...{ handoffId: lead.id, what, to, nth: lead.rev, at: now, data },
  mail: lead.contract.present?.mail ?? false,
})

const change = (lead: LookedAt, { now }: LevelOrder, set: Partial<HandoffSet>): HandoffChange => ({
  ...{ id: lead.id, rev: lead.rev, from: [lead.state], set, log: [], at: now },
})

/** Changes the lead without a line in its log, and tells its rep. */
async function told(tx: Sql, lead: LookedAt, { order }: Keeping, what: LeadNews, set: Partial<HandoffSet>): Promise<void> {
  await changeHandoff(tx, change(lead, order, set))
  await tellOfLeads(tx, order.ids, { notes: [noteOf(lead, what, lead.repId, order, { deadline: set.deadline ?? lead.deadline })] })
}

/** A level that somebody asked for, by waking a lead up or giving it by hand. */
async function begin(tx: Sql, lead: LookedAt, keeping: Keeping): Promise<void> {
  const { order, hours, managers } = keeping
  const { level } = lead.contract
  const start = level ? startLevel(lead.assignedAt ?? order.now, level, hours(order.teamId, lead.repId)) : undefined
  if (level && !start) {
    const log = [{ kind: 'no-hours' as const, by: BATON, data: { repId: lead.repId, repName: lead.repName } }]
    await changeHandoff(tx, { ...change(lead, order, { nextLook: null }), log })
    await tellOfLeads(tx, order.ids, { notes: managers.map((to) => noteOf(lead, 'no-hours', to, order)) })
    return
  }
  await told(tx, lead, keeping, 'resumed', { deadline: start?.deadline ?? null, nextLook: start?.look ?? null })
}

async function take(tx: Sql, lead: LookedAt, step: LevelStep, keeping: Keeping): Promise<void> {
  const { order } = keeping
  switch (step.do) {
    case 'wait':
      return plan(tx, lead, step.look)
    case 'remind': {
      const log = [{ kind: 'reminded' as const, by: BATON, data: { repId: lead.repId, repName: lead.repName, deadline: lead.deadline } }]
      await changeHandoff(tx, { ...change(lead, order, { remindedAt: order.now, nextLook: step.look }), log })
      return tellOfLeads(tx, order.ids, { notes: [noteOf(lead, 'reminded', lead.repId, order, { deadline: lead.deadline })] })
    }
    case 'defer': {
      if (!step.first) return plan(tx, lead, step.look)
      const { log, news, notes } = breach(lead, step.next, keeping)
      const deferred = { kind: 'deferred' as const, by: BATON, data: { until: step.look } }
      const set = { breachedAt: order.now, nextLook: step.look }
      await changeHandoff(tx, { ...change(lead, order, set), log: [log, deferred], news: { ...news, stays: true } })
      return tellOfLeads(tx, order.ids, { notes })
    }
    case 'claw-back':
      return clawBack(tx, lead, step, keeping)
  }
}

/** That a lead was not worked in time: written down and told at the deadline, whenever it is taken back. */
function breach(lead: LookedAt, next: AfterBreach, { order, managers }: Keeping) {
  const { repId, deadline } = lead
  const repName = lead.repName ?? repId
  const news: Extract<HandoffNews, { outcome: 'breached' }> = { outcome: 'breached', repId, repName, deadline: deadline ?? order.now, next }
  return {
    log: { kind: 'breached' as const, by: BATON, data: { repId, repName, deadline, next } },
    news,
    notes: managers
      .filter((to) => to !== repId)
      .map((to): LeadNote => ({ ...noteOf(lead, 'breached', to, order, { repName, deadline, next }), mail: true })),
  }
}

async function clawBack(
  tx: Sql,
  lead: LookedAt,
  { first, next }: Extract<LevelStep, { do: 'claw-back' }>,
  keeping: Keeping,
): Promise<void> {
  const { order, managers } = keeping
  const who = { repId: lead.repId, repName: lead.repName ?? lead.repId }
  const { log, news, notes } = breach(lead, next, keeping)
  const bounces = lead.bounces + 1
  const then = after(lead, next, bounces, order.now)
  const lines: { kind: LogKind; by: typeof BATON; data?: Readonly<Record<string, unknown>> }[] = [
    ...(first ? [log] : []),
    { kind: 'clawed-back', by: BATON, data: { ...who, next } },
    ...then.log.map((kind) => ({ kind, by: BATON, data: { attempts: bounces } })),
  ]
  // Whoever was let finish writing has had it until now.
  const late: HandoffNews[] = first ? [news] : next === 'marketing' ? [] : [{ outcome: 'taken-back', ...who }]
  const all = [...late, ...then.news]
  const done = await changeHandoff(tx, {
    ...change(lead, order, { ...LEFT, ...then.set, bounces, breachedAt: lead.breachedAt ?? order.now }),
    ...{ log: lines, news: all },
  })
  if ('refused' in done) return
  await useTurn(tx, lead, order)
  await tellOfLeads(tx, order.ids, {
    notes: [
      ...(first ? notes : []),
      noteOf(lead, 'taken', lead.repId, order, { next }),
      ...(next === 'manager' ? managers.map((to) => ({ ...noteOf(lead, 'escalated', to, order), mail: true })) : []),
    ],
  })
}

/** What becomes of a lead that was taken back. */
function after(
  { contract }: LookedAt,
  next: AfterBreach,
  attempts: number,
  now: number,
): { set: Partial<HandoffSet>; log: LogKind[]; news: HandoffNews[] } {
  if (next === 'again') return { set: { state: 'routing' }, log: [], news: [] }
  if (next === 'manager') return { set: { state: 'queued', managerQueue: true }, log: ['escalated'], news: [] }
  return {
    set: { state: 'no-response', outcome: 'no-response', closedAt: now },
    log: ['no-response'],
    news: [{ outcome: 'no-response', attempts, reason: { code: 'breached' }, ...contract.agreement?.returns.noResponse }],
  }
}

/** The turn that a lead took stays used, though it counts no more. Rule LR-11. */
async function useTurn(tx: Sql, { repId, assignedAt }: LookedAt, { teamId, now }: LevelOrder): Promise<void> {
  const [row] = await tx.query<{ credit: number; creditAt: number | null; present: boolean; lastAt: number | null }>(
    'select credit, credit_at as "creditAt", present, last_at as "lastAt" from rep_load where team_id = $1 and rep_id = $2',
    [teamId, repId],
  )
  const { credit, creditAt } = lapsed(row && { ...row, open: 0, count: 0 }, assignedAt ?? now, now, ROTATION_WINDOW)
  await tx.query(
    `insert into rep_load (team_id, rep_id, credit, credit_at, present) values ($1, $2, $3, $4, true)
     on conflict (team_id, rep_id) do update set credit = excluded.credit, credit_at = excluded.credit_at`,
    [teamId, repId, credit, creditAt],
  )
}

/** A lead of somebody who is not in the team any more, or may not sign in: back into the queue, whatever its state. */
async function handOn(tx: Sql, lead: LookedAt, { order }: Keeping): Promise<void> {
  const who = { repId: lead.repId, repName: lead.repName ?? lead.repId }
  const note = 'No longer here'
  await changeHandoff(tx, {
    ...change(lead, order, { ...LEFT, breachedAt: null, state: 'routing' }),
    log: [{ kind: 'handed-on', by: BATON, data: who }],
    news: { outcome: 'given-back', ...who, note },
  })
}

/**
 * Open leads whose reps are gone (deactivated, deleted, out of the team), however that came about, and leads of teams that are gone: they
 * are looked at next. @returns how many
 */
export async function wakeOrphans(tx: Sql, now: number): Promise<number> {
  const rows = await tx.query(
    `update handoff h set next_look = $1 where h.rep_id is not null and h.state in ('assigned', 'accepted', 'sleeping') and (h.next_look is null or h.next_look > $1)
     and not exists (select 1 from team_member m join "user" u on u.id = m.user_id where m.team_id = h.team_id and m.user_id = h.rep_id and u.active)
     returning h.id`,
    [now],
  )
  return rows.length
}

/** How many leads are in which state, for the metrics: open ones only. */
export async function leadCounts(sql: Sql, now: number): Promise<{ open: number; queued: number; breached: number; manager: number }> {
  const [row] = await sql.query<{ open: number; queued: number; breached: number; manager: number }>(
    `select count(*) as open, count(*) filter (where state in ('routing', 'queued')) as queued,
       count(*) filter (where state = 'assigned' and deadline <= $1) as breached, count(*) filter (where manager_queue) as manager
     from handoff where state in ('routing', 'queued', 'assigned', 'accepted', 'sleeping')`,
    [now],
  )
  return row ?? { open: 0, queued: 0, breached: 0, manager: 0 }
}
