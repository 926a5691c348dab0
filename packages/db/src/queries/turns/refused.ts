import type { Sql } from '../../open/handle.ts'
import { bulk, each, type Turn } from './bulk.ts'
import type { Lane } from './lane.ts'

/** Who was at the door of a flow and was not let in. A closed flow, and a member who is none any more, are no news. */
export async function writeRefused(tx: Sql, lane: Lane, turns: readonly Turn[]): Promise<void> {
  const rows = each(turns, (result) =>
    result.refused.flatMap(({ flowId, node, why, at }) =>
      why === 'closed' || why === 'no-match' ? [] : [{ flow_id: flowId, node, why, at }],
    ),
  )
  await bulk(
    tx,
    lane,
    rows,
    'contact_id bigint, flow_id text, node text, why text, at bigint',
    (q) => `insert into refused (bucket, contact_id, flow_id, node, at, why)
            select ${q.bucket}, v.contact_id, v.flow_id, v.node, v.at, v.why from ${q.source} on conflict do nothing`,
  )
}
