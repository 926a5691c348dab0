import type { HandoffEffect } from '@baton/engine'
import type { Ids } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'
import { BATON, logHandoff } from '../handoff-log.ts'
import { tellOfLeads } from '../lead-notes.ts'
import { bucketOf, bulk, each, type Turn } from './bulk.ts'
import { type Lane, lot } from './lane.ts'

/** Leads made, joined, waking up, and what the contact knows of those that were there. */
export async function writeLeads(tx: Sql, lane: Lane, turns: readonly Turn[], ids: Ids): Promise<void> {
  await writeHandoffs(tx, lane, turns, ids)
  await writeJoined(tx, lane, turns, ids)
  await writeKnown(tx, lane, turns)
  await writeResumed(tx, lane, turns)
}

async function writeHandoffs(tx: Sql, lane: Lane, turns: readonly Turn[], ids: Ids): Promise<void> {
  // One that joins an open hand-off is no row of its own.
  const rows = each(turns, (result) => result.handoffs.filter((it) => it.joins === undefined))
  const made = await ids.take(
    rows.map((it) => it.bucket),
    tx,
  )
  await bulk(
    tx,
    lane,
    rows.map((it, i) => ({
      bucket: it.bucket,
      id: made[i],
      contact_id: it.contact_id,
      key: it.key,
      flow_id: it.enrolment.flowId,
      object_key: it.enrolment.key,
      entry: it.enrolment.entry,
      version: it.version,
      node: it.node,
      team_id: it.teamId,
      packet: it.packet,
      contract: it.contract,
      agreement: it.contract.agreement?.id ?? null,
      agreed: it.contract.agreement?.version ?? null,
      at: it.at,
    })),
    'id bigint, contact_id bigint, key text, flow_id text, object_key text, entry integer, version integer, node text, team_id text, packet jsonb, contract jsonb, agreement text, agreed integer, at bigint',
    (
      q,
    ) => `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, state, packet, contract, agreement_id, agreement_version, created_at)
            select ${q.bucket}, v.id, v.contact_id, v.key, v.flow_id, v.object_key, v.entry, v.version, v.node, v.team_id, 'routing', v.packet, v.contract,
                   v.agreement, v.agreed, v.at from ${q.source} on conflict (bucket, key) do nothing`,
  )
  await logHandoff(
    tx,
    rows.map((it, i) => ({
      ...{ handoffId: made[i] ?? 0, contactId: it.contact_id, at: it.at, kind: 'created', by: BATON },
      data: { flowId: it.enrolment.flowId, node: it.node, why: it.packet.why },
    })),
    lane,
  )
}

/** One more reason to call somebody whom sales has already: it stands in the log of that lead, and whoever has it is told. */
async function writeJoined(tx: Sql, lane: Lane, turns: readonly Turn[], ids: Ids): Promise<void> {
  const joining = each(turns, (result) =>
    result.handoffs.flatMap((it): (HandoffEffect & { joins: string })[] => (it.joins === undefined ? [] : [{ ...it, joins: it.joins }])),
  )
  if (joining.length === 0) return
  const q = lot(
    lane,
    joining.map(({ bucket, joins }) => ({ bucket, key: joins })),
    'key text',
  )
  const found = await tx.query<{ id: number; key: string; repId: string | null }>(
    `select h.id, h.key, h.rep_id as "repId" from ${q.v} join handoff h on ${q.on('h')} and h.key = v.key`,
    q.params,
  )
  const leads = new Map(found.map((row) => [row.key, row]))
  const joined = joining.flatMap((it) => {
    const lead = leads.get(it.joins)
    return lead ? [{ ...it, lead }] : []
  })
  await logHandoff(
    tx,
    joined.map(({ lead, contact_id, at, enrolment, node, packet }) => ({
      ...{ handoffId: lead.id, contactId: contact_id, at, kind: 'joined', by: BATON },
      data: { flowId: enrolment.flowId, node, why: packet.why },
    })),
    lane,
  )
  const notes = joined.flatMap(({ lead, at, packet, contract }) =>
    lead.repId === null
      ? []
      : [
          {
            ...{ handoffId: lead.id, what: 'joined' as const, to: lead.repId, nth: at, at },
            ...{ mail: contract.present.mail, data: { why: packet.why } },
          },
        ],
  )
  await tellOfLeads(tx, ids, { notes }, lane)
}

/** What the turn now knows of hand-offs made before: who has them, and which are over for the contact. */
async function writeKnown(tx: Sql, lane: Lane, turns: readonly Turn[]): Promise<void> {
  const rows = turns.flatMap(({ contactId, before, result: { state } }) =>
    before.handoffs.flatMap((was) => {
      const now = state.handoffs.find((it) => it.key === was.key)
      if (now && now.state === was.state && now.repId === was.repId) return []
      return [{ bucket: bucketOf(contactId), key: was.key, state: now?.state ?? 'closed', rep: now ? now.repId : was.repId }]
    }),
  )
  await bulk(
    tx,
    lane,
    rows,
    'key text, state text, rep text',
    (q) => `update handoff t set known_state = v.state, known_rep = v.rep from ${q.v} where ${q.on('t')} and t.key = v.key`,
  )
}

/**
 * Leads that slept after a voicemail are with their rep again. The keeper of the levels looks at each at once: it starts the level anew,
 * or hands it on where the rep has gone meanwhile.
 */
async function writeResumed(tx: Sql, lane: Lane, turns: readonly Turn[]): Promise<void> {
  const rows = each(turns, (result) => result.resumed)
  if (rows.length === 0) return
  const q = lot(lane, rows, 'key text, at bigint, attempt integer')
  const awake = await tx.query<{ id: number; contactId: number; at: number; attempt: number }>(
    `update handoff t set state = case when t.accepted_at is null then 'assigned' else 'accepted' end, attempt = v.attempt, sleeping_since = null,
       assigned_at = v.at, deadline = null, next_look = v.at, reminded_at = null, breached_at = null, rev = t.rev + 1,
       first_activity_at = case when t.accepted_at is null then null else t.first_activity_at end
     from ${q.v} where ${q.on('t')} and t.key = v.key and t.state = 'sleeping'
     returning t.id, t.contact_id as "contactId", t.assigned_at as at, t.attempt`,
    q.params,
  )
  await logHandoff(
    tx,
    awake.map(({ id, contactId, at, attempt }) => ({
      ...{ handoffId: id, contactId, at, kind: 'resumed', by: BATON },
      data: { attempt },
    })),
    lane,
  )
}
