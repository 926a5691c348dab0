import type { Person, RelatedFact, SendFact } from '@baton/engine'
import type { Ids } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { companyOf } from './deliver/dispatch.ts'
import { personById } from './templates.ts'

const DAY = 86_400_000
/** The longest window that a cap may have. */
const CAP_WINDOW = 31 * DAY

/** What stands for the step where a rep wrote a mail by hand: such a mail belongs to no flow. */
const BY_REP = 'rep'

/** Whether a rep wrote this mail. */
export const isRepMail = ({ flowId, node }: { flowId: string; node: string }): boolean => flowId === '' && node === BY_REP

/** How a rep is told of leads, and writes to them. */
export interface RepSettings {
  notify: 'at-once' | 'hourly' | 'daily'
  /** null: the name of the account. */
  fromName: string | null
  /** null: the address of the account. */
  replyTo: string | null
  signature: string
  /** Own mails to leads in 24 hours, at most. Set by managers. */
  mailsADay: number
}

/** What somebody may write a day of whom nobody said so; the default of the column, too. */
export const MAILS_A_DAY = 50

const DEFAULTS: RepSettings = { notify: 'at-once', fromName: null, replyTo: null, signature: '', mailsADay: MAILS_A_DAY }

export async function repSettings(sql: Sql, userId: string): Promise<RepSettings> {
  const [row] = await sql.query<RepSettings>(
    `select notify, from_name as "fromName", reply_to as "replyTo", signature, mails_a_day as "mailsADay" from rep_setting where user_id = $1`,
    [userId],
  )
  return row ?? DEFAULTS
}

/**
 * Keeps what a rep chose; how many mails a day are allowed is not theirs to say. What waits to be mailed with others still is, whatever was
 * chosen; whoever wants a daily mail from `now` on has the first one on the next day.
 */
export async function saveRepSettings(sql: Sql, userId: string, chosen: Omit<RepSettings, 'mailsADay'>, now: number): Promise<void> {
  await sql.query(
    `insert into rep_setting (user_id, notify, from_name, reply_to, signature, told_until) values ($1, $2, $3, $4, $5, $6)
     on conflict (user_id) do update set notify = excluded.notify, from_name = excluded.from_name, reply_to = excluded.reply_to,
       signature = excluded.signature, told_until = case when rep_setting.notify = 'at-once' then excluded.told_until else rep_setting.told_until end`,
    [userId, chosen.notify, chosen.fromName, chosen.replyTo, chosen.signature, now],
  )
}

/** Says how many own mails to leads somebody may write in 24 hours. */
export async function limitRepMails(tx: Sql, userId: string, mailsADay: number): Promise<void> {
  await tx.query(
    `insert into rep_setting (user_id, mails_a_day) values ($1, $2) on conflict (user_id) do update set mails_a_day = excluded.mails_a_day`,
    [userId, mailsADay],
  )
}

/** How many mails a rep wrote in the last 24 hours, over all leads. */
export async function repMailsOfDay(sql: Sql, userId: string, now: number): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from handoff_log where at > $1 and kind = 'mail' and by_id = $2`,
    [now - DAY, userId],
  )
  return row?.n ?? 0
}

/** Holds what this rep may still write until the transaction ends: two mails at once are counted one after the other. */
export async function lockRepMails(tx: Sql, userId: string): Promise<void> {
  await tx.query('insert into rep_setting (user_id) values ($1) on conflict do nothing', [userId])
  await tx.query('select 1 from rep_setting where user_id = $1 for update', [userId])
}

/** What the gate looks at for one person. */
export interface GateFacts {
  person: Person
  company: RelatedFact | undefined
  sends: SendFact[]
}

/** What the gate has to know before a rep may write to somebody; undefined: nobody is there any more. */
export async function gateFacts(sql: Sql, contactId: number, now: number): Promise<GateFacts | undefined> {
  const person = await personById(sql, contactId)
  if (!person) return undefined
  const sends = await sql.query<SendFact>(
    `select key, template_id as "templateId", at, status, purpose, topic from send
     where bucket = $1::smallint and contact_id = $2 and (at >= $3 or status = 'queued') order by at, key`,
    [contactId % 1024, contactId, now - CAP_WINDOW],
  )
  return { person, company: await companyOf(sql, contactId), sends }
}

/** A rep's mail that is not sent yet. */
export interface LeadDraft {
  subject: string
  body: string
  updatedAt: number
}

/** What this rep has written so far. */
export async function leadDraft(sql: Sql, { handoffId, userId }: { handoffId: number; userId: string }): Promise<LeadDraft | undefined> {
  const [row] = await sql.query<LeadDraft>(
    `select subject, body, updated_at as "updatedAt" from lead_draft where bucket = $1::smallint and handoff_id = $2 and user_id = $3`,
    [handoffId % 1024, handoffId, userId],
  )
  return row
}

/**
 * Keeps a draft; that of the lead's own rep is noted on the lead: it is not taken away in the middle of a sentence. What somebody else
 * writes (`own` false: a manager) puts off nothing, and does not take the place of the rep's.
 */
export async function saveLeadDraft(
  tx: Sql,
  {
    handoffId,
    userId,
    own: byRep,
    subject,
    body,
    at,
  }: { handoffId: number; userId: string; own: boolean; subject: string; body: string; at: number },
): Promise<void> {
  const own = [handoffId % 1024, handoffId]
  await tx.query(
    `insert into lead_draft (bucket, handoff_id, user_id, subject, body, updated_at) values ($1::smallint, $2, $3, $4, $5, $6)
     on conflict (bucket, handoff_id) do update set user_id = excluded.user_id, subject = excluded.subject, body = excluded.body,
       updated_at = excluded.updated_at
     where lead_draft.user_id = excluded.user_id or $7::boolean`,
    [...own, userId, subject, body, at, byRep],
  )
  if (byRep) await tx.query('update handoff set draft_at = $3 where bucket = $1::smallint and id = $2', [...own, at])
}

export async function dropLeadDraft(tx: Sql, handoffId: number): Promise<void> {
  const own = [handoffId % 1024, handoffId]
  await tx.query('delete from lead_draft where bucket = $1::smallint and handoff_id = $2', own)
  await tx.query('update handoff set draft_at = null where bucket = $1::smallint and id = $2', own)
}

/** A mail as a rep wrote it: kept in the log of the lead, and made when it goes out. */
export interface RepMail {
  subject: string
  body: string
  from: { address: string; name: string }
  replyTo: { address: string; name: string } | null
}

/**
 * Puts a rep's mail into the outbox, where it counts like any other. `at` is when it may go; its text lies in the line of the lead's log
 * whose `mail` is the key of it.
 */
export async function queueRepMail(
  tx: Sql,
  ids: Ids,
  { contactId, key, topic, at }: { contactId: number; key: string; topic: string; at: number },
): Promise<void> {
  const bucket = contactId % 1024
  const [id = 0] = await ids.take([bucket], tx)
  await tx.query(
    `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, topic, status, at, next_attempt_at)
     values ($1, $2, $3, $4, '', '', 0, 0, $5, '', 'marketing', $6, 'queued', $7, $7)`,
    [bucket, id, contactId, key, BY_REP, topic, at],
  )
}

/** What names a rep's mail for ever: the lead, and the revision that it was written at. */
export const repMailKey = ({ id, rev }: { id: number; rev: number }): string => `rep/${id}/${rev}`

/** What a rep wrote; undefined once the person's history was erased. */
export async function repMailOf(sql: Sql, send: { bucket: number; id: number }): Promise<RepMail | undefined> {
  const [row] = await sql.query<Partial<RepMail>>(
    `select l.data->>'subject' as subject, l.data->>'body' as body, l.data->'from' as "from", l.data->'replyTo' as "replyTo"
     from send s join handoff_log l on l.bucket = s.bucket and l.contact_id = s.contact_id and l.kind = 'mail' and l.data->>'mail' = s.key
     where s.bucket = $1::smallint and s.id = $2 and s.node = '${BY_REP}'`,
    [send.bucket, send.id],
  )
  if (!row?.from || row.subject === undefined || row.subject === null || row.body === undefined || row.body === null) return undefined
  return { subject: row.subject, body: row.body, from: row.from, replyTo: row.replyTo ?? null }
}
