import type { Person } from '@baton/engine'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { PERSON_COLUMNS, type PersonRow, personOf } from './deliver/dispatch.ts'
import { bumpPlan } from './plan.ts'

/** A mail as its author writes it: MJML and Liquid. */
export interface TemplateText {
  subject: string
  preheader: string
  body: string
  /** Empty: made from the body. */
  text: string
  purpose: 'marketing' | 'transactional'
}

/** A flow with a step that sends a template. */
export interface TemplateUse {
  flowId: string
  name: string
  /** In the published version of a flow that runs or is paused: the template cannot go. */
  live: boolean
}

export interface TemplateListRow {
  id: string
  name: string
  subject: string
  purpose: TemplateText['purpose']
  /** What people must have agreed to; null: the general topic, where it is marketing mail. */
  topicId: string | null
  version: number
  archivedAt: number | null
  updatedAt: number
  updatedBy: string | null
  uses: TemplateUse[]
}

export interface TemplateRow extends Omit<TemplateListRow, 'subject' | 'purpose'>, TemplateText {}

/** Which flows send which template: in the draft, in the version that runs, or both. */
const USES = `uses as (
  select template_id, flow_id, max(name) as name, bool_or(live) as live from (
    select n -> 'data' ->> 'templateId' as template_id, f.id as flow_id, f.name, false as live
    from flow f cross join lateral jsonb_array_elements(f.draft -> 'nodes') n where f.status <> 'archived'
    union all
    select n -> 'data' ->> 'templateId', f.id, f.name, f.status in ('live', 'paused', 'draining')
    from flow f join version v on v.flow_id = f.id and v.version = f.live_version
    cross join lateral jsonb_array_elements(v.graph -> 'nodes') n where f.status <> 'archived'
  ) every where template_id is not null group by template_id, flow_id
)`
const USES_OF = `coalesce((select jsonb_agg(jsonb_build_object('flowId', u.flow_id, 'name', u.name, 'live', u.live) order by u.name, u.flow_id)
  from uses u where u.template_id = t.id), '[]'::jsonb) as uses`

/** All templates, the last changed first; those put away only when asked for. */
export function listTemplates(sql: Sql, { archived }: { archived: boolean }): Promise<TemplateListRow[]> {
  return sql.query<TemplateListRow>(
    `with ${USES} select t.id, t.name, t.subject, t.purpose, t.topic_id as "topicId", t.version, t.archived_at as "archivedAt", t.updated_at as "updatedAt",
       u.name as "updatedBy", ${USES_OF}
     from template t left join "user" u on u.id = t.updated_by where (t.archived_at is not null) = $1 order by t.updated_at desc, t.id`,
    [archived],
  )
}

/** A template with its last version. */
export async function templateById(sql: Sql, id: string): Promise<TemplateRow | undefined> {
  const [row] = await sql.query<TemplateRow>(
    `with ${USES} select t.id, t.name, t.subject, t.preheader, t.body, t.text, t.purpose, t.topic_id as "topicId", t.version, t.archived_at as "archivedAt",
       t.updated_at as "updatedAt", u.name as "updatedBy", ${USES_OF}
     from template t left join "user" u on u.id = t.updated_by where t.id = $1`,
    [id],
  )
  return row
}

/** One version, as it was saved. Versions never change. */
export async function templateVersion(sql: Sql, id: string, version: number): Promise<TemplateText | undefined> {
  const [row] = await sql.query<TemplateText>(
    'select subject, preheader, body, text, purpose from template_version where template_id = $1 and version = $2',
    [id, version],
  )
  return row
}

const noteVersion = (tx: Sql, id: string, version: number, text: TemplateText, { by, at }: { by: string; at: number }) =>
  tx.query(
    `insert into template_version (template_id, version, subject, preheader, body, text, purpose, saved_by, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, version, text.subject, text.preheader, text.body, text.text, text.purpose, by, at],
  )

/** Makes a template with its first version. In the caller's transaction. @returns its id */
export async function createTemplate(tx: Sql, made: { name: string; text: TemplateText; by: string; at: number }): Promise<string> {
  const { name, text, by, at } = made
  const id = newId('tpl')
  await tx.query(
    `insert into template (id, name, subject, preheader, body, text, purpose, version, created_by, created_at, updated_by, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $8, $9)`,
    [id, name, text.subject, text.preheader, text.body, text.text, text.purpose, by, at],
  )
  await noteVersion(tx, id, 1, text, made)
  await bumpPlan(tx)
  return id
}

export type TemplateSaved = { version: number } | { conflict: { by: string | null; at: number } } | 'unknown'

/**
 * Saves a new version over the one the author started from. Mails that go out from now on use it, those of flows that run too.
 * @param from the version that was edited; another one by now is a conflict
 */
export async function saveTemplate(
  tx: Sql,
  save: { id: string; name: string; text: TemplateText; from: number; by: string; at: number },
): Promise<TemplateSaved> {
  const { id, name, text, from, by, at } = save
  const [row] = await tx.query<{ version: number }>(
    `update template set name = $2, subject = $3, preheader = $4, body = $5, text = $6, purpose = $7, version = version + 1, updated_by = $8,
       updated_at = $9
     where id = $1 and version = $10 and archived_at is null returning version`,
    [id, name, text.subject, text.preheader, text.body, text.text, text.purpose, by, at, from],
  )
  if (!row) {
    const [now] = await tx.query<{ by: string | null; at: number }>(
      `select u.name as by, t.updated_at as at from template t left join "user" u on u.id = t.updated_by where t.id = $1 and t.archived_at is null`,
      [id],
    )
    return now ? { conflict: now } : 'unknown'
  }
  await noteVersion(tx, id, row.version, text, save)
  await bumpPlan(tx)
  return row
}

/** Puts a template away, or takes it out again. Mails that wait still use it. @returns false when there is nothing to do */
export async function archiveTemplate(
  tx: Sql,
  { id, by, at, archived }: { id: string; by: string; at: number; archived: boolean },
): Promise<boolean> {
  const rows = await tx.query(
    `update template set archived_at = case when $2 then $3::bigint end, updated_by = $4, updated_at = $3
     where id = $1 and (archived_at is null) = $2 returning id`,
    [id, archived, at, by],
  )
  return rows.length > 0
}

/** Under which topic a message goes out, from the next mail on. @returns false when there is no such message */
export async function setTemplateTopic(tx: Sql, { templateId, topicId }: { templateId: string; topicId: string | null }): Promise<boolean> {
  const rows = await tx.query('update template set topic_id = $2 where id = $1 returning id', [templateId, topicId])
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** A person to preview with. */
export interface PersonFound {
  id: number
  key: string
  name: string
}

/** People whose address or id begins with a text; the newest when it is empty. */
export function findPeople(sql: Sql, text: string, limit: number): Promise<PersonFound[]> {
  const columns = `c.id, c.key, concat_ws(' ', c.facts -> 'f' ->> 'first_name', c.facts -> 'f' ->> 'last_name') as name`
  const alive = 'c.deleted_at is null and c.merged_into is null'
  if (text === '')
    return sql.query(`select ${columns} from contact c where ${alive} order by c.created_at desc, c.id desc limit $1`, [limit])
  const begin = text.toLowerCase().replace(/[\\%_]/g, '\\$&')
  return sql.query(`select ${columns} from contact c where ${alive} and c.key like $1 order by c.key limit $2`, [`${begin}%`, limit])
}

/** One living person with all facts. */
export async function personById(sql: Sql, id: number): Promise<Person | undefined> {
  const [row] = await sql.query<PersonRow>(
    `select ${PERSON_COLUMNS} from contact c where c.bucket = $1::smallint and c.id = $2 and c.deleted_at is null and c.merged_into is null`,
    [id % 1024, id],
  )
  return row && personOf(row)
}
