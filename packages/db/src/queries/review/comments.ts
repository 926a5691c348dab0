import { newId } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'

/** Something said about a draft or one of its steps. */
export interface CommentRow {
  id: string
  thread: string
  node: string | null
  text: string
  mentions: readonly string[]
  byId: string
  byName: string | null
  at: number
  /** Of the first one of a thread. */
  resolvedAt: number | null
  resolvedBy: string | null
}

/** All that was said about a flow, in order. */
export function flowComments(sql: Sql, flowId: string): Promise<CommentRow[]> {
  return sql.query(
    `select c.id, c.thread, c.node, c.text, c.mentions, c.by_id as "byId", u.name as "byName", c.at,
            c.resolved_at as "resolvedAt", r.name as "resolvedBy"
     from flow_comment c left join "user" u on u.id = c.by_id left join "user" r on r.id = c.resolved_by
     where c.flow_id = $1 order by c.at, c.id <> c.thread, c.id`,
    [flowId],
  )
}

export interface NewComment {
  flowId: string
  /** The thread it answers to; null: it begins one. */
  thread: string | null
  node: string | null
  text: string
  mentions: readonly string[]
  by: string
  at: number
}

/** Says something. An answer stands where its thread stands, and opens it again. @returns its id; undefined when there is no such thread */
export async function addComment(tx: Sql, it: NewComment): Promise<string | undefined> {
  const id = newId('cmt')
  let { node } = it
  if (it.thread !== null) {
    const [found] = await tx.query<{ node: string | null }>(
      'update flow_comment set resolved_at = null, resolved_by = null where id = $1 and thread = id and flow_id = $2 returning node',
      [it.thread, it.flowId],
    )
    if (!found) return undefined
    node = found.node ?? node
  }
  await tx.query(
    `insert into flow_comment (id, flow_id, thread, node, text, mentions, by_id, at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
    [id, it.flowId, it.thread ?? id, node, it.text, JSON.stringify(it.mentions), it.by, it.at],
  )
  return id
}

/** Marks a thread as resolved, or opens it again. @returns false when there is no such thread */
export async function resolveThread(
  tx: Sql,
  { flowId, thread, resolved, by, at }: { flowId: string; thread: string; resolved: boolean; by: string; at: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update flow_comment set resolved_at = case when $3 then $5::bigint end, resolved_by = case when $3 then $4 end
     where flow_id = $1 and id = $2 and thread = id returning id`,
    [flowId, thread, resolved, by, at],
  )
  return rows.length > 0
}

/** Who has said something in a thread. */
export async function threadPeople(sql: Sql, thread: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select distinct by_id as id from flow_comment where thread = $1 order by by_id', [thread])
  return rows.map((it) => it.id)
}
