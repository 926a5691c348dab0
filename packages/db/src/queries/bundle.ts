import type { Condition, FieldDefinition } from '@baton/engine'
import { asc, inArray } from 'drizzle-orm'
import type { Sql } from '../open/handle.ts'
import { field, segment, template, templateVersion } from '../schema/content.ts'
import { team } from '../schema/handoff.ts'
import { bumpPlan } from './plan.ts'
import { startScan } from './scans.ts'

export interface BundledTemplate {
  id: string
  name: string
  purpose: 'marketing' | 'transactional'
  subject: string
  preheader: string
  body: string
  text: string
}

/** What flows name, on the way from one workspace to another. */
export interface BundledThings {
  fields: readonly FieldDefinition[]
  segments: readonly { id: string; name: string; condition: Condition }[]
  templates: readonly BundledTemplate[]
  teams: readonly { id: string; name: string }[]
}

/** Ids (of fields: keys) of what was made. */
export interface Made {
  fields: string[]
  segments: string[]
  templates: string[]
  teams: string[]
}

/**
 * Makes what is not there yet, with the ids of the bundle; what is there stays as it is. People who match a new segment become members
 * by a background pass: nudge the runner.
 */
export async function addMissing(tx: Sql, things: BundledThings, { at, by }: { at: number; by: string | null }): Promise<Made> {
  const stamps = { createdBy: by, createdAt: at, updatedBy: by, updatedAt: at }
  const made: Made = { fields: [], segments: [], templates: [], teams: [] }
  for (const [i, { options, ...one }] of things.fields.entries()) {
    const row = { ...one, options: options ? [...options] : null, position: 1000 + i, createdAt: at }
    const rows = await tx.db.insert(field).values(row).onConflictDoNothing().returning({ key: field.key })
    made.fields.push(...rows.map((it) => it.key))
  }
  for (const one of things.templates) {
    const rows = await tx.db
      .insert(template)
      .values({ ...one, ...stamps })
      .onConflictDoNothing()
      .returning({ id: template.id })
    if (rows.length === 0) continue
    const { id, name: _, ...content } = one
    await tx.db.insert(templateVersion).values({ templateId: id, version: 1, ...content, savedBy: by, savedAt: at })
    made.templates.push(id)
  }
  for (const one of things.teams) {
    const row = { id: one.id, name: one.name, createdAt: at }
    const rows = await tx.db.insert(team).values(row).onConflictDoNothing().returning({ id: team.id })
    made.teams.push(...rows.map((it) => it.id))
  }
  for (const one of things.segments) {
    const rows = await tx.db
      .insert(segment)
      .values({ ...one, ...stamps, status: 'building' })
      .onConflictDoNothing()
      .returning({ id: segment.id })
    if (rows.length === 0) continue
    await startScan(tx, { kind: 'segment', segmentId: one.id, by: null, at })
    made.segments.push(one.id)
  }
  await bumpPlan(tx)
  return made
}

/** Segments of these ids, archived ones too: a flow may name them. */
export function segmentsForBundle(sql: Sql, ids: readonly string[]): Promise<{ id: string; name: string; condition: Condition }[]> {
  if (ids.length === 0) return Promise.resolve([])
  const { id, name, condition } = segment
  return sql.db
    .select({ id, name, condition })
    .from(segment)
    .where(inArray(id, [...ids]))
    .orderBy(asc(id))
}

/** Templates of these ids as they stand. */
export function templatesForBundle(sql: Sql, ids: readonly string[]): Promise<BundledTemplate[]> {
  if (ids.length === 0) return Promise.resolve([])
  const { id, name, purpose, subject, preheader, body, text } = template
  return sql.db
    .select({ id, name, purpose, subject, preheader, body, text })
    .from(template)
    .where(inArray(id, [...ids]))
    .orderBy(asc(id))
}
