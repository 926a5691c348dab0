import { type FieldValue, foldFields } from '@baton/engine'
import { bucketOf } from '@baton/leads'
import { bucketOfId, type Ids } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'
import { suppressedAmong } from '../suppression.ts'

/** Somebody new. At least one of e-mail and external id. */
export interface NewContact {
  email: string | null
  external: string | null
  fields: Readonly<Record<string, FieldValue>>
  consent: Readonly<Record<string, boolean>>
}

/**
 * Inserts people with their identities and all that is known of them. The caller tells their inboxes `created`, in the same
 * transaction.
 * @param textKeys keys of the fields that are compared by folded copies
 * @returns their ids, in order; `taken` when an e-mail or external id belongs to somebody: then roll back
 */
export async function addContacts(
  tx: Sql,
  ids: Ids,
  people: readonly NewContact[],
  { at, textKeys }: { at: number; textKeys: readonly string[] },
): Promise<number[] | 'taken'> {
  if (people.length === 0) return []
  const keys = people.map((it) => it.email ?? it.external ?? '')
  const made = await ids.take(keys.map(bucketOf), tx)
  const identities = people.flatMap((it, i) => [
    ...(it.email === null ? [] : [{ kind: 'email', value: it.email, contactId: made[i] }]),
    ...(it.external === null ? [] : [{ kind: 'external', value: it.external, contactId: made[i] }]),
  ])
  // In one order everywhere, so that two transactions never wait for each other.
  identities.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  const won = await tx.query(
    `insert into identity (value, kind, contact_id) select * from unnest($1::text[], $2::text[], $3::bigint[]) on conflict do nothing returning 1`,
    [identities.map((it) => it.value), identities.map((it) => it.kind), identities.map((it) => it.contactId)],
  )
  if (won.length < identities.length) return 'taken'
  const stopped = await suppressedAmong(
    tx,
    people.flatMap((it) => (it.email === null ? [] : [it.email])),
  )
  const rows = people.map((it, i) => {
    const id = made[i] ?? 0
    const reason = it.email === null ? undefined : stopped.get(it.email)
    const facts = { f: it.fields, k: foldFields(it.fields, textKeys), c: it.consent, ...(reason ? { s: reason } : {}) }
    return { bucket: bucketOfId(id), id, key: keys[i], zone: it.fields.zone ?? null, facts }
  })
  rows.sort((a, b) => a.bucket - b.bucket || a.id - b.id)
  await tx.query(
    `insert into contact (bucket, id, key, zone, facts, created_at) select v.bucket, v.id, v.key, v.zone, v.facts, $2
     from json_to_recordset($1::json) as v(bucket smallint, id bigint, key text, zone text, facts jsonb)`,
    [JSON.stringify(rows), at],
  )
  return made
}

/** Makes a contact known by one more name, unless somebody else is. @returns whose it is then */
export async function ensureIdentity(
  tx: Sql,
  { kind, value, contactId }: { kind: 'email' | 'external'; value: string; contactId: number },
): Promise<number> {
  await tx.query('insert into identity (value, kind, contact_id) values ($1, $2, $3) on conflict do nothing', [value, kind, contactId])
  // An address whose person was erased may be on the list of those that get no mail: it is seen there again.
  if (kind === 'email') await suppressedAmong(tx, [value])
  const [row] = await tx.query<{ id: number }>('select contact_id as id from identity where value = $1 and kind = $2', [value, kind])
  return row?.id ?? contactId
}
