import type { FieldValue } from '@baton/engine'
import { newId } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'
import type { FormField, FormThanks, FormTopic } from '../../schema/form.ts'
import { bumpPlan } from '../plan.ts'
import { listTopics } from '../topics.ts'

/** What an author decides about a form. */
export interface FormContent {
  name: string
  title: string
  intro: string
  button: string
  fields: FormField[]
  topics: FormTopic[]
  /** Double opt-in. */
  confirm: boolean
  mayUpdate: boolean
  thanks: FormThanks
  origins: string[]
}

export interface FormRow extends FormContent {
  id: string
  rev: number
  /** Set: it is put away, and takes no answers. */
  archivedAt: number | null
  updatedAt: number
  updatedBy: string | null
}

const COLUMNS = `f.id, f.name, f.title, f.intro, f.button, f.fields, f.topics, f.confirm, f.may_update as "mayUpdate", f.thanks, f.origins, f.rev,
  f.archived_at as "archivedAt", f.updated_at as "updatedAt", f.updated_by as "updatedBy"`

/** Forms by name, with how often each was sent and when last. */
export function listForms(
  to: Sql,
  { archived }: { archived: boolean },
): Promise<(FormRow & { answers: number; lastAnswerAt: number | null })[]> {
  return to.query(
    `select ${COLUMNS}, coalesce(a.n, 0) as answers, a.at as "lastAnswerAt"
     from form f left join (select form_id, count(*) as n, max(at) as at from form_answer group by 1) a on a.form_id = f.id
     where (f.archived_at is not null) = $1 order by lower(f.name), f.id`,
    [archived],
  )
}

/** A form, also one that was put away. */
export async function formById(to: Sql, id: string): Promise<FormRow | undefined> {
  const [row] = await to.query<FormRow>(`select ${COLUMNS} from form f where f.id = $1`, [id])
  return row
}

interface Saved extends FormContent {
  by: string
  at: number
}

const parametersOf = ({ name, title, intro, button, fields, topics, confirm, mayUpdate, thanks, origins, by, at }: Saved) => [
  name,
  title,
  intro,
  button,
  JSON.stringify(fields),
  JSON.stringify(topics),
  confirm,
  mayUpdate,
  JSON.stringify(thanks),
  JSON.stringify(origins),
  by,
  at,
]

/** @returns its id */
export async function addForm(tx: Sql, made: Saved): Promise<string> {
  const id = newId('frm')
  await tx.query(
    `insert into form (id, name, title, intro, button, fields, topics, confirm, may_update, thanks, origins, created_by, created_at, updated_by, updated_at)
     values ($13, $1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9::jsonb, $10::jsonb, $11, $12, $11, $12)`,
    [...parametersOf(made), id],
  )
  await bumpPlan(tx)
  return id
}

/** Changes a form that is still as the caller saw it. @returns false when somebody changed it, or put it away, meanwhile */
export async function changeForm(tx: Sql, id: string, rev: number, change: Saved): Promise<boolean> {
  const rows = await tx.query(
    `update form set name = $1, title = $2, intro = $3, button = $4, fields = $5::jsonb, topics = $6::jsonb, confirm = $7, may_update = $8,
       thanks = $9::jsonb, origins = $10::jsonb, updated_by = $11, updated_at = $12, rev = rev + 1
     where id = $13 and rev = $14 and archived_at is null returning id`,
    [...parametersOf(change), id, rev],
  )
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** Puts a form away: its page says so, and takes no answers. The caller has made sure that nothing waits for it. */
export async function archiveForm(tx: Sql, id: string, at: number): Promise<boolean> {
  const rows = await tx.query('update form set archived_at = $2, rev = rev + 1 where id = $1 and archived_at is null returning id', [
    id,
    at,
  ])
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

export async function restoreForm(tx: Sql, id: string): Promise<boolean> {
  const rows = await tx.query('update form set archived_at = null, rev = rev + 1 where id = $1 and archived_at is not null returning id', [
    id,
  ])
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

export async function countFormAnswers(to: Sql, id: string): Promise<number> {
  const [row] = await to.query<{ n: number }>('select count(*) as n from form_answer where form_id = $1', [id])
  return row?.n ?? 0
}

/** A form that was sent, with what was written. */
export interface RecentAnswer {
  contactId: number
  at: number
  /** How the person is called now: name, else address. */
  who: string
  props: Record<string, FieldValue | string[]>
}

/** Who sent a form last, the newest first. */
export function recentFormAnswers(to: Sql, id: string, limit: number): Promise<RecentAnswer[]> {
  return to.query(
    `select a.contact_id as "contactId", a.at,
       coalesce(nullif(concat_ws(' ', c.facts -> 'f' ->> 'first_name', c.facts -> 'f' ->> 'last_name'), ''), c.facts -> 'f' ->> 'email', c.key) as who,
       coalesce(e.props, '{}') as props
     from form_answer a join contact c on c.bucket = a.bucket and c.id = a.contact_id and c.deleted_at is null
     left join event e on e.bucket = a.bucket and e.at = a.at and e.id = a.event_id
     where a.form_id = $1 order by a.at desc, a.event_id limit $2::int`,
    [id, limit],
  )
}

/** Topics that people can be asked to agree to. */
export async function offeredTopics(sql: Sql): Promise<{ id: string; name: string; doubleOptIn: boolean }[]> {
  return (await listTopics(sql)).map(({ id, name, doubleOptIn }) => ({ id, name, doubleOptIn }))
}
