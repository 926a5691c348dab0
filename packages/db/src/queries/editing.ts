import type { FlowGraph } from '@baton/engine'
import type { Sql } from '../open/handle.ts'

/** An open page of a flow, and who sits before it. */
export interface Tab {
  tab: string
  userId: string
  name: string
}

/** Who draws a flow, and who wants to. */
export interface FlowLock extends Tab {
  since: number
  /** The last change that arrived. */
  activeAt: number
  expiresAt: number
  next: FlowLockWish | null
}

/** `dueAt` null: asks for the place; else takes it then, given away or not. */
export interface FlowLockWish extends Tab {
  seenAt: number
  dueAt: number | null
}

interface LockRow extends Omit<FlowLock, 'next'> {
  nextTab: string | null
  nextUserId: string | null
  nextName: string | null
  nextSeenAt: number | null
  nextDueAt: number | null
}

const LOCK = `select l.tab, l.user_id as "userId", coalesce(u.name, '') as name, l.since, l.active_at as "activeAt", l.expires_at as "expiresAt",
    l.next_tab as "nextTab", l.next_user_id as "nextUserId", n.name as "nextName", l.next_seen_at as "nextSeenAt", l.next_due_at as "nextDueAt"
  from flow_lock l left join "user" u on u.id = l.user_id left join "user" n on n.id = l.next_user_id where l.flow_id = $1`

function lockOf(row: LockRow | undefined): FlowLock | null {
  if (!row || row.tab === '') return null
  const { nextTab, nextUserId, nextName, nextSeenAt, nextDueAt, ...lock } = row
  if (nextTab === null || nextUserId === null) return { ...lock, next: null }
  return { ...lock, next: { tab: nextTab, userId: nextUserId, name: nextName ?? '', seenAt: nextSeenAt ?? 0, dueAt: nextDueAt } }
}

/** Who draws a flow, as it stands; null: nobody. */
export async function flowLock(sql: Sql, flowId: string): Promise<FlowLock | null> {
  const [row] = await sql.query<LockRow>(LOCK, [flowId])
  return lockOf(row)
}

/** The same, for deciding on it: others wait until the transaction ends. */
export async function flowLockForUpdate(tx: Sql, flowId: string): Promise<FlowLock | null> {
  await tx.query('insert into flow_lock (flow_id) select id from flow where id = $1 on conflict do nothing', [flowId])
  await tx.query('select 1 from flow_lock where flow_id = $1 for update', [flowId])
  return flowLock(tx, flowId)
}

/** Stores what was decided under `flowLockForUpdate`. */
export async function writeFlowLock(tx: Sql, flowId: string, lock: FlowLock | null): Promise<void> {
  await tx.query(
    `update flow_lock set tab = $2, user_id = $3, since = $4, active_at = $5, expires_at = $6,
       next_tab = $7, next_user_id = $8, next_seen_at = $9, next_due_at = $10 where flow_id = $1`,
    [
      flowId,
      lock?.tab ?? '',
      lock?.userId ?? '',
      lock?.since ?? 0,
      lock?.activeAt ?? 0,
      lock?.expiresAt ?? 0,
      lock?.next?.tab ?? null,
      lock?.next?.userId ?? null,
      lock?.next?.seenAt ?? null,
      lock?.next?.dueAt ?? null,
    ],
  )
}

/** Whether a flow can be drawn: it is there, and not in the archive. */
export async function isDrawable(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query("select 1 from flow where id = $1 and status <> 'archived'", [id])
  return rows.length > 0
}

/** A draft as somebody saved it. */
export interface SavedDraft {
  graph: FlowGraph
  rev: number
  at: number
  by: string | null
}

/** The draft, where it is another than that of `rev`. */
export async function draftAfter(sql: Sql, id: string, rev: number): Promise<SavedDraft | undefined> {
  const [row] = await sql.query<SavedDraft>(
    `select f.draft as graph, f.draft_rev as rev, f.updated_at as at, u.name as by from flow f left join "user" u on u.id = f.updated_by
     where f.id = $1 and f.draft_rev <> $2::int`,
    [id, rev],
  )
  return row
}
