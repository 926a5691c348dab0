import { type FlowGraph, UNDECIDED } from '@baton/engine'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import type { Acknowledged, FlowStatus, PauseChoice, Reasons, StoredMigration } from '../schema/flow.ts'
import { bumpPlan } from './plan.ts'
import { forgetDraftEditors, noteDraftEditor } from './review/editors.ts'
import { startScan } from './scans.ts'

/** Who does something. */
export interface By {
  id: string
  name: string
}

export interface FlowListRow {
  id: string
  name: string
  status: FlowStatus
  liveVersion: number | null
  draftRev: number
  /** True when the draft was saved after the live version was published. */
  changed: boolean
  steps: number
  /** People inside now. */
  inside: number
  /** Passages that ever began. */
  entered: number
  updatedAt: number
  updatedBy: string | null
  createdAt: number
}

/** All flows, the last changed first. Archived ones only when asked for. */
export function listFlows(sql: Sql, { archived }: { archived: boolean }): Promise<FlowListRow[]> {
  return sql.query<FlowListRow>(
    `with counts as (
       select flow_id, sum(case when port = '' then n else -n end) as inside from node_delta where port <> '${UNDECIDED}' group by flow_id
     ), entries as (select flow_id, count(*) as entered from enrolment group by flow_id)
     select f.id, f.name, f.status, f.live_version as "liveVersion", f.draft_rev as "draftRev",
            coalesce(f.updated_at > v.published_at, true) as changed, jsonb_array_length(f.draft -> 'nodes') as steps,
            coalesce(c.inside, 0)::int8 as inside, coalesce(e.entered, 0) as entered, f.updated_at as "updatedAt", u.name as "updatedBy",
            f.created_at as "createdAt"
     from flow f left join version v on v.flow_id = f.id and v.version = f.live_version
     left join counts c on c.flow_id = f.id left join entries e on e.flow_id = f.id left join "user" u on u.id = f.updated_by
     where (f.status = 'archived') = $1 order by f.updated_at desc, f.id`,
    [archived],
  )
}

/** A flow with its draft, as the editor opens it. */
export interface FlowRow {
  id: string
  name: string
  status: FlowStatus
  draft: FlowGraph
  draftRev: number
  liveVersion: number | null
  /** The live version: what it does as one number, and its graph; null before the first publish. */
  liveHash: string | null
  liveGraph: FlowGraph | null
  publishedAt: number | null
  /** Staged roll-out: the share of contacts that triggers let in, 0 to 1. */
  share: number
  /** Since when it stands still; null while it does not. */
  pausedAt: number | null
  createdAt: number
  updatedAt: number
  updatedBy: string | null
}

const FLOW = `select f.id, f.name, f.status, f.draft, f.draft_rev as "draftRev", f.live_version as "liveVersion", v.hash as "liveHash",
    v.graph as "liveGraph", v.published_at as "publishedAt", f.share, p.from_at as "pausedAt", f.created_at as "createdAt",
    f.updated_at as "updatedAt", u.name as "updatedBy"
  from flow f left join version v on v.flow_id = f.id and v.version = f.live_version
  left join pause p on p.flow_id = f.id and p.to_at is null left join "user" u on u.id = f.updated_by`

export async function flowById(sql: Sql, id: string): Promise<FlowRow | undefined> {
  const [row] = await sql.query<FlowRow>(`${FLOW} where f.id = $1`, [id])
  return row
}

/** Every flow with its graphs, archived ones too, the last changed first: for pages that check and draw them. */
export function allFlows(sql: Sql): Promise<FlowRow[]> {
  return sql.query<FlowRow>(`${FLOW} order by f.updated_at desc, f.id`)
}

/** What a flow is called until somebody names it: "New flow", and from the second on with a number that no flow has. */
export async function unnamedFlow(sql: Sql): Promise<string> {
  const rows = await sql.query<{ name: string }>("select name from flow where name like 'New flow%'")
  const taken = new Set(rows.map((it) => it.name))
  for (let at = 1; ; at++) {
    const name = at === 1 ? 'New flow' : `New flow ${at}`
    if (!taken.has(name)) return name
  }
}

/** @returns the new flow's id */
export async function createFlow(
  tx: Sql,
  { name, graph, by, at, id = newId('flw') }: { name: string; graph: FlowGraph; by: By | null; at: number; id?: string | undefined },
): Promise<string> {
  await tx.query(
    'insert into flow (id, name, draft, created_by, created_at, updated_by, updated_at) values ($1, $2, $3::jsonb, $4, $5, $4, $5)',
    [id, name, JSON.stringify(graph), by?.id ?? null, at],
  )
  if (by) await noteDraftEditor(tx, { flowId: id, userId: by.id, at })
  return id
}

export type Saved = { rev: number } | { conflict: { rev: number; by: string | null; at: number } } | 'unknown'

/** Saves the draft if nobody else has saved since `rev`; otherwise says who did, and changes nothing. */
export async function saveDraft(
  tx: Sql,
  { id, rev, graph, by, at }: { id: string; rev: number; graph: FlowGraph; by: By; at: number },
): Promise<Saved> {
  const [saved] = await tx.query<{ rev: number }>(
    `update flow set draft = $3::jsonb, draft_rev = draft_rev + 1, updated_by = $4, updated_at = $5
     where id = $1 and draft_rev = $2 and status <> 'archived' returning draft_rev as rev`,
    [id, rev, JSON.stringify(graph), by.id, at],
  )
  if (saved) {
    await noteDraftEditor(tx, { flowId: id, userId: by.id, at })
    return saved
  }
  const now = await flowById(tx, id)
  return now ? { conflict: { rev: now.draftRev, by: now.updatedBy, at: now.updatedAt } } : 'unknown'
}

/** @returns false when there is no such flow */
export async function renameFlow(tx: Sql, { id, name, by, at }: { id: string; name: string; by: By; at: number }): Promise<boolean> {
  const rows = await tx.query('update flow set name = $2, updated_by = $3, updated_at = $4 where id = $1 returning id', [
    id,
    name,
    by.id,
    at,
  ])
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** Away from the list: drafts, and flows in which nobody is any more. @returns false when people are inside, or it is unknown */
export async function archiveFlow(tx: Sql, { id, by, at }: { id: string; by: By; at: number }): Promise<boolean> {
  const rows = await tx.query(
    `update flow set status = 'archived', updated_by = $2, updated_at = $3
     where id = $1 and status in ('draft', 'stopped', 'draining') and not exists (select 1 from enrolment e where e.flow_id = $1 and e.gen = 0)
     returning id`,
    [id, by.id, at],
  )
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** Back to the list: as a draft, or stopped if it was ever live. */
export async function unarchiveFlow(tx: Sql, { id, by, at }: { id: string; by: By; at: number }): Promise<boolean> {
  const rows = await tx.query(
    `update flow set status = case when live_version is null then 'draft' else 'stopped' end, updated_by = $2, updated_at = $3
     where id = $1 and status = 'archived' returning id`,
    [id, by.id, at],
  )
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** Why warnings of the draft may stand, by their keys. */
export async function reasonsOf(sql: Sql, id: string): Promise<Reasons | undefined> {
  const [row] = await sql.query<{ reasons: Reasons }>('select reasons from flow where id = $1', [id])
  return row?.reasons
}

/** Keeps reasons, or takes them away (null); those of other warnings stay. @returns false when there is no such flow */
export async function setReasons(tx: Sql, id: string, change: Readonly<Record<string, Reasons[string] | null>>): Promise<boolean> {
  const rows = await tx.query('update flow set reasons = jsonb_strip_nulls(reasons || $2::jsonb) where id = $1 returning id', [
    id,
    JSON.stringify(change),
  ])
  return rows.length > 0
}

export interface Publication {
  id: string
  /** The revision of the draft that was checked. */
  rev: number
  hash: string
  /** What is published where it is not the draft as it stands: with the steps of the flows inside in their places. */
  graph?: FlowGraph | undefined
  notes: string
  by: By
  at: number
  /** The triggers at which people who match already enter now; the others let only new ones in. */
  enrolAt: readonly { node: string; segmentId: string }[]
  /** The triggers that fire by time, with what they read: planned for everybody who has it. */
  dated?: readonly { node: string; field?: string | undefined; dimension?: string | undefined }[] | undefined
  /** Staged roll-out: the share of contacts that triggers let in; as it was where absent. */
  share?: number | undefined
  /** Warnings that stand, with the reason of each. */
  acknowledged?: readonly Acknowledged[] | undefined
  approvedBy?: readonly { id: string; name: string; at: number }[] | undefined
  /** What becomes of the people on older versions; without it they stay on those. */
  migration?: Omit<StoredMigration, 'id'> | undefined
}

/** Holds a flow until the transaction is over: whoever else wants to publish it waits, and then sees what became of it. */
export async function lockFlow(tx: Sql, id: string): Promise<void> {
  await tx.query('select 1 from flow where id = $1 for update', [id])
}

/**
 * Makes the draft the live version, atomically: an immutable copy, the flow goes live (a paused one stays paused), workers compile anew,
 * those who match already are let in and those inside are moved by background passes. The checks have been done by the caller.
 */
export async function publishFlow(tx: Sql, p: Publication): Promise<{ version: number; scans: string[] } | 'unknown' | 'changed'> {
  const [flow] = await tx.query<{ rev: number; status: FlowStatus }>('select draft_rev as rev, status from flow where id = $1 for update', [
    p.id,
  ])
  if (!flow || flow.status === 'archived') return 'unknown'
  if (flow.rev !== p.rev) return 'changed'
  const [made] = await tx.query<{ version: number }>(
    `insert into version (flow_id, version, graph, hash, published_at, published_by, notes, acknowledged, approved_by, migration)
     select f.id, coalesce((select max(version) from version where flow_id = f.id), 0) + 1, coalesce($6::jsonb, f.draft), $2, $3, $4, $5, $7::jsonb, $8::jsonb,
       $9::jsonb
     from flow f where f.id = $1 returning version`,
    [
      ...[p.id, p.hash, p.at, p.by.id, p.notes, p.graph ? JSON.stringify(p.graph) : null],
      ...[JSON.stringify(p.acknowledged ?? []), JSON.stringify(p.approvedBy ?? [])],
      p.migration ? JSON.stringify({ id: newId('mig'), ...p.migration }) : null,
    ],
  )
  await forgetDraftEditors(tx, p.id)
  const version = made?.version ?? 1
  // Who matches already comes in now, or never: whoever joins from here on may wait for the roll-out.
  const [live] = await tx.query<{ share: number }>(
    `update flow set live_version = $2, status = case when status = 'paused' then 'paused' else 'live' end, updated_by = $3, updated_at = $4,
       share = coalesce($5::float8, share),
       match_from = case when $6 then null when status in ('live', 'paused') then match_from else $4 end
     where id = $1 returning share`,
    [p.id, version, p.by.id, p.at, p.share ?? null, p.enrolAt.length > 0],
  )
  await bumpPlan(tx)
  const scans: string[] = []
  for (const { node, segmentId } of p.enrolAt) {
    scans.push(await startScan(tx, { kind: 'publish', flowId: p.id, segmentId, node, share: live?.share, by: p.by, at: p.at }))
  }
  for (const { node, field, dimension } of p.dated ?? []) {
    await startScan(tx, { kind: 'dates', flowId: p.id, node, field, dimension, by: p.by, at: p.at })
  }
  if (p.migration) await startScan(tx, { kind: 'migrate', flowId: p.id, version, by: p.by, at: p.at })
  return { version, scans }
}

export interface NewShare {
  id: string
  /** 0 to 1. */
  share: number
  by: By
  at: number
  /** The triggers by segment of the live version: members who waited come in when the share grows. */
  segments: readonly { node: string; segmentId: string }[]
}

/** Changes the share of a staged roll-out. Whoever is inside stays. @returns what it was; undefined when the flow does not run */
export async function setShare(tx: Sql, { id, share, by, at, segments }: NewShare): Promise<number | undefined> {
  const [flow] = await tx.query<{ share: number; matchFrom: number | null }>(
    `select share, match_from as "matchFrom" from flow where id = $1 and status in ('live', 'paused') for update`,
    [id],
  )
  if (!flow) return undefined
  await tx.query('update flow set share = $2 where id = $1', [id, share])
  await bumpPlan(tx)
  if (share <= flow.share) return flow.share
  for (const { node, segmentId } of segments) {
    await startScan(tx, { kind: 'publish', flowId: id, segmentId, node, share, since: flow.matchFrom ?? 0, by, at })
  }
  return flow.share
}

async function move(
  tx: Sql,
  { id, from, to, by, at }: { id: string; from: readonly FlowStatus[]; to: FlowStatus; by: By; at: number },
): Promise<boolean> {
  const rows = await tx.query(
    'update flow set status = $3, updated_by = $4, updated_at = $5 where id = $1 and status = any($2::text[]) returning id',
    [id, from, to, by.id, at],
  )
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** Nobody takes a step until it is resumed; what arrives is kept. @returns false when it is not live */
export async function pauseFlow(tx: Sql, pause: { id: string; choice?: PauseChoice | undefined; by: By; at: number }): Promise<boolean> {
  const { id, choice = 'freeze', by, at } = pause
  if (!(await move(tx, { id, from: ['live'], to: 'paused', by, at }))) return false
  await tx.query('insert into pause (flow_id, from_at, by, choice) values ($1, $2, $3, $4) on conflict do nothing', [id, at, by.id, choice])
  return true
}

async function closePause(tx: Sql, id: string, at: number): Promise<void> {
  await tx.query('update pause set to_at = $2 where flow_id = $1 and to_at is null', [id, at])
  await tx.query('update flow set tripped = null where id = $1 and tripped is not null', [id])
}

/** Everybody goes on; a background pass puts them on the wheel again. @returns false when it is not paused */
export async function resumeFlow(tx: Sql, { id, by, at }: { id: string; by: By; at: number }): Promise<boolean> {
  if (!(await move(tx, { id, from: ['paused'], to: 'live', by, at }))) return false
  await closePause(tx, id, at)
  await startScan(tx, { kind: 'resume', flowId: id, by, at })
  return true
}

/** Nobody enters any more. `drain`: those inside go on to their end; `leave`: they leave now. @returns false when it is not running */
export async function stopFlow(tx: Sql, { id, how, by, at }: { id: string; how: 'drain' | 'leave'; by: By; at: number }): Promise<boolean> {
  const from: FlowStatus[] = how === 'drain' ? ['live', 'paused'] : ['live', 'paused', 'draining']
  if (!(await move(tx, { id, from, to: how === 'drain' ? 'draining' : 'stopped', by, at }))) return false
  await closePause(tx, id, at)
  await startScan(tx, { kind: how === 'drain' ? 'resume' : 'stop', flowId: id, by, at })
  return true
}

export interface VersionRow {
  version: number
  hash: string
  publishedAt: number
  publishedBy: string | null
  notes: string
  acknowledged: readonly Acknowledged[]
  approvedBy: readonly { id: string; name: string; at: number }[]
  migration: StoredMigration | null
  /** People inside this version now. */
  inside: number
}

/** The published versions, the newest first. */
export function listVersions(sql: Sql, flowId: string): Promise<VersionRow[]> {
  return sql.query<VersionRow>(
    `select v.version, v.hash, v.published_at as "publishedAt", u.name as "publishedBy", v.notes, v.acknowledged, v.approved_by as "approvedBy", v.migration,
            coalesce(e.n, 0) as inside
     from version v left join "user" u on u.id = v.published_by
     left join (select version, count(*) as n from enrolment where flow_id = $1 and gen = 0 group by 1) e on e.version = v.version
     where v.flow_id = $1 order by v.version desc`,
    [flowId],
  )
}

/** What flows are called, by id; those that are gone are not there. */
export async function flowNames(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await sql.query<{ id: string; name: string }>('select id, name from flow where id = any($1::text[])', [[...ids]])
  return new Map(rows.map((it) => [it.id, it.name]))
}
