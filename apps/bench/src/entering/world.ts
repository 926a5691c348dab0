import { bumpPlan, createFlow, type Handle, publishFlow } from '@baton/db'
import { type FlowGraph, flowGraph, planHash } from '@baton/engine'

const BY = { id: 'usr_bench', name: 'Benchmark' }
const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const way = (source: string, target: string) => ({ id: `${source}>${target}`, source, sourceHandle: 'out', target })

/** A start, a day's wait, an exit. */
const graphOf = (on: object): FlowGraph =>
  flowGraph.parse({
    nodes: [
      node('start', 'trigger', { on }),
      node('rest', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }),
      node('end', 'exit', { label: 'Done', finished: true }),
    ],
    edges: [way('start', 'rest'), way('rest', 'end')],
  })

/** Contacts `from` to below `to`, all members of a segment that has been counted. Ids run through the buckets. */
export async function addMembers(handle: Handle, segment: string, from: number, to: number): Promise<void> {
  const now = Date.now()
  await handle.query(
    `insert into segment (id, name, condition, status, count, counted_at, created_at, updated_at)
     values ($1, $1, $2::jsonb, 'ready', $3, $4, 0, 0)`,
    [
      segment,
      JSON.stringify({ combinator: 'and', rules: [{ subject: { kind: 'field', key: 'crowd' }, op: 'is', value: segment }] }),
      to - from,
      now,
    ],
  )
  const size = 50_000
  for (let at = from; at < to; at += size) {
    const span = [at, Math.min(to, at + size) - 1]
    await handle.query(
      `insert into contact (bucket, id, key, facts, created_at)
       select (i & 1023)::smallint, 1073741824 + i, 'p' || i || '@example.com',
              jsonb_build_object('f', jsonb_build_object('crowd', $3::text, 'email', 'p' || i || '@example.com'),
                'k', jsonb_build_object('crowd', $3::text, 'email', 'p' || i || '@example.com'), 'c', '{}'::jsonb), 0
       from generate_series($1::int, $2::int) i`,
      [...span, segment],
    )
    await handle.query(
      `insert into identity (value, kind, contact_id) select 'p' || i || '@example.com', 'email', 1073741824 + i from generate_series($1::int, $2::int) i`,
      span,
    )
    await handle.query(
      `insert into member (bucket, contact_id, segment_id, since) select (i & 1023)::smallint, 1073741824 + i, $3, 0 from generate_series($1::int, $2::int) i`,
      [...span, segment],
    )
  }
}

/** Publishes a flow. @param segment whose members come in now; absent: it listens to an event */
export async function launch(handle: Handle, id: string, on: { segment: string } | { event: string }): Promise<void> {
  const graph =
    'segment' in on ? graphOf({ kind: 'segment', segmentId: on.segment }) : graphOf({ kind: 'event', type: on.event, where: [], key: null })
  await handle.transaction(async (tx) => {
    await createFlow(tx, { id, name: id, graph, by: BY, at: Date.now() })
    const [flow] = await tx.query<{ rev: number }>('select draft_rev as rev from flow where id = $1', [id])
    const enrolAt = 'segment' in on ? [{ node: 'start', segmentId: on.segment }] : []
    await publishFlow(tx, { id, rev: flow?.rev ?? 0, hash: planHash(graph), notes: '', by: BY, at: Date.now(), enrolAt })
    await bumpPlan(tx)
  })
}

/** How far a flow's people are: looked at, and whether it is over. */
export async function progressOf(handle: Handle, flowId: string): Promise<{ done: number; over: boolean }> {
  const [row] = await handle.query<{ done: number; status: string }>('select done, status from scan where flow_id = $1', [flowId])
  return { done: row?.done ?? 0, over: row?.status === 'done' }
}
