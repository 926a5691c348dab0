import { type Enrolment, foldProps } from '@baton/engine'
import type { Ids } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'
import type { Facts } from '../../schema/contact.ts'
import { bucketOf, bulk, each, type Turn } from './bulk.ts'
import { writeLeads } from './handoffs.ts'
import type { Lane } from './lane.ts'
import { writeOutgoing } from './outgoing.ts'
import { writeParked } from './parked.ts'
import { writeRefused } from './refused.ts'
import { writeRelated } from './related.ts'

async function writePeople(tx: Sql, lane: Lane, turns: readonly Turn[]): Promise<void> {
  const rows = turns
    .filter((turn) => turn.result.personChanged)
    .map(({ contactId, result: { state } }) => {
      const who = state.person
      const stopped = who.suppressed === null ? {} : { s: who.suppressed }
      const rests = who.restUntil === undefined ? {} : { r: who.restUntil }
      const facts: Facts = { f: who.fields, k: who.folded, c: who.consent, ...stopped, ...rests }
      return {
        bucket: bucketOf(contactId),
        id: contactId,
        zone: who.zone,
        side: who.ownerSide,
        owner: who.ownerId,
        stage: who.stage,
        facts,
      }
    })
  await bulk(
    tx,
    lane,
    rows,
    'id bigint, zone text, side text, owner text, stage text, facts jsonb',
    (q) => `update contact t set zone = v.zone, owner_side = v.side, owner_id = v.owner, stage = v.stage, facts = v.facts, rev = t.rev + 1
            from ${q.v} where ${q.on('t')} and t.id = v.id`,
  )
}

/** What every step may change, and what an end changes. */
const movedColumns = 'id bigint, version integer, node text, node_since bigint, due_at bigint, vars jsonb, seq integer'
const endedColumns = `${movedColumns}, gen integer, ended_at bigint, end_how text, end_label text`
const madeColumns = `${endedColumns}, contact_id bigint, flow_id text, key text, entry integer, entered_at bigint`
const moved =
  'version = v.version, node = v.node, node_since = v.node_since, due_at = v.due_at, vars = v.vars, seq = v.seq, rev = t.rev + 1'

/** Ids of the new passages are taken here; the given results are not changed. Gives what the journal and the wheel need. */
async function writeEnrolments(tx: Sql, lane: Lane, turns: readonly Turn[], ids: Ids) {
  const changes = turns.flatMap(({ contactId, result }) => result.enrolments.map((change) => ({ contactId, change })))
  const fresh = changes.filter(({ change }) => change.value.id === null)
  const made = await ids.take(
    fresh.map(({ contactId }) => bucketOf(contactId)),
    tx,
  )
  const idOf = new Map(fresh.map(({ change }, i) => [change, made[i] ?? 0]))
  const rows = changes.map(({ contactId, change }) => {
    const e: Enrolment = change.value
    return {
      bucket: bucketOf(contactId),
      id: e.id ?? idOf.get(change) ?? 0,
      contact_id: contactId,
      flow_id: e.flowId,
      key: e.key,
      gen: change.ended ? e.entry : 0,
      entry: e.entry,
      version: e.version,
      node: e.node,
      node_since: e.nodeSince,
      entered_at: e.enteredAt,
      due_at: change.ended ? null : e.dueAt,
      vars: e.vars,
      seq: e.seq,
      ended_at: change.ended?.at ?? null,
      end_how: change.ended?.how ?? null,
      end_label: change.ended?.label ?? null,
      isNew: e.id === null,
      steps: change.steps,
    }
  })
  const sorted = rows.sort((a, b) => a.bucket - b.bucket || a.id - b.id)
  // Ended ones first: a restart makes the next live passage of the same (contact, flow, key) in this very turn.
  await bulk(
    tx,
    lane,
    sorted.filter((row) => !row.isNew && row.gen > 0),
    endedColumns,
    (q) => `update enrolment t set gen = v.gen, ended_at = v.ended_at, end_how = v.end_how, end_label = v.end_label, ${moved}
            from ${q.v} where ${q.on('t')} and t.id = v.id`,
  )
  await bulk(
    tx,
    lane,
    sorted.filter((row) => !row.isNew && row.gen === 0),
    movedColumns,
    (q) => `update enrolment t set ${moved} from ${q.v} where ${q.on('t')} and t.id = v.id`,
  )
  await bulk(
    tx,
    lane,
    sorted.filter((row) => row.isNew),
    madeColumns,
    (
      q,
    ) => `insert into enrolment (bucket, id, contact_id, flow_id, key, gen, entry, version, node, node_since, entered_at, due_at, vars, seq,
                   ended_at, end_how, end_label)
            select ${q.bucket}, v.id, v.contact_id, v.flow_id, v.key, v.gen, v.entry, v.version, v.node, v.node_since, v.entered_at, v.due_at,
                   v.vars, v.seq, v.ended_at, v.end_how, v.end_label from ${q.source}`,
  )
  return sorted
}

async function writeHistory(tx: Sql, lane: Lane, turns: readonly Turn[]): Promise<void> {
  await bulk(
    tx,
    lane,
    each(turns, (result) =>
      result.events.map((e) => ({
        id: e.id,
        type: e.type,
        props: e.props,
        folded: foldProps(e.props),
        at: e.occurredAt,
        received_at: e.receivedAt,
        origin: `${e.machine ? 'm' : ''}${e.historic ? 'h' : ''}`,
      })),
    ),
    'contact_id bigint, id text, type text, props jsonb, folded jsonb, at bigint, received_at bigint, origin text',
    (q) => `insert into event (bucket, at, id, contact_id, type, props, folded, received_at, origin)
            select ${q.bucket}, v.at, v.id, v.contact_id, v.type, v.props, v.folded, v.received_at, v.origin from ${q.source} on conflict do nothing`,
  )
  await bulk(
    tx,
    lane,
    each(turns, (result) => result.ledger),
    'contact_id bigint, key text, dimension text, points integer, at bigint, rule text, cause jsonb, held boolean, since bigint',
    // A line that was taken back at the very instant at which it is given again is the same line.
    (q) => `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause, held, since)
            select ${q.bucket}, v.contact_id, v.key, v.dimension, v.points, v.at, v.rule, v.cause, coalesce(v.held, false), v.since from ${q.source}
            on conflict (bucket, contact_id, key) do update set until = null where ledger.until is not null`,
  )
  await bulk(
    tx,
    lane,
    each(turns, (result) => result.ended),
    'contact_id bigint, key text, at bigint',
    (q) =>
      `update ledger t set until = v.at from ${q.v} where ${q.on('t')} and t.contact_id = v.contact_id and t.key = v.key and t.until is null`,
  )
  await bulk(
    tx,
    lane,
    each(turns, (result) => result.members.map((m) => ({ segment_id: m.segmentId, since: m.since, recheck_at: m.recheckAt }))),
    'contact_id bigint, segment_id text, since bigint, recheck_at bigint',
    (q) => `insert into member (bucket, contact_id, segment_id, since, recheck_at)
            select ${q.bucket}, v.contact_id, v.segment_id, v.since, v.recheck_at from ${q.source}
            on conflict (bucket, contact_id, segment_id) do update set since = excluded.since, recheck_at = excluded.recheck_at`,
  )
}

async function writeSends(tx: Sql, lane: Lane, turns: readonly Turn[], ids: Ids): Promise<void> {
  const sends = each(turns, (result) => result.sends)
  const made = await ids.take(
    sends.map((it) => it.bucket),
    tx,
  )
  await bulk(
    tx,
    lane,
    sends.map((it, i) => ({
      bucket: it.bucket,
      id: made[i],
      contact_id: it.contact_id,
      key: it.key,
      flow_id: it.enrolment.flowId,
      object_key: it.enrolment.key,
      entry: it.enrolment.entry,
      version: it.version,
      node: it.node,
      template_id: it.templateId,
      purpose: it.purpose,
      topic: it.topic,
      at: it.at,
    })),
    'id bigint, contact_id bigint, key text, flow_id text, object_key text, entry integer, version integer, node text, template_id text, purpose text, topic text, at bigint',
    (
      q,
    ) => `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, topic, status, at, next_attempt_at)
            select ${q.bucket}, v.id, v.contact_id, v.key, v.flow_id, v.object_key, v.entry, v.version, v.node, v.template_id, v.purpose, v.topic, 'queued',
                   v.at, v.at from ${q.source} on conflict (bucket, key) do nothing`,
  )
  await bulk(
    tx,
    lane,
    each(turns, (result) => result.withdrawn),
    'key text, why text',
    (q) => `update send t set status = 'withdrawn', last_error = v.why, next_attempt_at = null
            from ${q.v} where ${q.on('t')} and t.key = v.key and t.status = 'queued'`,
  )
}

/** Counts per node, summed over the batch before they are appended: under the lane's first bucket, since the sum is all that counts. */
async function writeDeltas(tx: Sql, lane: Lane, turns: readonly Turn[]): Promise<void> {
  const sums = new Map<string, { bucket: number; flow_id: string; node: string; port: string; hour: number; n: number }>()
  const bucket = lane.kind === 'one' ? lane.bucket : lane.from
  for (const { result } of turns) {
    for (const delta of result.deltas) {
      const hour = Math.floor(delta.at / 3_600_000)
      // PostgreSQL's texts have no zero, so that it may part them.
      const key = `${delta.flowId}\0${delta.node}\0${delta.port ?? ''}\0${hour}`
      const sum = sums.get(key) ?? { bucket, flow_id: delta.flowId, node: delta.node, port: delta.port ?? '', hour, n: 0 }
      sum.n++
      sums.set(key, sum)
    }
  }
  await bulk(
    tx,
    lane,
    [...sums.values()],
    'flow_id text, node text, port text, hour integer, n integer',
    (q) => `insert into node_delta (bucket, flow_id, node, port, hour, n)
            select ${q.bucket}, v.flow_id, v.node, v.port, v.hour, v.n from ${q.source}`,
  )
}

/**
 * Stores what turns changed, by bulk statements inside the caller's transaction. Every row has a key of its own, so a turn that was
 * stored before changes nothing.
 * @returns the enrolments that wait for an instant, to be put on the wheel
 */
export async function writeTurns(tx: Sql, lane: Lane, turns: readonly Turn[], ids: Ids): Promise<{ id: number; dueAt: number }[]> {
  await writePeople(tx, lane, turns)
  const enrolments = await writeEnrolments(tx, lane, turns, ids)
  await bulk(
    tx,
    lane,
    enrolments.flatMap((row) => {
      const last = row.steps.at(-1)
      return last ? [{ bucket: row.bucket, id: row.id, seq: last.seq, at: last.at, due: row.steps[0]?.due ?? null, steps: row.steps }] : []
    }),
    'id bigint, seq integer, at bigint, due bigint, steps json',
    (q) => `insert into journal (bucket, enrolment_id, seq, at, due, steps)
            select ${q.bucket}, v.id, v.seq, v.at, v.due, v.steps from ${q.source} on conflict do nothing`,
  )
  await writeParked(tx, lane, turns, enrolments)
  await writeHistory(tx, lane, turns)
  await writeSends(tx, lane, turns, ids)
  await writeOutgoing(tx, lane, turns, ids)
  await writeRelated(tx, lane, turns)
  await writeLeads(tx, lane, turns, ids)
  await writeDeltas(tx, lane, turns)
  await writeRefused(tx, lane, turns)
  return enrolments.flatMap((row) => (row.due_at === null ? [] : [{ id: row.id, dueAt: row.due_at }]))
}
