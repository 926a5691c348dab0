import type { RelatedFact } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import { bucketOf, bulk, type Turn } from './bulk.ts'
import type { Lane } from './lane.ts'

/** What becomes of one record of one contact. `known`: only if it is there. */
interface Row {
  bucket: number
  contact: number
  kind: RelatedFact['kind']
  id: string
  record: RelatedFact | null
  known: boolean
  /** It took the place of whatever company there was. */
  alone: boolean
}

/** What the changes of a turn come to, record by record: of several the last, except that a change of what just became related is part of that. */
function settled({ contactId, result }: Turn): Row[] {
  const rows = new Map<string, Row>()
  for (const { kind, id, record, known } of result.related) {
    const place = `${kind}/${id}`
    const was = rows.get(place)
    if (known && record && was && !was.known) {
      if (was.record) rows.set(place, { ...was, record: { ...record, at: was.record.at } })
      continue
    }
    const alone = kind === 'company' && record !== null && !known
    if (alone) for (const [key, row] of rows) if (row.kind === kind) rows.delete(key)
    rows.set(place, { bucket: bucketOf(contactId), contact: contactId, kind, id, record, known, alone: alone || was?.alone === true })
  }
  return [...rows.values()]
}

/** Stores what became of related records: the contact's own copies. */
export async function writeRelated(tx: Sql, lane: Lane, turns: readonly Turn[]): Promise<void> {
  const rows = turns.flatMap(settled)
  const put = rows.flatMap(({ record, known, alone: _, ...row }) => (record && !known ? [{ ...row, ...record }] : []))
  const patch = rows.flatMap(({ record, known, alone: _, ...row }) => (record && known ? [{ ...row, ...record }] : []))
  const columns = 'contact bigint, kind text, id text'
  // A contact has one company: another one takes its place.
  await bulk(
    tx,
    lane,
    rows.filter((row) => row.alone),
    columns,
    (q) => `delete from related t using ${q.v} where ${q.on('t')} and t.contact_id = v.contact and t.kind = 'company' and t.id <> v.id`,
  )
  await bulk(
    tx,
    lane,
    rows.filter((row) => row.record === null),
    columns,
    (q) => `delete from related t using ${q.v} where ${q.on('t')} and t.contact_id = v.contact and t.kind = v.kind and t.id = v.id`,
  )
  await bulk(
    tx,
    lane,
    put,
    `${columns}, data jsonb, folded jsonb, at bigint`,
    (q) => `insert into related (bucket, contact_id, kind, id, data, folded, at)
            select ${q.bucket}, v.contact, v.kind, v.id, v.data, v.folded, v.at from ${q.source}
            on conflict (bucket, contact_id, kind, id) do update set data = excluded.data, folded = excluded.folded, at = excluded.at`,
  )
  await bulk(
    tx,
    lane,
    patch,
    `${columns}, data jsonb, folded jsonb`,
    (q) => `update related t set data = v.data, folded = v.folded
            from ${q.v} where ${q.on('t')} and t.contact_id = v.contact and t.kind = v.kind and t.id = v.id`,
  )
}
