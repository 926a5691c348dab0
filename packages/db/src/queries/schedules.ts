import type { Handle, Sql } from '../open/handle.ts'
import { startScan } from './scans.ts'

/** A trigger by schedule of a live flow. `every` says by what it was planned: another text, another plan. */
export interface Scheduled {
  flowId: string
  node: string
  segmentId: string
  every: string
}

export interface ScheduleRow {
  flowId: string
  node: string
  nextAt: number
}

/**
 * Keeps one row per trigger that runs: new ones, and those with another recurrence, are planned from now on; those of flows that no
 * longer run are forgotten, so that nothing is made up for the time in which nobody wanted it.
 */
export async function settleSchedules(handle: Handle, wanted: readonly (Scheduled & { nextAt: number | null })[]): Promise<void> {
  await handle.transaction(async (tx) => {
    const rows = JSON.stringify(wanted.map(({ flowId, node, every, nextAt }) => ({ flow_id: flowId, node, every, next_at: nextAt })))
    const v = 'json_to_recordset($1::json) as v(flow_id text, node text, every text, next_at bigint)'
    await tx.query(`delete from schedule s where not exists (select 1 from ${v} where v.flow_id = s.flow_id and v.node = s.node)`, [rows])
    await tx.query(
      `insert into schedule (flow_id, node, every, next_at) select v.flow_id, v.node, v.every, v.next_at from ${v}
       on conflict (flow_id, node) do update set every = excluded.every, next_at = excluded.next_at where schedule.every <> excluded.every`,
      [rows],
    )
  })
}

/** The triggers whose time has come. */
export function dueSchedules(sql: Sql, now: number): Promise<ScheduleRow[]> {
  return sql.query<ScheduleRow>(
    'select flow_id as "flowId", node, next_at as "nextAt" from schedule where next_at <= $1 order by next_at, flow_id collate "C", node collate "C"',
    [now],
  )
}

/** One time of a schedule: which, when the next one is, and how many before it were missed. */
export interface Taken {
  occurrence: number
  nextAt: number | null
  missed: number
}

/**
 * Takes a time of a schedule: the pass over the members begins in the same transaction, so each time is carried out once whatever
 * happens. @returns false when another process has taken it
 */
export function takeSchedule(
  handle: Handle,
  of: Scheduled,
  was: number,
  { occurrence, nextAt, missed }: Taken,
  now: number,
): Promise<boolean> {
  return handle.transaction(async (tx) => {
    const rows = await tx.query(
      `update schedule set next_at = $4, last_at = $5, missed = $6 where flow_id = $1 and node = $2 and next_at = $3 returning flow_id`,
      [of.flowId, of.node, was, nextAt, occurrence, missed],
    )
    if (rows.length === 0) return false
    await startScan(tx, {
      kind: 'schedule',
      flowId: of.flowId,
      segmentId: of.segmentId,
      node: of.node,
      occurrence,
      missed,
      by: null,
      at: now,
    })
    return true
  })
}
