import type { InboxItem } from '@baton/engine'
import { bucketOfId, type Ids } from '../../ids.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import { prepareEvents } from '../events.ts'
import { movedTo } from '../merge/move.ts'
import { appendItems } from '../turns/doors.ts'

/** For so many days the link in the mail confirms. */
export const ASK_DAYS = 30
const DAY_MS = 86_400_000
/** Whoever presses the button of a form again and again gets one mail in this time, and few a day: a form is no way to flood a mailbox. */
const ASK_AGAIN_MS = 3_600_000
const ASKS_A_DAY = 3

/** Asks somebody by mail whether they agree; not when they were asked a moment ago, or too often today. */
export async function askByMail(
  tx: Sql,
  ids: Ids,
  ask: { contactId: number; formId: string; topics: readonly string[]; email: string; at: number },
): Promise<void> {
  const { contactId, formId, topics, email, at } = ask
  const bucket = bucketOfId(contactId)
  const earlier = await tx.query<{ at: number; topics: string[] }>(
    `select at, topics from consent_ask where bucket = $1::smallint and contact_id = $2 and at > $3`,
    [bucket, contactId, at - DAY_MS],
  )
  const justAsked = earlier.some((it) => it.at > at - ASK_AGAIN_MS && topics.every((topic) => it.topics.includes(topic)))
  if (justAsked || earlier.length >= ASKS_A_DAY) return
  const [id] = await ids.take([bucket], tx)
  await tx.query(
    `insert into consent_ask (bucket, id, contact_id, form_id, topics, email, at) values ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
    [bucket, id, contactId, formId, JSON.stringify(topics), email, at],
  )
  await tx.query(
    `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at, next_attempt_at)
     values ($1, $2, $3, $4, '', '', 0, 0, '', '', 'transactional', 'queued', $5, $5)`,
    [bucket, id, contactId, `confirm/${id}`, at],
  )
}

/** What the mail that asks has to say. */
export interface AskToSend {
  id: number
  email: string
  topics: string[]
  formName: string
}

/** The question a mail carries; undefined when it was answered, or its address is not this person's any more. `id` is the mail's. */
export async function askToSend(sql: Sql, id: number): Promise<AskToSend | undefined> {
  const [row] = await sql.query<AskToSend & { contactId: number }>(
    `select a.id, a.email, a.topics, a.contact_id as "contactId", f.name as "formName" from consent_ask a join form f on f.id = a.form_id
     where a.bucket = $1::smallint and a.id = $2 and a.confirmed_at is null`,
    [bucketOfId(id), id],
  )
  if (!row || !(await isTheirs(sql, row))) return undefined
  const { contactId: _, ...ask } = row
  return ask
}

/** Whether an address is still this person's. By itself: addresses lie elsewhere than people where the database is spread. */
async function isTheirs(sql: Sql, { email, contactId }: { email: string; contactId: number }): Promise<boolean> {
  const rows = await sql.query(`select 1 from identity where value = $1 and kind = 'email' and contact_id = $2`, [email, contactId])
  return rows.length > 0
}

/** What became of a question: `gone` when the person, or the address that was asked, is not there any more. */
export type AskOutcome = 'open' | 'confirmed' | 'late' | 'gone'

interface Asked {
  contactId: number
  formId: string
  formName: string
  topics: string[]
  at: number
  confirmedAt: number | null
  present: boolean
}

async function asked(sql: Sql, id: number, lock: '' | ' for update of a'): Promise<Asked | undefined> {
  const [row] = await sql.query<Asked & { email: string }>(
    `select a.contact_id as "contactId", a.form_id as "formId", f.name as "formName", a.topics, a.at, a.confirmed_at as "confirmedAt", a.email,
       exists (select 1 from contact c where c.bucket = $1::smallint and c.id = a.contact_id and c.deleted_at is null and c.merged_into is null) as present
     from consent_ask a join form f on f.id = a.form_id where a.bucket = $1::smallint and a.id = $2${lock}`,
    [bucketOfId(id), id],
  )
  return row && { ...row, present: row.present && (await isTheirs(sql, row)) }
}

function outcomeOf(ask: Asked | undefined, now: number): AskOutcome {
  if (!ask?.present) return 'gone'
  if (ask.confirmedAt !== null) return 'confirmed'
  return now - ask.at > ASK_DAYS * DAY_MS ? 'late' : 'open'
}

/** How a question stands. Changes nothing. */
export async function askOf(sql: Sql, { id, now }: { id: number; now: number }): Promise<AskOutcome> {
  return outcomeOf(await asked(sql, (await movedTo(sql, id)) ?? id, ''), now)
}

/** Answers a question with yes, once: consent from now on, told to the contact's inbox. A second press changes nothing. */
export async function confirmAsk(handle: Handle, { id: given, now }: { id: number; now: number }): Promise<AskOutcome> {
  await prepareEvents(handle, [{ type: 'consent.confirmed', occurredAt: now }], now)
  return handle.transaction(async (tx) => {
    const id = (await movedTo(tx, given)) ?? given
    const ask = await asked(tx, id, ' for update of a')
    const outcome = outcomeOf(ask, now)
    if (!ask || outcome !== 'open') return outcome
    await tx.query('update consent_ask set confirmed_at = $3 where bucket = $1::smallint and id = $2', [bucketOfId(id), id, now])
    const source = { kind: 'system' as const, id: ask.formId, name: `Form ${ask.formName}, confirmed by mail` }
    const props = { form: ask.formId, formName: ask.formName, topics: ask.topics, askedAt: new Date(ask.at).toISOString() }
    const items: InboxItem[] = [
      ...ask.topics.map((topic): InboxItem => ({ kind: 'consent', at: now, topic, given: true, source })),
      { kind: 'event', at: now, event: { id: `confirmed/${id}`, type: 'consent.confirmed', props, occurredAt: now, receivedAt: now } },
    ]
    await appendItems(
      tx,
      items.map((item) => ({ contactId: ask.contactId, item })),
    )
    return 'confirmed'
  })
}

/** A question that waits for its answer. */
export interface PendingAsk {
  at: number
  topics: string[]
  formId: string
  formName: string
}

/** What somebody was asked by mail and has not confirmed, the newest first; what is too old to be confirmed is left out. */
export function pendingAsks(sql: Sql, { contactId, now }: { contactId: number; now: number }): Promise<PendingAsk[]> {
  return sql.query(
    `select a.at, a.topics, a.form_id as "formId", f.name as "formName" from consent_ask a join form f on f.id = a.form_id
     where a.bucket = $1::smallint and a.contact_id = $2 and a.confirmed_at is null and a.at >= $3 order by a.at desc, a.id desc`,
    [bucketOfId(contactId), contactId, now - ASK_DAYS * DAY_MS],
  )
}
