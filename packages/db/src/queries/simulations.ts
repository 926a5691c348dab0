import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import type { By } from './flows.ts'

export type SimulationKind = 'forecast' | 'backtest'
export type SimulationStatus = 'running' | 'done' | 'failed' | 'cancelled'

/** A simulation that the server made, or makes. */
export interface SimulationRow {
  id: string
  flowId: string
  kind: SimulationKind
  hash: string
  rev: number
  liveVersion: number | null
  snapshotAt: number
  setting: Record<string, unknown>
  status: SimulationStatus
  progress: number
  inputs: string | null
  figures: Record<string, unknown> | null
  error: string | null
  ownedUntil: number | null
  byName: string
  at: number
  endedAt: number | null
}

/** So many are kept of each flow; those that belong to a version stay. */
const KEPT = 20

const COLUMNS = `s.id, s.flow_id as "flowId", s.kind, s.hash, s.rev, s.live_version as "liveVersion", s.snapshot_at as "snapshotAt", s.setting, s.status,
  s.progress, s.inputs, s.figures, s.error, s.owned_until as "ownedUntil", s.by_name as "byName", s.at, s.ended_at as "endedAt"`

/** Begins one. @returns its id */
export async function beginSimulation(
  tx: Sql,
  of: Pick<SimulationRow, 'flowId' | 'kind' | 'hash' | 'rev' | 'liveVersion' | 'snapshotAt' | 'setting'> & { ownedUntil: number; by: By },
): Promise<string> {
  const id = newId('sim')
  await tx.query(
    `insert into simulation (id, flow_id, kind, hash, rev, live_version, snapshot_at, setting, status, owned_until, by_id, by_name, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, 'running', $9, $10, $11, $7)`,
    [
      ...[id, of.flowId, of.kind, of.hash, of.rev, of.liveVersion, of.snapshotAt, JSON.stringify(of.setting), of.ownedUntil],
      ...[of.by.id, of.by.name],
    ],
  )
  await tx.query(
    `delete from simulation where flow_id = $1 and status <> 'running' and hash not in (select hash from version where flow_id = $1)
       and id not in (select id from simulation where flow_id = $1 order by at desc, id desc limit ${KEPT})`,
    [of.flowId],
  )
  return id
}

/** How far it is, and that its process is alive. @returns false when it was cancelled, or is gone */
export async function noteSimulation(sql: Sql, it: { id: string; progress: number; ownedUntil: number }): Promise<boolean> {
  const rows = await sql.query(`update simulation set progress = $2, owned_until = $3 where id = $1 and status = 'running' returning id`, [
    it.id,
    it.progress,
    it.ownedUntil,
  ])
  return rows.length > 0
}

/** Ends one that runs; one that was cancelled meanwhile stays so. */
export async function endSimulation(
  sql: Sql,
  it: { id: string; at: number } & ({ inputs: string; figures: object } | { error: string }),
): Promise<void> {
  const [inputs, figures, error] = 'figures' in it ? [it.inputs, JSON.stringify(it.figures), null] : [null, null, it.error]
  await sql.query(
    `update simulation set status = $2, progress = 1, inputs = $3, figures = $4::jsonb, error = $5, ended_at = $6 where id = $1 and status = 'running'`,
    [it.id, error === null ? 'done' : 'failed', inputs, figures, error, it.at],
  )
}

/** @returns false when it does not run any more */
export async function cancelSimulation(sql: Sql, id: string, at: number): Promise<boolean> {
  const rows = await sql.query(
    `update simulation set status = 'cancelled', ended_at = $2 where id = $1 and status = 'running' returning id`,
    [id, at],
  )
  return rows.length > 0
}

export async function simulationById(sql: Sql, id: string): Promise<SimulationRow | undefined> {
  const [row] = await sql.query<SimulationRow>(`select ${COLUMNS} from simulation s where s.id = $1`, [id])
  return row
}

/** The latest one that was made to the end: of drafts that do this, or of any; `most`: of no more people than that. */
export async function latestSimulation(
  sql: Sql,
  flowId: string,
  hash: string | null,
  most: number | null = null,
): Promise<SimulationRow | undefined> {
  const [row] = await sql.query<SimulationRow>(
    `select ${COLUMNS} from simulation s
     where s.flow_id = $1 and s.status = 'done' and ($2::text is null or s.hash = $2)
       and ($3::float8 is null or (s.setting->>'size')::float8 <= $3) order by s.at desc, s.id desc limit 1`,
    [flowId, hash, most],
  )
  return row
}

/** The one of a flow that runs, the latest first. */
export async function runningSimulation(sql: Sql, flowId: string): Promise<SimulationRow | undefined> {
  const [row] = await sql.query<SimulationRow>(
    `select ${COLUMNS} from simulation s where s.flow_id = $1 and s.status = 'running' order by s.at desc, s.id desc limit 1`,
    [flowId],
  )
  return row
}
