import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import type { By } from './flows.ts'

/** A draft that is to go live by itself. */
export interface LaunchRow {
  id: string
  flowId: string
  dueAt: number
  hash: string
  rev: number
  input: Record<string, unknown>
  state: 'waiting' | 'done' | 'refused' | 'cancelled'
  version: number | null
  why: string | null
  byId: string
  byName: string
  at: number
}

const COLUMNS = `l.id, l.flow_id as "flowId", l.due_at as "dueAt", l.hash, l.rev, l.input, l.state, l.version, l.why, l.by_id as "byId",
  l.by_name as "byName", l.at`

/** Plans a launch; one that waits for this flow already gives way to it. @returns its id */
export async function planLaunch(
  tx: Sql,
  of: Pick<LaunchRow, 'flowId' | 'dueAt' | 'hash' | 'rev' | 'input'> & { by: By; at: number },
): Promise<string> {
  await tx.query('select 1 from flow where id = $1 for update', [of.flowId])
  await cancelLaunch(tx, { flowId: of.flowId, by: of.by, at: of.at })
  const id = newId('lch')
  await tx.query(
    `insert into launch (id, flow_id, due_at, hash, rev, input, state, by_id, by_name, at) values ($1, $2, $3, $4, $5, $6::jsonb, 'waiting', $7, $8, $9)`,
    [id, of.flowId, of.dueAt, of.hash, of.rev, JSON.stringify(of.input), of.by.id, of.by.name, of.at],
  )
  return id
}

/** Calls off the one that waits. @returns false when none does */
export async function cancelLaunch(tx: Sql, { flowId, by, at }: { flowId: string; by: By; at: number }): Promise<boolean> {
  const rows = await tx.query(
    `update launch set state = 'cancelled', ended_at = $3, ended_by = $2 where flow_id = $1 and state = 'waiting' returning id`,
    [flowId, by.id, at],
  )
  return rows.length > 0
}

/** The one of a flow that waits. */
export async function waitingLaunch(sql: Sql, flowId: string): Promise<LaunchRow | undefined> {
  const [row] = await sql.query<LaunchRow>(`select ${COLUMNS} from launch l where l.flow_id = $1 and l.state = 'waiting'`, [flowId])
  return row
}

/** Those whose instant has come, the earliest first. */
export function dueLaunches(sql: Sql, now: number): Promise<LaunchRow[]> {
  return sql.query(`select ${COLUMNS} from launch l where l.state = 'waiting' and l.due_at <= $1 order by l.due_at, l.id`, [now])
}

/** Ends one that waits, for whoever is first. @returns false when it does not wait any more */
export async function settleLaunch(tx: Sql, it: { id: string; at: number } & ({ version: number } | { why: string })): Promise<boolean> {
  const [state, version, why] = 'version' in it ? (['done', it.version, null] as const) : (['refused', null, it.why] as const)
  const rows = await tx.query(
    `update launch set state = $2, version = $3, why = $4, ended_at = $5 where id = $1 and state = 'waiting' returning id`,
    [it.id, state, version, why, it.at],
  )
  return rows.length > 0
}
