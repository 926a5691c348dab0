import type { Actor, InboxItem } from '@baton/engine'
import { bucketOfId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import type { SuppressionReason } from '../schema/suppression.ts'
import { contactOfEach } from './contacts/look-up.ts'
import { hashedAddress } from './hashed-address.ts'
import { appendItems } from './turns/doors.ts'

/** An address that gets no mail. */
export interface SuppressionRow {
  value: string
  reason: SuppressionReason
  note: string
  at: number
  by: string
  /** Who has this address now. */
  contactId: number | null
}

export interface SuppressionQuery {
  /** Part of the address; empty: all. */
  search: string
  reason: SuppressionReason | null
  /** The last row of the page before, to go on after it. */
  after?: { at: number; value: string } | undefined
  limit: number
}

const like = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Suppressed addresses, the newest first. */
export function listSuppressions(sql: Sql, { search, reason, after, limit }: SuppressionQuery): Promise<SuppressionRow[]> {
  return sql.query(
    `select s.value, s.reason, s.note, s.at, s.by_name as by, i.contact_id as "contactId"
     from suppression s left join identity i on i.value = s.value and i.kind = 'email'
     where ($1 = '' or s.value like $2) and ($3::text is null or s.reason = $3) and ($4::bigint is null or (s.at, s.value) < ($4::bigint, $5::text))
     order by s.at desc, s.value desc limit $6::int`,
    [search, like(search), reason, after?.at ?? null, after?.value ?? null, limit],
  )
}

/** How many addresses there are, by reason. */
export function countSuppressions(sql: Sql): Promise<{ reason: SuppressionReason; n: number }[]> {
  return sql.query('select reason, count(*) as n from suppression group by reason order by reason')
}

/** An address that is to get no mail from now on. */
export interface ToSuppress {
  /** Lower-cased. */
  value: string
  reason: SuppressionReason
  note: string
  /** Whom the mail was for, where one was. */
  contactId?: number | undefined
}

/**
 * Puts addresses on the list, and tells the inboxes of the people who have them. An address that is there already stays as it is, except
 * that a complaint weighs more than anything else.
 * @returns how many were new, and how many people have one of them
 */
export async function suppress(
  tx: Sql,
  entries: readonly ToSuppress[],
  { by, at }: { by: Actor; at: number },
): Promise<{ added: number; people: number }> {
  // In one order everywhere, so that two transactions never wait for each other.
  const rows = [...new Map(entries.map((it) => [it.value, it])).values()].sort((a, b) => (a.value < b.value ? -1 : 1))
  if (rows.length === 0) return { added: 0, people: 0 }
  const changed = await tx.query<{ value: string; reason: SuppressionReason; isNew: boolean }>(
    `insert into suppression (value, reason, note, at, by_id, by_name)
     select v.value, v.reason, v.note, $2, $3, $4 from json_to_recordset($1::json) as v(value text, reason text, note text)
     on conflict (value) do update set reason = excluded.reason, note = excluded.note, at = excluded.at, by_id = excluded.by_id, by_name = excluded.by_name
       where excluded.reason = 'complained' and suppression.reason <> 'complained'
     returning value, reason, (xmax = 0) as "isNew"`,
    [JSON.stringify(rows), at, by.kind === 'user' ? by.id : null, by.name ?? by.id],
  )
  const reasons = new Map(changed.map((it) => [it.value, it.reason]))
  const asked = rows.flatMap(({ value, contactId }) => (contactId === undefined || !reasons.has(value) ? [] : [{ value, contactId }]))
  const people = await tell(tx, [...reasons.keys()], asked, (value) => ({
    kind: 'suppress',
    at,
    reason: reasons.get(value) ?? 'by-hand',
    source: by,
  }))
  return { added: changed.filter((it) => it.isNew).length, people }
}

/** Takes an address off the list, and tells whoever has it. @returns what it was there for; undefined when it was not there */
export async function unsuppress(tx: Sql, value: string, { by, at }: { by: Actor; at: number }): Promise<SuppressionReason | undefined> {
  const [row] = await tx.query<{ reason: SuppressionReason }>('delete from suppression where value = $1 returning reason', [value])
  if (!row) return undefined
  await tell(tx, [value], [], () => ({ kind: 'suppress', at, reason: null, source: by }))
  return row.reason
}

interface Owner {
  value: string
  contactId: number
}

/** Those of the people whom a mail was for who still get mail at its address. */
async function stillOwning(tx: Sql, asked: readonly Owner[]): Promise<Owner[]> {
  if (asked.length === 0) return []
  return tx.query<Owner>(
    `select v.value, c.id as "contactId" from json_to_recordset($1::json) as v(value text, bucket smallint, "contactId" bigint)
     ${contactOfEach(tx, { bucket: 'v.bucket', id: 'v."contactId"' }, 'id, facts, deleted_at')}
     where c.deleted_at is null and lower(c.facts -> 'f' ->> 'email') = v.value`,
    [JSON.stringify(asked.map((it) => ({ ...it, bucket: bucketOfId(it.contactId) })))],
  )
}

/** Tells whoever has these addresses now: by name, or as the address that they get mail at. @returns how many people that is */
async function tell(
  tx: Sql,
  values: readonly string[],
  asked: readonly { value: string; contactId: number }[],
  item: (value: string) => InboxItem,
): Promise<number> {
  if (values.length === 0) return 0
  const named = await tx.query<Owner>(
    `select value, contact_id as "contactId" from identity where kind = 'email' and value = any($1::text[]) order by 1`,
    [values],
  )
  const owners = [...new Map([...named, ...(await stillOwning(tx, asked))].map((it) => [`${it.contactId} ${it.value}`, it])).values()]
  owners.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : a.contactId - b.contactId))
  await appendItems(
    tx,
    owners.map(({ value, contactId }) => ({ contactId, item: item(value) })),
  )
  return owners.length
}

/**
 * Which of these addresses are on the list, and why: somebody who comes with one starts suppressed. One that is there as a hash, since its
 * person was erased, has come back by itself: from now on it stands there to be read.
 */
export async function suppressedAmong(tx: Sql, values: readonly string[]): Promise<ReadonlyMap<string, SuppressionReason>> {
  if (values.length === 0) return new Map()
  const hashes = new Map(values.map((value) => [hashedAddress(value), value]))
  const rows = await tx.query<{ value: string; reason: SuppressionReason }>(
    'select value, reason from suppression where value = any($1::text[])',
    [[...values, ...hashes.keys()]],
  )
  const found = new Map(rows.map((it) => [hashes.get(it.value) ?? it.value, it.reason]))
  for (const { value } of rows) {
    const plain = hashes.get(value)
    if (plain !== undefined) await showAgain(tx, value, plain)
  }
  return found
}

/** By two statements: a row of a database spread over machines does not change what places it. */
async function showAgain(tx: Sql, hash: string, value: string): Promise<void> {
  const [row] = await tx.query<{ reason: string; at: number; by: string }>(
    'delete from suppression where value = $1 returning reason, at, by_name as by',
    [hash],
  )
  if (!row) return
  await tx.query('insert into suppression (value, reason, at, by_name) values ($1, $2, $3, $4) on conflict do nothing', [
    value,
    row.reason,
    row.at,
    row.by,
  ])
}
