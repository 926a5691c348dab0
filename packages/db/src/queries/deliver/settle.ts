import type { Actor, InboxItem } from '@baton/engine'
import type { Handle, Sql } from '../../open/handle.ts'
import type { MailEnvelope } from '../../schema/send.ts'
import { prepareEvents } from '../events.ts'
import { byLane } from '../reach.ts'
import { suppress } from '../suppression.ts'
import { appendItems } from '../turns/doors.ts'
import { type Lane, lot } from '../turns/lane.ts'

/** Who puts addresses on the list that do not exist. */
const DELIVERY: Actor = { kind: 'system', id: 'deliver', name: 'Delivery' }

/** A mail, rendered for its person and about to be handed over. */
export interface ReadySend {
  bucket: number
  id: number
  messageId: string
  templateVersion: number | null
  envelope: MailEnvelope
  subject: string
  html: string
  text: string
  links: readonly { n: number; url: string }[]
}

/**
 * Writes down what goes out, before the mail server is spoken to: from here on the mail is *sending*, and if this process ends it is
 * *unknown*. What was withdrawn meanwhile, or claimed by somebody else, is left out.
 * @returns the ids to hand over
 */
export async function markSending(tx: Sql, lane: Lane, owner: string, sends: readonly ReadySend[]): Promise<Set<number>> {
  const ids = new Set<number>()
  for (const [part, own] of byLane(tx, lane, sends)) for (const id of await markLane(tx, part, owner, own)) ids.add(id)
  return ids
}

async function markLane(tx: Sql, lane: Lane, owner: string, sends: readonly ReadySend[]): Promise<Set<number>> {
  const rows = sends.map(({ links: _, ...send }) => ({
    ...send,
    from: send.envelope.from.address,
    to: send.envelope.to.address,
  }))
  const q = lot(
    lane,
    rows,
    '"id" bigint, "messageId" text, "templateVersion" integer, envelope jsonb, subject text, html text, "text" text, "from" text, "to" text',
  )
  const who = q.add(owner)
  const marked = await tx.query<{ id: number }>(
    `update send t set status = 'sending', message_id = v."messageId", template_version = coalesce(v."templateVersion", t.template_version),
       envelope = v.envelope, from_address = v."from", to_address = v."to", subject = v.subject, html = v.html, text = v."text",
       attempts = t.attempts + 1, last_error = null
     from ${q.v} where ${q.on('t')} and t.id = v.id and t.status = 'queued' and t.claimed_by = ${who} and t.claimed_until is not null
     returning t.id`,
    q.params,
  )
  const ids = new Set(marked.map((row) => row.id))
  await writeLinks(
    tx,
    lane,
    sends.filter((send) => ids.has(send.id)),
  )
  return ids
}

/** Where the links lead; those of an attempt that never left are replaced. */
async function writeLinks(tx: Sql, lane: Lane, sends: readonly ReadySend[]): Promise<void> {
  const rows = sends.flatMap(({ bucket, id, links }) => links.map(({ n, url }) => ({ bucket, send: id, n, url })))
  if (rows.length === 0) return
  const q = lot(lane, rows, 'send bigint, n integer, url text')
  await tx.query(
    `insert into send_link (bucket, send_id, n, url) select ${q.bucket}, v.send, v.n, v.url from ${q.source}
     on conflict (bucket, send_id, n) do update set url = excluded.url`,
    q.params,
  )
}

/** What became of a mail. */
export interface Settlement {
  bucket: number
  id: number
  contactId: number
  /** queued: tried again at `nextAttemptAt`. */
  status: 'queued' | 'sent' | 'failed' | 'unknown' | 'withdrawn'
  transport: 'smtp' | 'outbox' | null
  sentAt: number | null
  /** The mail server never heard of it: this was no attempt. */
  unheard: boolean
  nextAttemptAt: number | null
  /** Why not, in words that say what to do. */
  error: string | null
  /** What the contact's flows are told. */
  items: readonly InboxItem[]
  /** The recipient's mail server refused it for good: this address gets no mail any more, whoever has it. */
  bounced: { address: string; said: string } | null
}

/** What else belongs into the transaction: before the rest, and at its very end (for crash tests). */
export interface Around {
  first?: ((tx: Sql) => Promise<unknown>) | undefined
  last?: (() => void) | undefined
}

/**
 * Stores what became of mails and tells their people's inboxes, in one transaction. Only what this owner still holds is changed: a mail
 * withdrawn or given up meanwhile keeps its state, except that a late answer of the mail server settles an unknown one.
 * @returns how many were stored
 */
export async function settleSends(
  handle: Handle,
  lane: Lane,
  { owner, now }: { owner: string; now: number },
  settled: readonly Settlement[],
  { first, last }: Around = {},
): Promise<number> {
  if (settled.length === 0) return 0
  await prepareEvents(
    handle,
    settled.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'event' ? [item.event] : []))),
    now,
  )
  return handle.transaction(async (tx) => {
    await first?.(tx)
    const ids = new Set<number>()
    for (const [part, own] of byLane(tx, lane, settled)) for (const id of await settleLane(tx, part, { owner, now }, own)) ids.add(id)
    const stored = settled.filter(({ id }) => ids.has(id))
    await appendItems(
      tx,
      stored.flatMap(({ contactId, items }) => items.map((item) => ({ contactId, item }))),
    )
    const refused = stored.flatMap(({ contactId, bounced }) =>
      bounced ? [{ value: bounced.address.toLowerCase(), reason: 'bounced' as const, note: bounced.said, contactId }] : [],
    )
    await suppress(tx, refused, { by: DELIVERY, at: now })
    last?.()
    return ids.size
  })
}

/** @returns the ids of those that this owner still held */
async function settleLane(
  tx: Sql,
  lane: Lane,
  { owner, now }: { owner: string; now: number },
  settled: readonly Settlement[],
): Promise<number[]> {
  const rows = settled.map(({ items: _, contactId: __, bounced, ...row }) => ({ ...row, bouncedAt: bounced && now }))
  const q = lot(
    lane,
    rows,
    'id bigint, status text, transport text, "sentAt" bigint, unheard boolean, "nextAttemptAt" bigint, error text, "bouncedAt" bigint',
  )
  const who = q.add(owner)
  const done = await tx.query<{ id: number }>(
    `update send t set status = v.status, transport = coalesce(v.transport, t.transport), sent_at = v."sentAt",
       attempts = t.attempts - case when v.unheard then 1 else 0 end, next_attempt_at = v."nextAttemptAt", last_error = v.error, claimed_until = null, bounced_at = v."bouncedAt", given_up_at = v."bouncedAt",
       subject = case when v.status = 'queued' then null else t.subject end, html = case when v.status = 'queued' then null else t.html end,
       text = case when v.status = 'queued' then null else t.text end
     from ${q.v} where ${q.on('t')} and t.id = v.id and t.claimed_by = ${who} and t.status in ('queued', 'sending', 'unknown') returning t.id`,
    q.params,
  )
  return done.map((row) => row.id)
}
