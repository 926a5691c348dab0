import type { Sql } from '../open/handle.ts'
import { bulk } from './turns/bulk.ts'
import type { Lane } from './turns/lane.ts'

/** Everything that may happen to a lead. */
export type LogKind =
  | 'created'
  | 'queued'
  | 'assigned'
  | 'reminded'
  | 'breached'
  | 'deferred'
  | 'clawed-back'
  | 'escalated'
  | 'joined'
  | 'accepted'
  | 'rejected'
  | 'disqualified'
  | 'call'
  | 'voicemail'
  | 'wrong-number'
  | 'no-answer'
  | 'mail'
  | 'meeting'
  | 'note'
  | 'draft'
  | 'opportunity'
  | 'stage'
  | 'won'
  | 'lost'
  | 'given-back'
  | 'reassigned'
  | 'handed-on'
  | 'slept'
  | 'resumed'
  | 'overflow'
  | 'no-response'
  | 'no-hours'
  | 'quiet'

/** Who did it. */
export interface LogActor {
  /** Null: Baton itself. */
  id: string | null
  name: string
}

/** What nobody did by hand. */
export const BATON: LogActor = { id: null, name: 'Baton' }

/** One line of a lead's log. */
export interface LogLine {
  handoffId: number
  contactId: number
  at: number
  kind: LogKind
  by: LogActor
  data?: Readonly<Record<string, unknown>> | undefined
}

/** Adds lines to the logs of leads. Everybody who changes a lead writes through this. @param lane of a turn: the lines of that lane alone */
export async function logHandoff(tx: Sql, lines: readonly LogLine[], lane?: Lane): Promise<void> {
  if (lines.length === 0) return
  const seqs = await tx.home.query<{ id: number }>(`select nextval('handoff_log_seq') as id from generate_series(1, $1::int)`, [
    lines.length,
  ])
  const rows = lines.map(({ handoffId, contactId, at, kind, by, data }, i) => ({
    ...{ bucket: handoffId % 1024, id: seqs[i]?.id ?? 0, handoff_id: handoffId, contact_id: contactId },
    ...{ at, kind, by_id: by.id, by_name: by.name, data: data ?? {} },
  }))
  const columns = 'id bigint, handoff_id bigint, contact_id bigint, at bigint, kind text, by_id text, by_name text, data jsonb'
  await bulk(
    tx,
    lane ?? { kind: 'span', from: 0, to: 1023 },
    rows,
    columns,
    (q) => `insert into handoff_log (bucket, id, handoff_id, contact_id, at, kind, by_id, by_name, data)
            select ${q.bucket}, v.id, v.handoff_id, v.contact_id, v.at, v.kind, v.by_id, v.by_name, v.data from ${q.source}`,
  )
}

/** A line as it is read. */
export interface LogEntry {
  id: number
  at: number
  kind: LogKind
  byId: string | null
  byName: string
  data: Record<string, unknown>
}

/** The log of a lead, in the order in which it was written. */
export function handoffLogOf(sql: Sql, handoffId: number): Promise<LogEntry[]> {
  return sql.query(
    `select id, at, kind, by_id as "byId", by_name as "byName", data from handoff_log
     where bucket = $1::smallint and handoff_id = $2 order by id`,
    [handoffId % 1024, handoffId],
  )
}

/** What happened to a lead last; undefined where nothing was written down. */
export async function lastOf(sql: Sql, handoffId: number): Promise<LogEntry | undefined> {
  const [row] = await sql.query<LogEntry>(
    `select id, at, kind, by_id as "byId", by_name as "byName", data from handoff_log
     where bucket = $1::smallint and handoff_id = $2 order by id desc limit 1`,
    [handoffId % 1024, handoffId],
  )
  return row
}
