import type { Sql } from '../open/handle.ts'
import type { LogEntry } from './handoff-log.ts'
import type { RecordValue } from './related/companies.ts'

const DAY = 86_400_000
/** How far back activity of a person is looked for. */
const ACTIVE_FOR = 60 * DAY

interface Place {
  id: number
  contactId: number
}

/** A line of the log of one of several leads. */
export interface LeadLine extends LogEntry {
  handoffId: number
}

const LINE = `l.id, l.handoff_id as "handoffId", l.at, l.kind, l.by_id as "byId", l.by_name as "byName", l.data`

/** What was done with these leads by hand, the oldest first: what the list tells of them. */
export function deskDeeds(sql: Sql, leads: readonly Place[]): Promise<LeadLine[]> {
  if (leads.length === 0) return Promise.resolve([])
  return sql.query<LeadLine>(
    `select ${LINE} from handoff_log l where l.bucket = any($1::smallint[]) and l.handoff_id = any($2::bigint[])
       and l.kind in ('voicemail', 'wrong-number', 'call', 'no-answer', 'mail', 'meeting', 'note', 'accepted', 'opportunity', 'stage') order by l.id`,
    [leads.map(({ id }) => id % 1024), leads.map(({ id }) => id)],
  )
}

/** Everything that happened to the leads of one person, the newest first. */
export function leadLog(sql: Sql, contactId: number): Promise<LeadLine[]> {
  return sql.query<LeadLine>(
    `select ${LINE} from handoff_log l where l.bucket = $1::smallint and l.contact_id = $2 order by l.at desc, l.id desc limit 500`,
    [contactId % 1024, contactId],
  )
}

/** Something that a person did. */
export interface Activity {
  contactId: number
  id: string
  type: string
  props: Record<string, unknown>
  at: number
}

/** What people do themselves, over `event e`: no machine, nothing that Baton or sales did. */
const THEIRS = `e.origin in ('', 'h') and e.type not in ('mail.sent', 'mail.withdrawn', 'mail.bounced', 'lifecycle.changed', 'contact.created', 'identify',
  'alias', 'group') and not starts_with(e.type, 'sales.') and not starts_with(e.type, 'baton.')`

/** What each of these people did last. */
export function lastActivities(sql: Sql, contactIds: readonly number[], now: number): Promise<Activity[]> {
  if (contactIds.length === 0) return Promise.resolve([])
  return sql.query<Activity>(
    `select distinct on (e.bucket, e.contact_id) e.contact_id as "contactId", e.id, e.type, e.props, e.at from event e
     where e.bucket = any($1::smallint[]) and e.contact_id = any($2::bigint[]) and e.at > $3 and ${THEIRS}
     order by e.bucket, e.contact_id, e.at desc, e.id`,
    [contactIds.map((id) => id % 1024), [...contactIds], now - ACTIVE_FOR],
  )
}

/** An opportunity of a lead. */
export interface LeadOpportunity {
  contactId: number
  id: string
  data: Record<string, RecordValue>
}

/** These opportunities, as they stand. */
export function opportunitiesOf(sql: Sql, leads: readonly (Place & { opportunityId: string | null })[]): Promise<LeadOpportunity[]> {
  const wanted = leads.flatMap(({ contactId, opportunityId }) => (opportunityId === null ? [] : [{ contactId, opportunityId }]))
  if (wanted.length === 0) return Promise.resolve([])
  return sql.query<LeadOpportunity>(
    `select contact_id as "contactId", id, data from related where kind = 'opportunity' and bucket = any($1::smallint[])
       and contact_id = any($2::bigint[]) and id = any($3::text[])`,
    [wanted.map((it) => it.contactId % 1024), wanted.map((it) => it.contactId), wanted.map((it) => it.opportunityId)],
  )
}

/** Somebody of the same company. */
export interface Colleague {
  contactId: number
  name: string | null
  jobTitle: string | null
}

/** The company of a lead: what is known of it, and how many of its people are. */
export interface LeadCompany {
  id: string
  data: Record<string, RecordValue>
  people: number
  colleagues: Colleague[]
}

/** Colleagues whose activity is looked at. */
const COLLEAGUES = 50

/** The company of a person with colleagues; undefined: none is known. */
export async function leadCompany(sql: Sql, contactId: number): Promise<LeadCompany | undefined> {
  const [company] = await sql.query<{ id: string; data: Record<string, RecordValue> }>(
    `select id, data from related where bucket = $1::smallint and contact_id = $2 and kind = 'company' limit 1`,
    [contactId % 1024, contactId],
  )
  if (!company) return undefined
  const [count] = await sql.query<{ n: number }>(`select count(*)::int as n from related where kind = 'company' and id = $1`, [company.id])
  const colleagues = await sql.query<Colleague>(
    `select c.id as "contactId", nullif(trim(concat_ws(' ', c.facts->'f'->>'first_name', c.facts->'f'->>'last_name')), '') as name,
       c.facts->'f'->>'job_title' as "jobTitle"
     from related r join contact c on c.bucket = r.bucket and c.id = r.contact_id
     where r.kind = 'company' and r.id = $1 and r.contact_id <> $2 and c.deleted_at is null and c.merged_into is null
     order by r.at desc, c.id limit ${COLLEAGUES}`,
    [company.id, contactId],
  )
  return { ...company, people: count?.n ?? 1, colleagues }
}

/** Which of these people a rep has as open leads. */
export async function leadsOfRep(sql: Sql, repId: string, contactIds: readonly number[]): Promise<Map<number, number>> {
  if (contactIds.length === 0) return new Map()
  const rows = await sql.query<{ id: number; contactId: number }>(
    `select id, contact_id as "contactId" from handoff where rep_id = $1 and state in ('assigned', 'accepted', 'sleeping')
       and contact_id = any($2::bigint[])`,
    [repId, [...contactIds]],
  )
  return new Map(rows.map((row) => [row.contactId, row.id]))
}

/** What mails are called, by template; also of those that were put away. */
export async function templateNames(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; name: string }>('select id, name from template')
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Mails that somebody may begin from. */
export const mailsToStartFrom = (sql: Sql): Promise<{ id: string; name: string }[]> =>
  sql.query('select id, name from template where archived_at is null order by lower(name), id')

/** The teams that somebody is in. */
export async function teamsOf(sql: Sql, userId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select team_id as id from team_member where user_id = $1 order by 1', [userId])
  return rows.map((row) => row.id)
}
