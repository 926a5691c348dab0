import { asksFor, type Condition, emptyCatalog } from '@baton/engine'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { agreementEntries } from './agreements/read.ts'
import { bumpPlan } from './plan.ts'
import { startScan } from './scans.ts'
import { liveScoreModel } from './score-model.ts'

export interface SegmentRow {
  id: string
  name: string
  /** list: people are put on it; its condition is empty. */
  kind: 'rule' | 'list'
  condition: Condition
  /** building: all contacts are being looked at, so its people are not complete yet. */
  status: 'building' | 'ready' | 'archived'
  /** People in it, as counted when it was built. */
  count: number | null
  countedAt: number | null
  rev: number
  updatedAt: number
  updatedBy: string | null
  /** How far the building is; null when it is not being built. */
  scan: { done: number; total: number } | null
}

const columns = `s.id, s.name, s.kind, s.condition, s.status, s.count, s.counted_at as "countedAt", s.rev, s.updated_at as "updatedAt",
  s.updated_by as "updatedBy",
  (select jsonb_build_object('done', c.done, 'total', c.total) from scan c where c.segment_id = s.id and c.kind = 'segment'
   and c.status = 'running' order by c.started_at desc limit 1) as scan`

/** Segments in use, by name. */
export function listSegments(to: Sql): Promise<SegmentRow[]> {
  return to.query<SegmentRow>(`select ${columns} from segment s where s.status <> 'archived' order by lower(s.name), s.id`)
}

export async function segmentRow(to: Sql, id: string): Promise<SegmentRow | undefined> {
  const [row] = await to.query<SegmentRow>(`select ${columns} from segment s where s.id = $1 and s.status <> 'archived'`, [id])
  return row
}

export interface SegmentChange {
  name: string
  condition: Condition
  by: { id: string; name: string }
  at: number
}

/** Adds a segment; all contacts are looked at in the background, and plans are compiled anew. The caller nudges the runner. */
export async function addSegment(tx: Sql, { name, condition, by, at }: SegmentChange): Promise<string> {
  const id = newId('seg')
  await tx.query(
    `insert into segment (id, name, condition, status, created_by, created_at, updated_by, updated_at) values ($1, $2, $3::jsonb, 'building', $4, $5, $4, $5)`,
    [id, name, JSON.stringify(condition), by.id, at],
  )
  await bumpPlan(tx)
  await startScan(tx, { kind: 'segment', segmentId: id, by, at })
  return id
}

/**
 * Changes a segment that is still as the caller saw it. Another condition means another look at all contacts; a new name does not.
 * @returns false when somebody changed or removed it meanwhile
 */
export async function changeSegment(tx: Sql, id: string, rev: number, { name, condition, by, at }: SegmentChange): Promise<boolean> {
  const rows = await tx.query<{ same: boolean }>(
    `update segment s set name = $3, condition = $4::jsonb, rev = s.rev + 1, updated_by = $5, updated_at = $6,
       status = case when o.condition = $4::jsonb then s.status else 'building' end
     from segment o where o.id = s.id and s.id = $1 and s.rev = $2 and s.kind = 'rule' and s.status <> 'archived' returning o.condition = $4::jsonb as same`,
    [id, rev, name, JSON.stringify(condition), by.id, at],
  )
  const [row] = rows
  if (!row) return false
  await bumpPlan(tx)
  if (!row.same) await startScan(tx, { kind: 'segment', segmentId: id, by, at })
  return true
}

/**
 * Looks at all contacts again for the segments that ask for one of these scores, or for the grade, also by way of an agreement: lines count
 * otherwise now, or grades begin elsewhere. Segments over those follow by themselves. The caller has changed the model and nudges the runner.
 */
export async function rescanScored(
  tx: Sql,
  { dimensions, grade }: { dimensions: readonly string[]; grade: boolean },
  { by, at }: { by: { id: string; name: string }; at: number },
): Promise<void> {
  if (dimensions.length === 0 && !grade) return
  const live = await liveScoreModel(tx)
  const around = { ...emptyCatalog('UTC'), agreements: await agreementEntries(tx), grade: live?.model.grade ?? null }
  for (const { id, condition } of await listSegments(tx)) {
    const scores = asksFor(condition, 'dimension', around)
    if (!dimensions.some((it) => scores.has(it)) && !(grade && asksFor(condition, 'grade', around).size > 0)) continue
    await tx.query(`update segment set status = 'building' where id = $1 and status <> 'archived'`, [id])
    await startScan(tx, { kind: 'segment', segmentId: id, by, at })
  }
}

/** Puts a segment away; nobody is in it any more. The caller has made sure that nothing uses it. */
export async function archiveSegment(tx: Sql, id: string, at: number): Promise<boolean> {
  const rows = await tx.query(
    `update segment set status = 'archived', updated_at = $2 where id = $1 and status <> 'archived' returning id`,
    [id, at],
  )
  if (rows.length === 0) return false
  await tx.query(`update scan set status = 'cancelled', ended_at = $2 where segment_id = $1 and status = 'running'`, [id, at])
  await tx.query('delete from member where segment_id = $1', [id])
  await bumpPlan(tx)
  return true
}
