import type { InboxItem } from '@baton/engine'
import { bucketOfId } from '../../ids.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import { prepareEvents } from '../events.ts'
import { movedTo } from '../merge/move.ts'
import { proveSent } from '../trouble/deeds.ts'
import { appendItems } from '../turns/doors.ts'

/** What a link of a mail must know of it. */
export interface SentMail {
  id: number
  contactId: number
  key: string
  flowId: string
  node: string
  templateId: string
  /** When the mail server took it; before that, when it was asked for. */
  sentAt: number
  /** Where link `n` leads; null: no such link, or the honeypot. */
  url: string | null
  /** Tracked links in the mail. */
  links: number
  /** Nobody knew so far whether it had arrived. */
  unknown: boolean
}

/** The mail of a tracking link, with the target of its link `n`; undefined when there is no such mail. */
export async function sentMail(sql: Sql, id: number, n: number | null): Promise<SentMail | undefined> {
  const found = await mailById(sql, id, n)
  if (found) return found
  const by = await movedTo(sql, id)
  return by === undefined ? undefined : mailById(sql, by, n)
}

async function mailById(sql: Sql, id: number, n: number | null): Promise<SentMail | undefined> {
  const [row] = await sql.query<SentMail>(
    `select s.id, s.contact_id as "contactId", s.key, s.flow_id as "flowId", s.node, s.template_id as "templateId",
            coalesce(s.sent_at, s.at) as "sentAt", s.status = 'unknown' as unknown,
            (select l.url from send_link l where l.bucket = $1::smallint and l.send_id = s.id and l.n = $3::int) as url,
            (select count(*) from send_link l where l.bucket = $1::smallint and l.send_id = s.id) as links
     from send s where s.bucket = $1::smallint and s.id = $2`,
    [bucketOfId(id), id, n],
  )
  return row
}

/** Different links of a mail that were followed since an instant. */
export async function linksFollowed(
  sql: Sql,
  { contactId, sendId, since }: { contactId: number; sendId: number; since: number },
): Promise<number[]> {
  const rows = await sql.query<{ n: number }>(
    `select distinct (props ->> 'n')::int as n from event
     where bucket = $1::smallint and contact_id = $2 and type = 'mail.clicked' and at >= $3 and props ->> 'sendId' = $4`,
    [bucketOfId(contactId), contactId, since, String(sendId)],
  )
  return rows.map((row) => row.n)
}

/**
 * The clicks of a sweep over all links of a mail are a machine's, the first ones too, which could not be known when they came in:
 * what counts them from now on leaves them out.
 */
export async function flagClicks(
  sql: Sql,
  { contactId, sendId, since }: { contactId: number; sendId: number; since: number },
): Promise<void> {
  await sql.query(
    `update event set origin = 'm' || origin::text
     where bucket = $1::smallint and contact_id = $2 and type = 'mail.clicked' and at >= $3 and props ->> 'sendId' = $4 and origin in ('', 'h')`,
    [bucketOfId(contactId), contactId, since, String(sendId)],
  )
}

/** Tells a contact's inbox in a transaction of its own; the months and types of events are made ready before. */
export async function tellContact(handle: Handle, contactId: number, items: readonly InboxItem[], now: number): Promise<void> {
  await prepareEvents(
    handle,
    items.flatMap((item) => (item.kind === 'event' ? [item.event] : [])),
    now,
  )
  await handle.transaction((tx) =>
    appendItems(
      tx,
      items.map((item) => ({ contactId, item })),
    ),
  )
}

/** A mail of unknown fate whose picture was loaded or whose link was followed did arrive. */
export async function noteArrival(handle: Handle, { id, unknown }: Pick<SentMail, 'id' | 'unknown'>, now: number): Promise<void> {
  if (!unknown) return
  await prepareEvents(handle, [{ type: 'mail.sent', occurredAt: now }], now)
  await handle.transaction((tx) => proveSent(tx, [id], now))
}

/** What the unsubscribe page must know of a person. */
export interface ConsentState {
  /** Agreed, refused, or never said; what waits in the inbox counts already. */
  given: boolean | null
}

/** Whether a living contact agreed to a topic; undefined when there is nobody (any more). */
export async function consentOf(sql: Sql, contactId: number, topic: string): Promise<ConsentState | undefined> {
  const [row] = await sql.query<{ stored: boolean | null; waiting: boolean | null }>(
    `select (c.facts -> 'c' ->> $3)::boolean as stored,
            (select (i.payload ->> 'given')::boolean from inbox i
             where i.bucket = c.bucket and i.contact_id = c.id and i.kind = 'consent' and i.payload ->> 'topic' = $3 order by i.seq desc limit 1) as waiting
     from contact c where c.bucket = $1::smallint and c.id = $2 and c.deleted_at is null and c.merged_into is null`,
    [bucketOfId(contactId), contactId, topic],
  )
  return row && { given: row.waiting ?? row.stored }
}
