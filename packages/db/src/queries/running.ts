import type { FlowGraph } from '@baton/engine'
import type { Sql } from '../open/handle.ts'

/** Flows that let people in now or after a pause, with what their live version does as one number. */
export function runningFlows(sql: Sql): Promise<{ id: string; version: number; hash: string }[]> {
  return sql.query(
    `select f.id, v.version, v.hash from flow f join version v on v.flow_id = f.id and v.version = f.live_version
     where f.status in ('live', 'paused') order by f.id`,
  )
}

/** The live graphs of these flows. */
export function liveGraphs(sql: Sql, ids: readonly string[]): Promise<{ id: string; graph: FlowGraph }[]> {
  return sql.query(
    `select f.id, v.graph from flow f join version v on v.flow_id = f.id and v.version = f.live_version where f.id = any($1::text[]) order by f.id`,
    [ids],
  )
}
