import type { FieldDefinition, FieldType } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import { bumpPlan } from './plan.ts'
import { type Use, usedBy } from './uses.ts'

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
  const uses = await usedBy(sql, { kind: 'field', id: key })
  const named = (by: Use['by']) => uses.filter((it) => it.by === by).map(({ id, name }) => ({ id, name }))
  return { segments: named('segment'), flows: named('flow'), contacts: found?.n ?? 0 }
}
