import type { Actor } from '@baton/engine'
import { bucketOfId, newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { bumpPlan } from './plan.ts'

/** What people agree to get mail about. */
export interface TopicRow {
  id: string
  name: string
  /** What its readers get, in a sentence for them. */
  description: string
  doubleOptIn: boolean
  /** The general one: always there. */
  system: boolean
  archived: boolean
}

const COLUMNS = `t.id, t.name, t.description, t.double_opt_in as "doubleOptIn", t.system, t.archived_at is not null as archived`
const ORDER = 'order by t.system desc, t.position, t.name, t.id'

/** Topics, the general one first. */
export function listTopics(sql: Sql, { archived }: { archived: boolean } = { archived: false }): Promise<TopicRow[]> {
  return sql.query(`select ${COLUMNS} from topic t where $1 or t.archived_at is null ${ORDER}`, [archived])
}

/** Where a topic is used: messages that go out under it, and how many people agreed to it. */
export interface TopicUse {
  id: string
  messages: number
  people: number
}

/** Reads every contact's consents: for the page of topics alone. */
export function topicUses(sql: Sql): Promise<TopicUse[]> {
  return sql.query(
    `with agreed as (
       select e.key as id, count(*) as people from contact c cross join lateral jsonb_each(c.facts -> 'c') e
       where c.deleted_at is null and c.merged_into is null and e.value = 'true'::jsonb group by e.key
     ), sent as (
       select coalesce(topic_id, 'marketing') as id, count(*) as messages from template
       where purpose = 'marketing' and archived_at is null group by 1
     )
     select t.id, coalesce(s.messages, 0) as messages, coalesce(a.people, 0) as people
     from topic t left join sent s on s.id = t.id left join agreed a on a.id = t.id order by t.id`,
  )
}

/** Makes a topic, or changes one. @returns its id; `taken` when another has this name */
export async function saveTopic(
  tx: Sql,
  {
    id,
    name,
    description,
    doubleOptIn,
    at,
  }: { id?: string | undefined; name: string; description: string; doubleOptIn: boolean; at: number },
): Promise<string | 'taken' | 'unknown'> {
  const [other] = await tx.query<{ id: string }>(
    `select id from topic where lower(name) = lower($1) and id <> $2 and archived_at is null`,
    [name, id ?? ''],
  )
  if (other) return 'taken'
  const made = id ?? newId('top')
  const rows = id
    ? await tx.query('update topic set name = $2, description = $3, double_opt_in = $4, updated_at = $5 where id = $1 returning id', [
        id,
        name,
        description,
        doubleOptIn,
        at,
      ])
    : await tx.query(
        `insert into topic (id, name, description, double_opt_in, position, created_at, updated_at)
         select $1, $2, $3, $4, coalesce(max(position), 0) + 1, $5, $5 from topic returning id`,
        [made, name, description, doubleOptIn, at],
      )
  if (rows.length === 0) return 'unknown'
  await bumpPlan(tx)
  return made
}

/** Puts a topic away, or takes it out again; what people agreed to stays known. @returns false when there is nothing to do */
export async function archiveTopic(tx: Sql, { id, archived, at }: { id: string; archived: boolean; at: number }): Promise<boolean> {
  const rows = await tx.query(
    `update topic set archived_at = case when $2 then $3::bigint end, updated_at = $3 where id = $1 and not system and (archived_at is null) = $2
     returning id`,
    [id, archived, at],
  )
  if (rows.length > 0) await bumpPlan(tx)
  return rows.length > 0
}

/** Messages that go out under a topic. */
export function messagesOfTopic(sql: Sql, id: string): Promise<{ id: string; name: string }[]> {
  return sql.query(`select id, name from template where topic_id = $1 and archived_at is null order by name, id`, [id])
}

/** One answer of somebody about a topic. */
export interface ConsentEntry {
  topic: string
  given: boolean
  at: number
  source: Actor
}

/** Everything somebody said about topics, the newest first. */
export function consentHistory(sql: Sql, contactId: number, limit = 200): Promise<ConsentEntry[]> {
  return sql.query(
    `select topic, given, at, source from consent_log where bucket = $1::smallint and contact_id = $2 order by at desc, seq desc, topic limit $3::int`,
    [bucketOfId(contactId), contactId, limit],
  )
}

/** What a living contact agreed to, topic by topic; what waits in the inbox counts already. Undefined when there is nobody (any more). */
export async function consentsOf(sql: Sql, contactId: number): Promise<ReadonlyMap<string, boolean> | undefined> {
  const [row] = await sql.query<{ stored: Record<string, boolean>; waiting: { topic: string; given: boolean }[] | null }>(
    `select c.facts -> 'c' as stored,
            (select json_agg(json_build_object('topic', i.payload ->> 'topic', 'given', (i.payload ->> 'given')::boolean) order by i.seq)
             from inbox i where i.bucket = c.bucket and i.contact_id = c.id and i.kind = 'consent') as waiting
     from contact c where c.bucket = $1::smallint and c.id = $2 and c.deleted_at is null and c.merged_into is null`,
    [bucketOfId(contactId), contactId],
  )
  if (!row) return undefined
  return new Map([...Object.entries(row.stored), ...(row.waiting ?? []).map((it) => [it.topic, it.given] as const)])
}
