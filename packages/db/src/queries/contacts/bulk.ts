import type { Actor, FieldValue, InboxItem } from '@baton/engine'
import { sql } from 'drizzle-orm'
import { run } from '../../condition/run.ts'
import { newId } from '../../ids.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import { appendItems } from '../turns/doors.ts'
import { type ContactFilter, type ContactRow, filterSql } from './list.ts'
import { removeContacts } from './remove.ts'
import { present } from './scope.ts'

/** What can be done to many contacts. */
export type BulkAction =
  | { do: 'set-field'; key: string; value: FieldValue | null }
  /** Only ever gives consent, with where it comes from; whoever withdrew it stays without. */
  | { do: 'consent'; topic: string; source: string }
  | { do: 'enrol'; flowId: string; node: string }
  /** Out of a flow, to another step of it, or asked again where they stand still. */
  | { do: 'leave'; flowId: string }
  | { do: 'move'; flowId: string; node: string }
  | { do: 'retry'; flowId: string }
  /** On a list, or off it. */
  | { do: 'list'; segmentId: string; on: boolean }
  | { do: 'remove' }
  | { do: 'export'; fields: string[] }

export type BulkStatus = 'running' | 'done' | 'cancelled' | 'failed'

export interface BulkJob {
  id: string
  action: BulkAction
  /** As the router made it: chosen ids, or search and condition. */
  target: Record<string, unknown>
  status: BulkStatus
  done: number
  total: number
  path: string | null
  error: string | null
  byId: string
  byName: string
  startedAt: number
  endedAt: number | null
}

interface Place {
  bucket: number
  afterId: number
}

const columns = `id, action, target, status, done, total, path, error, by_id as "byId", by_name as "byName", started_at as "startedAt",
  ended_at as "endedAt", bucket, after_id as "afterId"`

export interface NewBulk {
  action: BulkAction
  target: Record<string, unknown>
  total: number
  by: { id: string; name: string }
  at: number
}

export async function addBulk(tx: Sql, job: NewBulk): Promise<string> {
  const id = newId('job')
  await tx.query(
    `insert into bulk_job (id, action, target, status, total, by_id, by_name, started_at) values ($1, $2::jsonb, $3::jsonb, 'running', $4, $5, $6, $7)`,
    [id, JSON.stringify(job.action), JSON.stringify(job.target), job.total, job.by.id, job.by.name, job.at],
  )
  return id
}

export async function bulkJob(to: Sql, id: string): Promise<(BulkJob & Place) | undefined> {
  const [row] = await to.query<BulkJob & Place>(`select ${columns} from bulk_job where id = $1`, [id])
  return row
}

/** Those a process that is gone was carrying out, and those that run. */
export function runningBulk(to: Sql): Promise<(BulkJob & Place)[]> {
  return to.query(`select ${columns} from bulk_job where status = 'running' order by started_at, id`)
}

/** An export begins anew: its file is written from the start. */
export async function restartBulk(tx: Sql, id: string, owner: string): Promise<void> {
  await tx.query(`update bulk_job set bucket = 0, after_id = 0, done = 0 where id = $1 and status = 'running' and owner = $2`, [id, owner])
}

export interface EndBulk {
  id: string
  status: Exclude<BulkStatus, 'running'>
  error?: string
  path?: string
  at: number
  /** Of the claim, for whoever carries the job out; without it a person ends the job whoever does. */
  owner?: string
}

export async function endBulk(tx: Sql, { id, status, error, path, at, owner }: EndBulk): Promise<boolean> {
  const rows = await tx.query(
    `update bulk_job set status = $2, error = $3, path = coalesce($4, path), ended_at = $5 where id = $1 and status = 'running'
     and ($6::text is null or owner = $6) returning id`,
    [id, status, error ?? null, path ?? null, at, owner ?? null],
  )
  return rows.length > 0
}

type PassageAction = Extract<BulkAction, { do: 'leave' | 'move' | 'retry' }>

const concernsPassages = (action: BulkAction): action is PassageAction =>
  action.do === 'leave' || action.do === 'move' || action.do === 'retry'

function itemOf(action: Exclude<BulkAction, PassageAction | { do: 'remove' | 'export' }>, source: Actor, at: number): InboxItem {
  switch (action.do) {
    case 'set-field':
      return { kind: 'fields', at, set: { [action.key]: action.value }, source }
    case 'consent':
      return {
        kind: 'consent',
        at,
        topic: action.topic,
        given: true,
        source: { ...source, name: `${source.name ?? ''}: ${action.source}` },
      }
    case 'enrol':
      return { kind: 'enrol', at, flowId: action.flowId, node: action.node, key: '', source }
    case 'list':
      return { kind: 'list', at, segmentId: action.segmentId, on: action.on, source }
  }
}

function passageItem({ action, byId, byName }: BulkJob & { action: PassageAction }, key: string, at: number): InboxItem {
  const source: Actor = { kind: 'user', id: byId, name: byName }
  const { flowId } = action
  if (action.do === 'move') return { kind: 'move', at, flowId, key, node: action.node, source }
  return { kind: action.do === 'leave' ? 'remove' : 'retry', at, flowId, key, source }
}

/** Each passage of these people in the flow is told: those at the place that the target names, or all. */
async function tellPassages(
  tx: Sql,
  job: BulkJob & { action: PassageAction },
  target: BulkTarget,
  ids: readonly number[],
  at: number,
): Promise<void> {
  const place = 'at' in target ? target.at : { flowId: job.action.flowId, node: null, parked: job.action.do === 'retry' }
  const rows = await run<{ contactId: number; key: string }>(
    tx,
    sql`select e.contact_id as "contactId", e.key from enrolment e
      where (e.bucket, e.contact_id) in (select (x % 1024)::smallint, x from unnest(${sql.param([...ids])}::int8[]) x)
      and ${standsAt(place)} order by e.bucket, e.contact_id, e.key`,
  )
  await appendItems(
    tx,
    rows.map(({ contactId, key }) => ({ contactId, item: passageItem(job, key, at) })),
  )
}

/** Does the action to these, all of whom are there. */
async function act(tx: Sql, job: BulkJob, target: BulkTarget, ids: readonly number[], at: number): Promise<void> {
  const { action } = job
  if (concernsPassages(action)) {
    await tellPassages(tx, { ...job, action }, target, ids, at)
    return
  }
  if (action.do === 'export') return
  if (action.do === 'remove') {
    await removeContacts(tx, ids, at)
    return
  }
  const item = itemOf(action, { kind: 'user', id: job.byId, name: job.byName }, at)
  await appendItems(
    tx,
    ids.map((contactId) => ({ contactId, item })),
  )
}

/** People who are in a flow: at a step (also of a flow inside it), or anywhere (null); with `parked` only those who stand still. */
export interface FlowPlace {
  flowId: string
  node: string | null
  parked: boolean
}

export type BulkTarget = { ids: readonly number[] } | { filter: ContactFilter } | { at: FlowPlace }

function standsAt({ flowId, node, parked }: FlowPlace) {
  const here = node === null ? sql`true` : sql`(e.node = ${node}::text or starts_with(e.node, ${`${node}/`}::text))`
  return sql`e.flow_id = ${flowId}::text and e.gen = 0 and ${here} and (${parked}::boolean is false or e.vars ? 'parked')`
}

/** How many people are there now. */
export async function countAt(to: Sql, place: FlowPlace): Promise<number> {
  const [row] = await run<{ n: number }>(to, sql`select count(distinct e.contact_id)::int as n from enrolment e where ${standsAt(place)}`)
  return row?.n ?? 0
}

const inFlow = (place: FlowPlace) =>
  sql`${present} and exists (select 1 from enrolment e where e.bucket = c.bucket and e.contact_id = c.id and ${standsAt(place)})`

function targetSql(target: BulkTarget, action: BulkAction) {
  const base =
    'ids' in target
      ? sql`c.id = any(${sql.param([...target.ids])}::int8[]) and ${present}`
      : 'at' in target
        ? inFlow(target.at)
        : filterOf(target.filter)
  // Whoever said no stays with it (SEMANTICS 3: the stricter).
  return action.do === 'consent' ? sql`${base} and (c.facts->'c'->${action.topic}::text) is distinct from 'false'::jsonb` : base
}

function filterOf(filter: ContactFilter) {
  const made = filterSql(filter)
  if ('issues' in made) throw new RangeError(made.issues[0]?.say ?? 'The filter does not fit any more.')
  return made.ok
}

/**
 * Carries a job on by one chunk in (bucket, id) order, in one transaction with its progress.
 * @returns the people of the chunk; null when the job is over (done, cancelled) or another process carries it on
 */
export function stepBulk(
  handle: Handle,
  id: string,
  target: BulkTarget,
  { at, limit, owner }: { at: number; limit: number; owner: string },
): Promise<ContactRow[] | null> {
  return handle.transaction(async (tx) => {
    const [job] = await tx.query<BulkJob & Place>(
      `select ${columns} from bulk_job where id = $1 and status = 'running' and owner = $2 for update`,
      [id, owner],
    )
    if (!job) return null
    const rows = await run<ContactRow & { bucket: number }>(
      tx,
      sql`select c.bucket, c.id, c.key, c.stage, c.owner_side as "ownerSide", c.facts->'f' as fields, c.facts->'c' as consent,
        c.created_at as "createdAt" from contact c
        where (c.bucket, c.id) > (${job.bucket}::smallint, ${job.afterId}::int8) and ${targetSql(target, job.action)}
        order by c.bucket, c.id limit ${limit}::int`,
    )
    const last = rows.at(-1)
    if (!last) return null
    await act(
      tx,
      job,
      target,
      rows.map((row) => row.id),
      at,
    )
    await tx.query('update bulk_job set bucket = $2, after_id = $3, done = done + $4 where id = $1', [
      id,
      last.bucket,
      last.id,
      rows.length,
    ])
    return rows.map(({ bucket: _, ...row }) => row)
  })
}
