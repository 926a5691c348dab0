import type { Ids } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'
import { bucketOf, bulk, each, type Turn } from './bulk.ts'
import type { Lane } from './lane.ts'

/**
 * What goes out beside mail and leads, and what no longer may: everything of closed passages that has not left. What waits in the line
 * of a throttle has no time of its own: its keeper calls it up.
 */
export async function writeOutgoing(tx: Sql, lane: Lane, turns: readonly Turn[], ids: Ids): Promise<void> {
  const effects = each(turns, (result) => result.effects)
  const made = await ids.take(
    effects.map((it) => it.bucket),
    tx,
  )
  await bulk(
    tx,
    lane,
    effects.map((it, i) => ({
      bucket: it.bucket,
      id: made[i],
      contact_id: it.contact_id,
      key: it.key,
      kind: it.kind,
      flow_id: it.enrolment.flowId,
      object_key: it.enrolment.key,
      entry: it.enrolment.entry,
      version: it.version,
      node: it.node,
      payload: it.payload,
      at: it.at,
      next: it.kind === 'throttle' ? null : it.at,
    })),
    'id bigint, contact_id bigint, key text, kind text, flow_id text, object_key text, entry integer, version integer, node text, payload jsonb, at bigint, next bigint',
    (
      q,
    ) => `insert into effect (bucket, id, contact_id, key, kind, flow_id, object_key, entry, version, node, payload, status, at, next_attempt_at)
            select ${q.bucket}, v.id, v.contact_id, v.key, v.kind, v.flow_id, v.object_key, v.entry, v.version, v.node, v.payload, 'queued',
                   v.at, v.next from ${q.source} on conflict (bucket, key) do nothing`,
  )
  await bulk(
    tx,
    lane,
    turns.flatMap(({ contactId, result }) => {
      const at = result.enrolments.find((it) => it.ended)?.ended?.at
      return result.cancelled.map((prefix) => ({ bucket: bucketOf(contactId), contact: contactId, prefix, at }))
    }),
    'contact bigint, prefix text, at bigint',
    (q) => `update effect t set status = 'cancelled', next_attempt_at = null, claimed_until = null, ended_at = v.at
            from ${q.v} where ${q.on('t')} and t.contact_id = v.contact and t.status = 'queued' and starts_with(t.key, v.prefix)`,
  )
  await bulk(
    tx,
    lane,
    each(turns, (result) => result.drawn.map(({ flowId, ...it }) => ({ ...it, flow_id: flowId }))),
    'contact_id bigint, flow_id text, node text, way text, at bigint',
    (q) => `insert into drawn (bucket, contact_id, flow_id, node, way, at)
            select ${q.bucket}, v.contact_id, v.flow_id, v.node, v.way, v.at from ${q.source}
            on conflict (bucket, contact_id, flow_id, node) do update set way = excluded.way, at = excluded.at`,
  )
}
