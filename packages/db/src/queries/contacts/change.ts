import type { FieldValue, InboxItem } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import type { Facts } from '../../schema/contact.ts'
import { contactOfEach } from './look-up.ts'

/** What somebody outside says of a known contact. */
export interface Told {
  contactId: number
  set: Readonly<Record<string, FieldValue>>
  consent: boolean | null
}

/**
 * What of it is new, seen over what is stored and what waits in the inbox. Contacts of whom nothing is new are left out. Who said no
 * to a topic stays with it, whatever a file says: the stricter counts (SEMANTICS 3).
 */
export async function changesOf(tx: Sql, told: readonly Told[], topic = 'marketing'): Promise<Told[]> {
  const ids = told.map((it) => it.contactId)
  const rows = await tx.query<{ id: number; facts: Facts }>(
    `select c.id, c.facts from unnest($1::bigint[]) as v(id)
     ${contactOfEach(tx, { bucket: '(v.id & 1023)::smallint', id: 'v.id' }, 'id, facts, deleted_at')}
     where c.deleted_at is null`,
    [ids],
  )
  const facts = new Map(rows.map((row) => [row.id, row.facts]))
  const different = told.filter((it) => isNews(it, facts.get(it.contactId), topic))
  if (different.length === 0) return []
  await overlay(
    tx,
    different.map((it) => it.contactId),
    facts,
  )
  return different.flatMap((it) => {
    const known = facts.get(it.contactId)
    if (!known || !isNews(it, known, topic)) return []
    const set = Object.fromEntries(Object.entries(it.set).filter(([key, value]) => known.f[key] !== value))
    return [{ contactId: it.contactId, set, consent: newConsent(it.consent, known.c[topic]) }]
  })
}

function isNews({ set, consent }: Told, known: Facts | undefined, topic: string): boolean {
  if (!known) return false
  return newConsent(consent, known.c[topic]) !== null || Object.entries(set).some(([key, value]) => known.f[key] !== value)
}

function newConsent(said: boolean | null, known: boolean | undefined): boolean | null {
  if (said === null || said === known) return null
  return said && known === false ? null : said
}

type Waiting = Extract<InboxItem, { kind: 'fields' | 'consent' }>

/** Lays what waits in the inbox over the stored facts, in order of arrival. */
async function overlay(tx: Sql, ids: readonly number[], facts: ReadonlyMap<number, Facts>): Promise<void> {
  const waiting = await tx.query<{ id: number; payload: Waiting }>(
    `select i.contact_id as id, i.payload from inbox i
     where i.bucket = any($1::smallint[]) and i.contact_id = any($2::bigint[]) and i.kind in ('fields', 'consent') order by i.seq`,
    [[...new Set(ids.map((id) => id % 1024))], ids],
  )
  for (const { id, payload } of waiting) {
    const known = facts.get(id)
    if (!known) continue
    if (payload.kind === 'consent') known.c[payload.topic] = payload.given
    else
      for (const [key, value] of Object.entries(payload.set)) {
        if (value === null) delete known.f[key]
        else known.f[key] = value
      }
  }
}
