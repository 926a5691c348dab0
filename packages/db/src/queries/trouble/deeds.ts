import type { Actor, InboxItem } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import { appendItems } from '../turns/doors.ts'
import type { TroubleKind } from './source.ts'

/** What can be done about trouble: try it again, leave it at that, or say that it did get through. */
export type TroubleDeed = 'retry' | 'give-up' | 'arrived'

export interface Decided {
  kind: TroubleKind
  deed: TroubleDeed
  /** As the list has them. Those that are no trouble any more are passed over. */
  ids: readonly number[]
  by: Actor
  now: number
}

/** `bucket` is the low ten bits of an id; of an item set aside it is not. */
const these = (ids: readonly number[]) => [ids.map((id) => id % 1024), [...ids]]
const THESE = 'unnest($1::smallint[], $2::bigint[]) v(bucket, id)'

/** Does what somebody decided. In one transaction with its audit entry. @returns how many it was done to */
export async function decideTrouble(tx: Sql, decided: Decided): Promise<number> {
  if (decided.ids.length === 0) return 0
  switch (decided.kind) {
    case 'mail':
      return decided.deed === 'retry' ? retryMails(tx, decided) : giveUpMails(tx, 'failed', decided)
    case 'unknown':
      if (decided.deed === 'arrived') return arrived(tx, decided)
      return decided.deed === 'retry' ? repeatMails(tx, decided) : giveUpMails(tx, 'unknown', decided)
    case 'call':
    case 'note':
      return decided.deed === 'retry' ? retryEffects(tx, decided) : giveUpEffects(tx, decided)
    case 'person':
      return tellPeople(tx, decided)
    case 'item':
      return decided.deed === 'retry' ? returnItems(tx, decided) : dropDead(tx, decided)
  }
}

const count = async (rows: Promise<unknown[]>) => (await rows).length

/** Made anew with the data of then, its attempts counted from 0. */
const retryMails = (tx: Sql, { ids, now }: Decided) =>
  count(
    tx.query(
      `update send s set status = 'queued', next_attempt_at = $3, attempts = 0, claimed_until = null, last_error = null, subject = null, html = null,
         text = null, given_up_at = null
       from ${THESE} where s.bucket = v.bucket and s.id = v.id and s.status = 'failed' returning 1`,
      [...these(ids), now],
    ),
  )

/** The same text under the same Message-ID, so that a mailbox that has it already may see that. */
const repeatMails = (tx: Sql, { ids, now }: Decided) =>
  count(
    tx.query(
      `update send s set status = 'queued', next_attempt_at = $3, claimed_until = null, last_error = null, given_up_at = null
       from ${THESE} where s.bucket = v.bucket and s.id = v.id and s.status = 'unknown' returning 1`,
      [...these(ids), now],
    ),
  )

const giveUpMails = (tx: Sql, status: 'failed' | 'unknown', { ids, now }: Decided) =>
  count(
    tx.query(
      `update send s set given_up_at = $3 from ${THESE}
       where s.bucket = v.bucket and s.id = v.id and s.status = $4 and s.given_up_at is null returning 1`,
      [...these(ids), now, status],
    ),
  )

async function arrived(tx: Sql, { ids, now }: Decided): Promise<number> {
  return proveSent(tx, ids, now)
}

/**
 * Mails of unknown fate that did get through, as somebody, their mail provider or their reader tells: they are sent, and their flows
 * hear of it. Call `ensureMonths` for `now` before the transaction.
 * @returns how many were unknown
 */
export async function proveSent(tx: Sql, ids: readonly number[], now: number): Promise<number> {
  const rows = await tx.query<{ id: number; contactId: number; key: string; templateId: string; flowId: string; node: string }>(
    `update send s set status = 'sent', transport = 'smtp', last_error = null, next_attempt_at = null, given_up_at = null,
       sent_at = coalesce((s.envelope ->> 'date')::bigint, s.at)
     from ${THESE} where s.bucket = v.bucket and s.id = v.id and s.status = 'unknown'
     returning s.id, s.contact_id as "contactId", s.key, s.template_id as "templateId", s.flow_id as "flowId", s.node`,
    these(ids),
  )
  await appendItems(
    tx,
    rows.map(({ id, contactId, key, ...mail }) => {
      const props = { sendId: String(id), sendKey: key, ...mail, machine: false, kept: false }
      const event = { id: `${key}/sent`, type: 'mail.sent', props, occurredAt: now, receivedAt: now }
      return { contactId, item: { kind: 'event', at: now, event } }
    }),
  )
  return rows.length
}

const retryEffects = (tx: Sql, { ids, now }: Decided) =>
  count(
    tx.query(
      `update effect e set status = 'queued', next_attempt_at = $3, ended_at = null, last_error = null, given_up_at = null
       from ${THESE} where e.bucket = v.bucket and e.id = v.id and e.status = 'failed' and e.kind <> 'throttle' returning 1`,
      [...these(ids), now],
    ),
  )

const giveUpEffects = (tx: Sql, { ids, now }: Decided) =>
  count(
    tx.query(
      `update effect e set given_up_at = $3 from ${THESE}
       where e.bucket = v.bucket and e.id = v.id and e.status = 'failed' and e.given_up_at is null returning 1`,
      [...these(ids), now],
    ),
  )

/** Who stands still is told through the inbox, as everything is: the step is tried again, or they leave the flow. */
async function tellPeople(tx: Sql, { ids, deed, by, now }: Decided): Promise<number> {
  const rows = await tx.query<{ contactId: number; flowId: string; key: string }>(
    `select e.contact_id as "contactId", e.flow_id as "flowId", e.key from ${THESE} join enrolment e on e.bucket = v.bucket and e.id = v.id
     where e.gen = 0 and e.vars ? 'parked' order by e.bucket, e.id`,
    these(ids),
  )
  const kind = deed === 'retry' ? ('retry' as const) : ('remove' as const)
  await appendItems(
    tx,
    rows.map(({ contactId, flowId, key }) => ({ contactId, item: { kind, at: now, flowId, key, source: by } satisfies InboxItem })),
  )
  return rows.length
}

/** What was set aside comes in once more, behind whatever came in since. The history has it already. */
async function returnItems(tx: Sql, { ids }: Decided): Promise<number> {
  const back = await tx.query<{ bucket: number; contactId: number; kind: string; payload: string; at: number; seq: number }>(
    `delete from dead where seq = any($1::bigint[]) returning bucket, contact_id as "contactId", kind, payload::text as payload, at, seq`,
    [[...ids]],
  )
  if (back.length === 0) return 0
  const seqs = await tx.home.query<{ seq: number }>(`select nextval('inbox_seq') as seq from generate_series(1, $1::int)`, [back.length])
  back.sort((a, b) => a.seq - b.seq)
  await tx.query(
    `insert into inbox (bucket, seq, contact_id, kind, payload, at) select v.bucket, v.seq, v.contact_id, v.kind, v.payload::json, v.at
     from unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[]) v(bucket, seq, contact_id, kind, payload, at)`,
    [
      back.map((it) => it.bucket),
      seqs.map((it) => it.seq),
      back.map((it) => it.contactId),
      back.map((it) => it.kind),
      back.map((it) => it.payload),
      back.map((it) => it.at),
    ],
  )
  return back.length
}

const dropDead = (tx: Sql, { ids }: Decided) => count(tx.query('delete from dead where seq = any($1::bigint[]) returning 1', [[...ids]]))
