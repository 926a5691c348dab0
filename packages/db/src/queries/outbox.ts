import { bucketOfId, newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import type { MailEnvelope } from '../schema/send.ts'

export type MailState = 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'withdrawn'

/** A mail in the list of the Outbox. */
export interface OutboxRow {
  id: number
  contactId: number
  status: MailState
  transport: 'smtp' | 'outbox' | null
  to: string | null
  name: string
  subject: string | null
  template: string | null
  flowId: string
  flow: string | null
  /** When the step asked for it, when it left, when it is tried next. */
  at: number
  sentAt: number | null
  nextAttemptAt: number | null
  attempts: number
  error: string | null
  /** Its flow is paused: it waits until that goes on. */
  held: boolean
}

const COLUMNS = `s.id, s.contact_id as "contactId", s.status, s.transport, coalesce(s.to_address, c.facts -> 'f' ->> 'email') as "to",
  concat_ws(' ', c.facts -> 'f' ->> 'first_name', c.facts -> 'f' ->> 'last_name') as name, s.subject,
  coalesce(t.name, case when s.flow_id = '' then case when s.node = 'rep' then 'Mail of a rep' else 'Question whether they agree' end end) as template,
  s.flow_id as "flowId", f.name as flow, s.at, s.sent_at as "sentAt", s.next_attempt_at as "nextAttemptAt", s.attempts,
  s.last_error as error, coalesce(s.status = 'queued' and f.status = 'paused', false) as held`
const FROM = `send s left join contact c on c.bucket = s.bucket and c.id = s.contact_id and c.deleted_at is null
  left join template t on t.id = s.template_id left join flow f on f.id = s.flow_id`

export interface OutboxQuery {
  /** Empty: all. */
  statuses: readonly MailState[]
  /** The last row of the page before, to go on after it. */
  after?: { at: number; id: number } | undefined
  limit: number
}

/** Mails, the newest first. */
export function listOutbox(sql: Sql, { statuses, after, limit }: OutboxQuery): Promise<OutboxRow[]> {
  return sql.query<OutboxRow>(
    `select ${COLUMNS} from ${FROM}
     where (cardinality($1::text[]) = 0 or s.status = any($1::text[])) and ($2::bigint is null or (s.at, s.id) < ($2::bigint, $3::bigint))
     order by s.at desc, s.id desc limit $4::int`,
    [[...statuses], after?.at ?? null, after?.id ?? null, limit],
  )
}

/** A mail with all that is kept of it. */
export interface OutboxMail extends OutboxRow {
  key: string
  node: string
  templateId: string
  templateVersion: number | null
  purpose: 'marketing' | 'transactional'
  topic: string | null
  messageId: string | null
  envelope: MailEnvelope | null
  html: string | null
  text: string | null
}

export async function outboxMail(sql: Sql, id: number): Promise<OutboxMail | undefined> {
  const [row] = await sql.query<OutboxMail>(
    `select ${COLUMNS}, s.key, s.node, s.template_id as "templateId", s.template_version as "templateVersion", s.purpose, s.topic,
            s.message_id as "messageId", s.envelope, s.html, s.text
     from ${FROM} where s.bucket = $1::smallint and s.id = $2`,
    [bucketOfId(id), id],
  )
  return row
}

/** How the reason of a mail begins that its recipient's server does not want yet: the trouble of one mail, not of the house. */
export const PUT_OFF = 'The mail server put it off: '

/** Why queued mail does not leave at all, the most frequent reason first, with since when: a server that does not answer, a setting. */
export function deliveryTrouble(sql: Sql): Promise<{ error: string; since: number }[]> {
  return sql.query(
    `select last_error as error, min(at) as since from send where status = 'queued' and last_error is not null and not starts_with(last_error, $1)
     group by last_error order by count(*) desc, error limit 3`,
    [PUT_OFF],
  )
}

/**
 * Tries a failed mail again, now and with its attempts counted anew.
 * @returns false when it is not failed (any more)
 */
export async function retryFailed(tx: Sql, { id, now }: { id: number; now: number }): Promise<boolean> {
  const rows = await tx.query(
    `update send set status = 'queued', next_attempt_at = $3, attempts = 0, claimed_until = null, last_error = null, subject = null,
       html = null, text = null
     where bucket = $1::smallint and id = $2 and status = 'failed' returning id`,
    [bucketOfId(id), id, now],
  )
  return rows.length > 0
}

/**
 * Sends a mail of unknown fate once more: the same text under the same Message-ID, so that a mailbox that has it already may see that.
 * @returns false when its fate is known by now
 */
export async function repeatUnknown(tx: Sql, { id, now }: { id: number; now: number }): Promise<boolean> {
  const rows = await tx.query(
    `update send set status = 'queued', next_attempt_at = $3, claimed_until = null, last_error = null
     where bucket = $1::smallint and id = $2 and status = 'unknown' returning id`,
    [bucketOfId(id), id, now],
  )
  return rows.length > 0
}

/** A mail that an author sent to themselves. */
export interface TestMail {
  id: string
  at: number
  templateId: string | null
  contactId: number | null
  byId: string
  byName: string
  status: 'sent' | 'failed'
  transport: 'smtp' | 'outbox'
  messageId: string
  envelope: MailEnvelope
  purpose: 'marketing' | 'transactional'
  subject: string
  html: string
  text: string
  error: string | null
}

/** Keeps a test mail. @returns its id */
export async function addTestMail(sql: Sql, mail: Omit<TestMail, 'id'>): Promise<string> {
  const id = newId('test')
  await sql.query(
    `insert into test_mail (id, at, template_id, contact_id, by_id, by_name, status, transport, message_id, envelope, purpose, subject, html, text, error)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14, $15)`,
    [
      id,
      mail.at,
      mail.templateId,
      mail.contactId,
      mail.byId,
      mail.byName,
      mail.status,
      mail.transport,
      mail.messageId,
      JSON.stringify(mail.envelope),
      mail.purpose,
      mail.subject,
      mail.html,
      mail.text,
      mail.error,
    ],
  )
  return id
}

const TEST_COLUMNS = `id, at, template_id as "templateId", contact_id as "contactId", by_id as "byId", by_name as "byName", status, transport,
  message_id as "messageId", envelope, purpose, subject, html, text, error`

/** Test mails, the newest first. */
export function listTestMails(sql: Sql, limit: number): Promise<TestMail[]> {
  return sql.query(`select ${TEST_COLUMNS} from test_mail order by at desc, id desc limit $1::int`, [limit])
}

export async function testMailById(sql: Sql, id: string): Promise<TestMail | undefined> {
  const [row] = await sql.query<TestMail>(`select ${TEST_COLUMNS} from test_mail where id = $1`, [id])
  return row
}
