import { foldProps, type InboxItem } from '@baton/engine'
import { copyText } from '../../open/copy.ts'
import type { Sql } from '../../open/handle.ts'
import { contactOfEach } from '../contacts/look-up.ts'

/** From so many rows on COPY is worth its round trips. */
const MANY = 20

interface Arrival {
  bucket: number
  seq: number
  contactId: number
  item: InboxItem
}

/**
 * Tells contacts' inboxes: the only way in. Events are appended to the history in the same go. Call `ensureMonths` for the events'
 * `occurredAt` before the transaction, and nudge the runner after it.
 * @param known `new`: the caller is sure that no event of these was stored before (one that was fails the transaction with 23505)
 * @returns the numbers given, in order
 */
export async function appendItems(
  tx: Sql,
  entries: readonly { contactId: number; item: InboxItem }[],
  known: 'new' | 'perhaps' = 'perhaps',
): Promise<number[]> {
  if (entries.length === 0) return []
  const seqs = await tx.home.query<{ seq: number }>(`select nextval('inbox_seq') as seq from generate_series(1, $1::int)`, [entries.length])
  const rows = entries.map(({ contactId, item }, i): Arrival => ({ bucket: contactId % 1024, seq: seqs[i]?.seq ?? 0, contactId, item }))
  await keepEvents(tx, rows, known)
  await noteConsents(tx, rows)
  await tellInboxes(tx, rows)
  return rows.map((row) => row.seq)
}

async function tellInboxes(tx: Sql, rows: readonly Arrival[]): Promise<void> {
  if (rows.length >= MANY) {
    const lines = rows.map(({ bucket, seq, contactId, item }) => [bucket, seq, contactId, item.kind, JSON.stringify(item), item.at])
    await tx.copy('copy inbox (bucket, seq, contact_id, kind, payload, at) from stdin', copyText(lines))
    return
  }
  const records = rows.map(({ bucket, seq, contactId, item }) => ({
    ...{ bucket, seq, contact_id: contactId },
    ...{ kind: item.kind, payload: item, at: item.at },
  }))
  await tx.query(
    `insert into inbox (bucket, seq, contact_id, kind, payload, at) select v.bucket, v.seq, v.contact_id, v.kind, v.payload, v.at
     from json_to_recordset($1::json) as v(bucket smallint, seq bigint, contact_id bigint, kind text, payload json, at bigint)`,
    [JSON.stringify(records)],
  )
}

async function keepEvents(tx: Sql, rows: readonly Arrival[], known: 'new' | 'perhaps'): Promise<void> {
  const events = rows.flatMap(({ item, ...row }) => (item.kind === 'event' ? [{ ...row, event: item.event }] : []))
  if (events.length === 0) return
  if (known === 'new' && events.length >= MANY) {
    const lines = events.map(({ bucket, seq, contactId, event }) => {
      const folded = foldProps(event.props)
      const texts = [JSON.stringify(event.props), folded === null ? null : JSON.stringify(folded)]
      return [bucket, event.occurredAt, event.id, contactId, event.type, ...texts, event.receivedAt, seq, originOf(event)]
    })
    await tx.copy('copy event (bucket, at, id, contact_id, type, props, folded, received_at, seq, origin) from stdin', copyText(lines))
    return
  }
  const records = events.map(({ bucket, seq, contactId, event }) => ({
    ...{ bucket, seq, contact_id: contactId, id: event.id, type: event.type, props: event.props, folded: foldProps(event.props) },
    ...{ at: event.occurredAt, received_at: event.receivedAt, origin: originOf(event) },
  }))
  await tx.query(
    `insert into event (bucket, at, id, contact_id, type, props, folded, received_at, seq, origin)
     select v.bucket, v.at, v.id, v.contact_id, v.type, v.props, v.folded, v.received_at, v.seq, v.origin
     from json_to_recordset($1::json) as v(bucket smallint, at bigint, id text, contact_id bigint, type text, props jsonb, folded jsonb,
          received_at bigint, seq bigint, origin text) on conflict do nothing`,
    [JSON.stringify(records)],
  )
}

const originOf = ({ machine, historic }: { machine?: boolean | undefined; historic?: boolean | undefined }) =>
  `${machine ? 'm' : ''}${historic ? 'h' : ''}`

/** Keeps who agreed to what: every answer as it comes in, and what people who were just made had said before. */
async function noteConsents(tx: Sql, rows: readonly Arrival[]): Promise<void> {
  const made = rows.filter(({ item }) => item.kind === 'created')
  const said = made.length > 0 ? await consentsAtBirth(tx, made) : new Map<number, Readonly<Record<string, boolean>>>()
  const answers = rows.flatMap(({ item, bucket, seq, contactId }) => {
    const row = { bucket, contact_id: contactId, seq, at: item.at }
    if (item.kind === 'consent') return [{ ...row, topic: item.topic, given: item.given, source: item.source }]
    if (item.kind !== 'created') return []
    return Object.entries(said.get(contactId) ?? {}).map(([topic, given]) => ({ ...row, topic, given, source: item.source }))
  })
  if (answers.length === 0) return
  await tx.query(
    `insert into consent_log (bucket, contact_id, seq, topic, given, at, source)
     select v.bucket, v.contact_id, v.seq, v.topic, v.given, v.at, v.source
     from json_to_recordset($1::json) as v(bucket smallint, contact_id bigint, seq bigint, topic text, given boolean, at bigint, source jsonb)
     on conflict do nothing`,
    [JSON.stringify(answers)],
  )
}

/** What people who were just made came with, by contact; those who said nothing are not among them. */
async function consentsAtBirth(tx: Sql, made: readonly Arrival[]): Promise<ReadonlyMap<number, Readonly<Record<string, boolean>>>> {
  const found = await tx.query<{ id: number; consents: Record<string, boolean> }>(
    `select c.id, c.facts -> 'c' as consents from unnest($1::smallint[], $2::bigint[]) v(bucket, id)
     ${contactOfEach(tx, { bucket: 'v.bucket', id: 'v.id' }, 'id, facts')} where c.facts -> 'c' <> '{}'`,
    [made.map((it) => it.bucket), made.map((it) => it.contactId)],
  )
  return new Map(found.map((row) => [row.id, row.consents]))
}
