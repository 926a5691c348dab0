import type { HandoffContract, HandoffNews, InboxItem } from '@baton/engine'
import { type Assignment, afterBreach, CIRCLE, goesInCircles, startLevel } from '@baton/leads'
import type { Sql } from '../open/handle.ts'
import { BATON, type LogLine, logHandoff } from './handoff-log.ts'
import { type LeadCall, type LeadNote, managersOf, tellOfLeads } from './lead-notes.ts'
import { type QueuedLead, type RouteOrder, type RoutingTable, teamHours } from './routing-table.ts'
import { appendItems } from './turns/doors.ts'

/** A row as the router leaves it. */
interface Row {
  bucket: number
  id: number
  rev: number
  state: 'assigned' | 'overflow' | 'no-response' | 'queued'
  repId: string | null
  assigned: number | null
  closed: number | null
  outcome: 'overflow' | 'no-response' | null
  deadline: number | null
  look: number | null
  manager: boolean
  route: QueuedLead['route']
  reason: Readonly<Record<string, unknown>>
}

/** What follows from a decision, beside the row. */
interface Settled {
  row: Row
  log: LogLine[]
  news: HandoffNews[]
  notes: LeadNote[]
  calls: LeadCall[]
}

interface Ports {
  order: RouteOrder
  table: RoutingTable
  managers: readonly string[]
  /** By contact, when leads of theirs overflowed lately. */
  overflowed: ReadonlyMap<number, readonly number[]>
  start(repId: string, contract: Partial<HandoffContract>): { deadline: number; look: number } | null | 'no-hours'
}

/**
 * Writes down what the router decided, in its transaction: the row, its log, the word to the contact's inbox, and what sales is told. A
 * lead that somebody changed meanwhile stays as it is.
 */
export async function settle(
  tx: Sql,
  order: RouteOrder,
  table: RoutingTable,
  decided: readonly { lead: QueuedLead; result: Assignment }[],
): Promise<void> {
  const hours = await teamHours(tx, [order.id])
  const ports: Ports = {
    ...{ order, table, managers: await managersOf(tx, order.id), overflowed: await overflowedLately(tx, decided, order.now) },
    start(repId, { level }) {
      if (!level) return null
      return startLevel(order.now, level, hours(order.id, repId)) ?? 'no-hours'
    },
  }
  const all = decided.map(({ lead, result }) => ({ lead, ...settled(lead, result, ports) }))
  const changed = await tx.query<{ id: number }>(
    `update handoff h set state = v.state, rep_id = v."repId", rev = h.rev + 1, assigned_at = v.assigned, closed_at = v.closed, outcome = v.outcome,
       deadline = v.deadline, next_look = v.look, manager_queue = v.manager, route = v.route, assign_reason = v.reason, reminded_at = null,
       breached_at = null, first_activity_at = null, accepted_at = null, answered_at = null, answered_by = null, draft_at = null
     from json_to_recordset($1::json) as v(bucket smallint, id bigint, rev integer, state text, "repId" text, assigned bigint, closed bigint, outcome text,
       deadline bigint, look bigint, manager boolean, route jsonb, reason jsonb)
     where h.bucket = v.bucket and h.id = v.id and h.rev = v.rev and h.state = 'queued' returning h.id`,
    [JSON.stringify(all.map(({ row }) => row))],
  )
  await tx.query('delete from team_queue where team_id = $1 and seq = any($2::bigint[])', [order.id, all.map(({ lead }) => lead.seq)])
  const done = new Set(changed.map((row) => row.id))
  const told = all.filter(({ lead }) => done.has(lead.id))
  await logHandoff(
    tx,
    told.flatMap((it) => it.log),
  )
  await appendItems(
    tx,
    told.flatMap(({ lead, news }) =>
      news.map((it) => ({
        contactId: lead.contactId,
        item: { kind: 'handoff', at: order.now, handoff: lead.key, news: it } satisfies InboxItem,
      })),
    ),
  )
  await tellOfLeads(tx, order.ids, { notes: told.flatMap((it) => it.notes), calls: told.flatMap((it) => it.calls) })
}

/** When leads of those overflowed lately whose lead overflows now. Nothing is asked where none does. */
async function overflowedLately(
  tx: Sql,
  decided: readonly { lead: QueuedLead; result: Assignment }[],
  now: number,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const leads = decided.filter(({ lead, result }) => result.kind === 'overflow' && lead.bounces === 0).map((it) => it.lead)
  if (leads.length === 0) return new Map()
  const rows = await tx.query<{ contactId: number; at: number[] }>(
    `select h.contact_id as "contactId", json_agg(h.closed_at) as at
     from unnest($1::smallint[], $2::bigint[]) v(bucket, id) join handoff h on h.bucket = v.bucket and h.contact_id = v.id
     where h.outcome = 'overflow' and h.closed_at > $3 group by 1`,
    [leads.map((it) => it.bucket), leads.map((it) => it.contactId), now - CIRCLE.within],
  )
  return new Map(rows.map((row) => [row.contactId, row.at]))
}

function settled(lead: QueuedLead, result: Assignment, ports: Ports): Settled {
  const reason = { ...result.reason }
  const shared = { bucket: lead.bucket, id: lead.id, rev: lead.rev, route: lead.route, reason }
  const line = (kind: LogLine['kind'], data: Readonly<Record<string, unknown>>): LogLine => ({
    ...{ handoffId: lead.id, contactId: lead.contactId, at: ports.order.now, kind, by: BATON, data },
  })
  if (result.kind === 'rep') return given(lead, result.repId, { shared, line, reason }, ports)
  const { now } = ports.order
  const nobody = { repId: null, assigned: null, deadline: null, look: null }
  const before = ports.overflowed.get(lead.contactId) ?? []
  const circles = lead.bounces === 0 && goesInCircles(before, now)
  if (lead.bounces === 0 && !circles) {
    const row: Row = { ...shared, ...nobody, state: 'overflow', closed: now, outcome: 'overflow', manager: false }
    return { row, log: [line('overflow', { reason })], news: [{ outcome: 'overflow', reason }], notes: [], calls: [] }
  }
  // It was taken back before, and nobody is left for it: that ends as a breach ends. Rule LV-5.
  const { afterBreach: then = 'no-response', agreement } = lead.contract
  if (circles || afterBreach({ redistribute: 0, afterBreach: then }, lead.bounces) === 'manager') {
    const why = circles ? { ...reason, overflowed: before.length } : reason
    const row: Row = { ...shared, ...nobody, reason: why, state: 'queued', closed: null, outcome: null, manager: true }
    const data = circles ? { overflowed: before.length } : undefined
    return {
      row,
      log: [
        line('escalated', {
          reason: why,
          ...(circles ? { why: `Handed over ${before.length} times within an hour, and nobody could take it` } : {}),
        }),
      ],
      news: [],
      notes: toManagers(lead, 'escalated', ports, data),
      calls: [],
    }
  }
  const row: Row = { ...shared, ...nobody, state: 'no-response', closed: now, outcome: 'no-response', manager: false }
  const news: HandoffNews = { outcome: 'no-response', attempts: lead.bounces, reason, ...agreement?.returns.noResponse }
  return { row, log: [line('no-response', { reason, attempts: lead.bounces })], news: [news], notes: [], calls: [] }
}

function given(
  lead: QueuedLead,
  repId: string,
  {
    shared,
    line,
    reason,
  }: {
    shared: Pick<Row, 'bucket' | 'id' | 'rev' | 'route' | 'reason'>
    line: (kind: LogLine['kind'], data: Readonly<Record<string, unknown>>) => LogLine
    reason: Readonly<Record<string, unknown>>
  },
  ports: Ports,
): Settled {
  const { order, table } = ports
  const rep = table.reps.find((it) => it.id === repId)
  const repName = rep?.name ?? repId
  const start = ports.start(repId, lead.contract)
  const runs = start === null || start === 'no-hours' ? null : start
  const deadline = runs?.deadline ?? null
  const row: Row = {
    ...shared,
    ...{ state: 'assigned', repId, assigned: order.now, closed: null, outcome: null, manager: false, deadline, look: runs?.look ?? null },
  }
  const present = lead.contract.present
  const note: LeadNote = {
    ...{ handoffId: lead.id, what: 'assigned', to: repId, nth: lead.rev, at: order.now, mail: present?.mail ?? false },
    data: { deadline },
  }
  const call = present?.webhook
    ? [
        {
          ...{ handoffId: lead.id, nth: lead.rev, at: order.now, url: present.webhook.url, secret: present.webhook.secret },
          body: {
            ...{ type: 'lead.assigned', lead: lead.id, handoff: lead.key, contact: lead.contactId, team: order.id, at: iso(order.now) },
            ...{ rep: { id: repId, name: repName, email: rep?.email ?? null }, deadline: iso(deadline), attempt: lead.bounces + 1 },
          },
        },
      ]
    : []
  return {
    row,
    log: [line('assigned', { repId, repName, reason, deadline }), ...(start === 'no-hours' ? [line('no-hours', { repId, repName })] : [])],
    news: [{ outcome: 'assigned', repId, repName, reason, deadline }],
    notes: [note, ...(start === 'no-hours' ? toManagers(lead, 'no-hours', ports) : [])],
    calls: call,
  }
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const toManagers = (lead: QueuedLead, what: LeadNote['what'], { managers, order }: Ports, data?: LeadNote['data']): LeadNote[] =>
  managers.map((to) => ({ handoffId: lead.id, what, to, nth: lead.rev, at: order.now, mail: true, data }))
