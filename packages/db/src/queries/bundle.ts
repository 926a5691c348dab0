import type { AgreementContent, Condition, FieldDefinition } from '@baton/engine'
import type { BusinessHours } from '@baton/leads'
import { asc, inArray } from 'drizzle-orm'
import type { Sql } from '../open/handle.ts'
import { calendar } from '../schema/calendar.ts'
import { field, segment, template, templateVersion } from '../schema/content.ts'
import { form } from '../schema/form.ts'
import { team } from '../schema/team.ts'
import { topic } from '../schema/topic.ts'
import { addAgreement } from './agreements/write.ts'
import type { FormContent } from './forms/index.ts'
import { bumpPlan } from './plan.ts'
import { startScan } from './scans.ts'

export interface BundledTemplate {
  id: string
  name: string
  purpose: 'marketing' | 'transactional'
  topic?: string | null | undefined
  subject: string
  preheader: string
  body: string
  text: string
}

/** What flows name, on the way from one workspace to another. */
export interface BundledThings {
  fields: readonly FieldDefinition[]
  segments: readonly BundledSegment[]
  templates: readonly BundledTemplate[]
  teams: readonly { id: string; name: string }[]
  calendars: readonly BundledCalendar[]
  topics: readonly BundledTopic[]
  forms: readonly BundledForm[]
  agreements: readonly BundledAgreement[]
}

export type BundledSegment = { id: string; name: string; condition: Condition; list?: true | undefined }
export type BundledCalendar = { id: string; name: string } & BusinessHours
export type BundledTopic = { id: string; name: string; description: string; doubleOptIn: boolean }
/** What was agreed on; who signed it stays at home. */
export type BundledAgreement = { id: string; name: string; content: AgreementContent }
export type BundledForm = { id: string } & FormContent

/** Ids (of fields: keys) of what was made. */
export interface Made {
  fields: string[]
  segments: string[]
  templates: string[]
  teams: string[]
  calendars: string[]
  topics: string[]
  forms: string[]
  /** Drafts that nobody has signed. */
  agreements: string[]
}

/**
 * Makes what is not there yet, with the ids of the bundle; what is there stays as it is. People who match a new segment become members
 * by a background pass: nudge the runner.
 */
export async function addMissing(tx: Sql, things: BundledThings, { at, by }: { at: number; by: string | null }): Promise<Made> {
  const stamps = { createdBy: by, createdAt: at, updatedBy: by, updatedAt: at }
  const made: Made = { fields: [], segments: [], templates: [], teams: [], calendars: [], topics: [], forms: [], agreements: [] }
  for (const [i, { options, ...one }] of things.fields.entries()) {
    const row = { ...one, options: options ? [...options] : null, position: 1000 + i, createdAt: at }
    const rows = await tx.db.insert(field).values(row).onConflictDoNothing().returning({ key: field.key })
    made.fields.push(...rows.map((it) => it.key))
  }
  for (const { topic, ...one } of things.templates) {
    const rows = await tx.db
      .insert(template)
      .values({ ...one, topicId: topic ?? null, ...stamps })
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
  for (const { list, ...one } of things.segments) {
    const kind = list ? ({ kind: 'list', status: 'ready' } as const) : ({ kind: 'rule', status: 'building' } as const)
    const rows = await tx.db
      .insert(segment)
      .values({ ...one, ...stamps, ...kind })
      .onConflictDoNothing()
      .returning({ id: segment.id })
    if (rows.length === 0) continue
    if (!list) await startScan(tx, { kind: 'segment', segmentId: one.id, by: null, at })
    made.segments.push(one.id)
  }
  for (const one of things.calendars) {
    const rows = await tx.db
      .insert(calendar)
      .values({ ...one, ...stamps })
      .onConflictDoNothing()
      .returning({ id: calendar.id })
    made.calendars.push(...rows.map((it) => it.id))
  }
  for (const one of things.topics) {
    const row = { ...one, position: 1000, createdAt: at, updatedAt: at }
    const rows = await tx.db.insert(topic).values(row).onConflictDoNothing().returning({ id: topic.id })
    made.topics.push(...rows.map((it) => it.id))
  }
  for (const one of things.forms) {
    const rows = await tx.db
      .insert(form)
      .values({ ...one, ...stamps })
      .onConflictDoNothing()
      .returning({ id: form.id })
    made.forms.push(...rows.map((it) => it.id))
  }
  for (const one of things.agreements) {
    const id = await addAgreement(tx, { ...one, by, at })
    if (id !== undefined) made.agreements.push(id)
  }
  await bumpPlan(tx)
  return made
}

/** Segments of these ids, archived ones too: a flow may name them. */
export async function segmentsForBundle(sql: Sql, ids: readonly string[]): Promise<BundledSegment[]> {
  if (ids.length === 0) return []
  const { id, name, condition, kind } = segment
  const rows = await sql.db
    .select({ id, name, condition, kind })
    .from(segment)
    .where(inArray(id, [...ids]))
    .orderBy(asc(id))
  return rows.map(({ kind: of, ...it }) => ({ ...it, ...(of === 'list' ? { list: true as const } : {}) }))
}

/** Calendars, topics and forms of these ids. */
export async function otherThings(
  sql: Sql,
  ids: { calendars: readonly string[]; topics: readonly string[]; forms: readonly string[] },
): Promise<{ calendars: BundledCalendar[]; topics: BundledTopic[]; forms: BundledForm[] }> {
  const { db } = sql
  const calendars = await db
    .select({ id: calendar.id, name: calendar.name, zone: calendar.zone, hours: calendar.hours, holidays: calendar.holidays })
    .from(calendar)
    .where(inArray(calendar.id, [...ids.calendars]))
    .orderBy(asc(calendar.id))
  const topics = await db
    .select({ id: topic.id, name: topic.name, description: topic.description, doubleOptIn: topic.doubleOptIn })
    .from(topic)
    .where(inArray(topic.id, [...ids.topics]))
    .orderBy(asc(topic.id))
  const { id, name, title, intro, button, fields, topics: asked, confirm, mayUpdate, thanks, origins } = form
  const forms = await db
    .select({ id, name, title, intro, button, fields, topics: asked, confirm, mayUpdate, thanks, origins })
    .from(form)
    .where(inArray(id, [...ids.forms]))
    .orderBy(asc(id))
  return { calendars, topics, forms }
}

/** Templates of these ids as they stand. */
export function templatesForBundle(sql: Sql, ids: readonly string[]): Promise<BundledTemplate[]> {
  if (ids.length === 0) return Promise.resolve([])
  const { id, name, purpose, topicId, subject, preheader, body, text } = template
  return sql.db
    .select({ id, name, purpose, topic: topicId, subject, preheader, body, text })
    .from(template)
    .where(inArray(id, [...ids]))
    .orderBy(asc(id))
}
