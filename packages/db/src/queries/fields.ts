import { conditionReferences, type FieldDefinition, type FieldType, type FlowGraph, referencesOf } from '@baton/engine'
import { ne } from 'drizzle-orm'
import type { Sql } from '../open/handle.ts'
import { segment } from '../schema/content.ts'
import { bumpPlan } from './plan.ts'

export interface FieldRow extends FieldDefinition {
  options?: string[] | undefined
  afterOutcome: boolean
  /** Always there; cannot be renamed or removed. */
  system: boolean
}

type Stored = Omit<FieldRow, 'options'> & { options: string[] | null }

const columns = `key, label, type, options, after_outcome as "afterOutcome", system`
const plain = (row: Stored): FieldRow => ({ ...row, options: row.options ?? undefined })

/** Fields of contacts: those of every workspace first, then the workspace's own in their order. */
export async function listFields(sql: Sql): Promise<FieldRow[]> {
  const rows = await sql.query<Stored>(`select ${columns} from field where archived_at is null order by system desc, position, key`)
  return rows.map(plain)
}

export interface NewField {
  label: string
  type: FieldType
  options?: readonly string[] | undefined
  afterOutcome?: boolean | undefined
}

/** Names that are something else in JavaScript or in our own URLs. */
const RESERVED = new Set(['', 'id', 'key', 'constructor', 'prototype', 'stage', 'owner', 'score', 'segment'])

/** `Job title` → `job_title`: what conditions, templates and files call the field for ever. */
export function fieldKeyOf(label: string): string {
  const key = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)
  return RESERVED.has(key) || /^\d/.test(key) ? `field_${key}`.replace(/_$/, '') : key
}

/** Adds a field; plans are compiled anew. @returns its key, or `taken` when a field with this name exists */
export async function addField(tx: Sql, field: NewField, at: number): Promise<{ key: string } | 'taken'> {
  const key = fieldKeyOf(field.label)
  const rows = await tx.query<{ key: string }>(
    `insert into field (key, label, type, options, after_outcome, position, created_at)
     select $1, $2, $3, $4::jsonb, $5, coalesce(max(position), 0) + 1, $6 from field
     where not exists (select 1 from field where lower(label) = lower($2)) on conflict do nothing returning key`,
    [key, field.label, field.type, field.type === 'choice' ? JSON.stringify(field.options ?? []) : null, field.afterOutcome ?? false, at],
  )
  if (rows.length === 0) return 'taken'
  await bumpPlan(tx)
  return { key }
}

export interface FieldChange {
  label: string
  type: FieldType
  options: readonly string[] | null
  afterOutcome: boolean
}

/** Changes a field of the workspace's own. The caller has made sure that the type may change. @returns false when there is none */
export async function changeField(tx: Sql, key: string, change: FieldChange): Promise<boolean> {
  const rows = await tx.query(
    `update field set label = $2, type = $3, options = $4::jsonb, after_outcome = $5 where key = $1 and not system returning key`,
    [key, change.label, change.type, change.type === 'choice' ? JSON.stringify(change.options ?? []) : null, change.afterOutcome],
  )
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** Removes a field of the workspace's own. The caller has made sure that nothing uses it. */
export async function removeField(tx: Sql, key: string): Promise<boolean> {
  const rows = await tx.query('delete from field where key = $1 and not system returning key', [key])
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** Where something is named. `contacts` is the number of people who have a value, counted up to 1,000. */
export interface Uses {
  segments: { id: string; name: string }[]
  flows: { id: string; name: string }[]
  contacts: number
}

/** Where a field is used: by conditions of segments, by steps of drafts and published versions, by contacts that have a value. */
export async function usesOfField(sql: Sql, key: string): Promise<Uses> {
  const [found] = await sql.query<{ n: number }>(
    `select count(*) as n from (select 1 from contact where deleted_at is null and facts->'f' ? $1 limit 1000) c`,
    [key],
  )
  return { ...(await usesOf(sql, 'field', key)), contacts: found?.n ?? 0 }
}

/** Where a field, segment or calendar is named by segments and by flows (their drafts and the versions that are live). */
export async function usesOf(sql: Sql, kind: 'field' | 'segment' | 'calendar', id: string): Promise<Omit<Uses, 'contacts'>> {
  const segments = await sql.db
    .select({ id: segment.id, name: segment.name, condition: segment.condition })
    .from(segment)
    .where(ne(segment.status, 'archived'))
    .orderBy(segment.name)
  const graphs = await sql.query<{ id: string; name: string; graph: FlowGraph }>(
    `select id, name, draft as graph from flow where status <> 'archived'
     union all select f.id, f.name, v.graph from flow f join version v on v.flow_id = f.id and v.version = f.live_version
     where f.status <> 'archived' order by name, id`,
  )
  const names = (references: readonly { kind: string; id: string }[]) => references.some((it) => it.kind === kind && it.id === id)
  const flows = new Map(graphs.filter((it) => names(referencesOf(it.graph))).map((it) => [it.id, { id: it.id, name: it.name }]))
  return {
    segments: segments
      .filter((it) => it.id !== id && names(conditionReferences(it.condition)))
      .map(({ id: own, name }) => ({ id: own, name })),
    flows: [...flows.values()],
  }
}
