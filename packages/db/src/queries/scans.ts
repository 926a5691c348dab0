import type { Actor, InboxItem } from '@baton/engine'
import { newId } from '../ids.ts'
import type { Handle, Sql } from '../open/handle.ts'
import { wake } from './chores.ts'
import { appendItems } from './turns/doors.ts'

export type ScanKind = 'publish' | 'segment' | 'resume' | 'stop'

/** A pass over many people in the background, as a page shows it. */
export interface ScanRow {
  id: string
  kind: ScanKind
  flowId: string | null
  segmentId: string | null
  node: string | null
  status: 'running' | 'done' | 'cancelled' | 'failed'
  /** People looked at, people it concerned, people in all (as counted at the start). */
  done: number
  found: number
  total: number
  error: string | null
  byId: string | null
  byName: string | null
  startedAt: number
  endedAt: number | null
}

interface RunningScan extends ScanRow {
  bucket: number
  afterId: number
  lastSeq: number
}

const columns = `id, kind, flow_id as "flowId", segment_id as "segmentId", node, status, done, found, total, error, by_id as "byId",
  by_name as "byName", started_at as "startedAt", ended_at as "endedAt", bucket, after_id as "afterId", last_seq as "lastSeq"`

export interface NewScan {
  kind: ScanKind
  flowId?: string | undefined
  segmentId?: string | undefined
  /** publish: the trigger at which people enter. */
  node?: string | undefined
  by: { id: string; name: string } | null
  at: number
}

/**
 * Starts a background pass, in the transaction of what causes it (a publish, a new condition, a resume, a stop). An older pass of the
 * same kind over the same thing is cancelled. The runner carries it out; nudge it afterwards.
 */
export async function startScan(tx: Sql, scan: NewScan): Promise<string> {
  const id = newId('scan')
  await tx.query(
    `update scan set status = 'cancelled', ended_at = $1 where status = 'running' and kind = $2
     and flow_id is not distinct from $3 and segment_id is not distinct from $4 and node is not distinct from $5`,
    [scan.at, scan.kind, scan.flowId ?? null, scan.segmentId ?? null, scan.node ?? null],
  )
  const [count] =
    scan.kind === 'segment'
      ? await tx.query<{ n: number }>('select count(*) as n from contact where deleted_at is null and merged_into is null')
      : scan.kind === 'publish'
        ? await tx.query<{ n: number }>('select count(*) as n from member where segment_id = $1 and since is not null', [
            scan.segmentId ?? '',
          ])
        : await tx.query<{ n: number }>('select count(*) as n from enrolment where flow_id = $1 and gen = 0', [scan.flowId ?? ''])
  await tx.query(
    `insert into scan (id, kind, flow_id, segment_id, node, status, total, by_id, by_name, started_at) values ($1, $2, $3, $4, $5, 'running', $6, $7, $8, $9)`,
    [
      id,
      scan.kind,
      scan.flowId ?? null,
      scan.segmentId ?? null,
      scan.node ?? null,
      count?.n ?? 0,
      scan.by?.id ?? null,
      scan.by?.name ?? null,
      scan.at,
    ],
  )
  return id
}

/** Stops a pass where it is; what it did stays. @returns false when it was over already */
export async function cancelScan(tx: Sql, id: string, at: number): Promise<boolean> {
  const rows = await tx.query(`update scan set status = 'cancelled', ended_at = $2 where id = $1 and status = 'running' returning id`, [
    id,
    at,
  ])
  return rows.length > 0
}

/** The passes of a flow or a segment, the newest first; all that run when neither is given. */
export function listScans(sql: Sql, of: { flowId?: string | undefined; segmentId?: string | undefined }): Promise<ScanRow[]> {
  return sql.query<ScanRow>(
    `select ${columns} from scan where ($1::text is null or flow_id = $1) and ($2::text is null or segment_id = $2)
     and ($1::text is not null or $2::text is not null or status = 'running') order by started_at desc, id limit 20`,
    [of.flowId ?? null, of.segmentId ?? null],
  )
}

/** Segments first: a publish over a segment that is being built waits for it. */
export function runningScans(sql: Sql): Promise<{ id: string }[]> {
  return sql.query(
    `select s.id from scan s where s.status = 'running'
     and not (s.kind = 'publish' and exists (select 1 from scan o where o.status = 'running' and o.kind = 'segment' and o.segment_id = s.segment_id))
     order by s.kind = 'segment' desc, s.started_at, s.id`,
  )
}

interface Found {
  bucket: number
  id: number
}

/** Those the pass looks at next, in (bucket, id) order. */
function nextOf(tx: Sql, scan: RunningScan, limit: number): Promise<(Found & { dueAt?: number | null; held?: boolean })[]> {
  const at = [scan.bucket, scan.afterId, limit]
  if (scan.kind === 'segment') {
    return tx.query<Found>(
      `select bucket, id from contact where (bucket, id) > ($1::smallint, $2::bigint) and deleted_at is null and merged_into is null
       order by bucket, id limit $3`,
      at,
    )
  }
  if (scan.kind === 'publish') {
    return tx.query<Found>(
      `select bucket, contact_id as id from member where segment_id = $4 and since is not null and (bucket, contact_id) > ($1::smallint, $2::bigint)
       order by bucket, contact_id limit $3`,
      [...at, scan.segmentId],
    )
  }
  return tx.query(
    `select bucket, id, due_at as "dueAt", coalesce(jsonb_array_length(vars -> 'held'), 0) > 0 as held from enrolment
     where flow_id = $4 and gen = 0 and (bucket, id) > ($1::smallint, $2::bigint) order by bucket, id limit $3`,
    [...at, scan.flowId],
  )
}

/** Tells a chunk of people; gives how many it concerned and the last inbox number. */
async function tell(
  tx: Sql,
  scan: RunningScan,
  people: Awaited<ReturnType<typeof nextOf>>,
  now: number,
): Promise<{ found: number; lastSeq: number }> {
  if (scan.kind === 'segment' || scan.kind === 'publish') {
    const source: Actor = { kind: 'system', id: scan.byId ?? 'scan', name: scan.byName ?? undefined }
    const item: InboxItem =
      scan.kind === 'segment'
        ? { kind: 'recheck', at: now, segmentId: scan.segmentId ?? '' }
        : { kind: 'enrol', at: now, flowId: scan.flowId ?? '', node: scan.node ?? '', key: '', source }
    const seqs = await appendItems(
      tx,
      people.map(({ id }) => ({ contactId: id, item })),
    )
    return { found: people.length, lastSeq: seqs.at(-1) ?? scan.lastSeq }
  }
  // Back on the wheel: at once whoever has to leave or to handle what came in during the pause, the others at their time.
  const wakings = people.flatMap(({ id, dueAt, held }) => {
    if (scan.kind === 'stop' || held) return [{ id, dueAt: now }]
    return dueAt === null || dueAt === undefined ? [] : [{ id, dueAt }]
  })
  await wake(tx, wakings)
  return { found: wakings.length, lastSeq: scan.lastSeq }
}

/** What a pass waits for at its end: the inbox is past the last row that it appended. */
async function drained(tx: Sql, lastSeq: number): Promise<boolean> {
  if (lastSeq === 0) return true
  const rows = await tx.query('select 1 from inbox where seq <= $1 limit 1', [lastSeq])
  return rows.length === 0
}

async function finish(tx: Sql, scan: RunningScan, now: number): Promise<void> {
  await tx.query(`update scan set status = 'done', ended_at = $2 where id = $1`, [scan.id, now])
  if (scan.kind !== 'segment') return
  await tx.query(
    `update segment set status = 'ready', counted_at = $2,
       count = (select count(*) from member where segment_id = $1 and since is not null) where id = $1 and status = 'building'`,
    [scan.segmentId, now],
  )
}

/**
 * Carries a pass on by one chunk, in one transaction, so that it goes on where it was after a crash.
 * @returns `more`: go on; `waiting`: the inbox has to be drained first, or another process is at it; `over`: done
 */
export function stepScan(handle: Handle, id: string, now: number, limit = 500): Promise<'more' | 'waiting' | 'over'> {
  return handle.transaction(async (tx) => {
    const [scan] = await tx.query<RunningScan>(`select ${columns} from scan where id = $1 and status = 'running' for update skip locked`, [
      id,
    ])
    if (!scan) return 'waiting'
    const people = await nextOf(tx, scan, limit)
    const last = people.at(-1)
    if (!last) {
      if (!(await drained(tx, scan.lastSeq))) return 'waiting'
      await finish(tx, scan, now)
      return 'over'
    }
    const { found, lastSeq } = await tell(tx, scan, people, now)
    await tx.query('update scan set bucket = $2, after_id = $3, done = done + $4, found = found + $5, last_seq = $6 where id = $1', [
      id,
      last.bucket,
      last.id,
      people.length,
      found,
      lastSeq,
    ])
    return 'more'
  })
}
