import type { Sql } from '../../open/handle.ts'
import { removeContacts } from '../../queries/contacts/remove.ts'
import { hashedAddress } from '../../queries/hashed-address.ts'

/** Everything by which somebody is named outside of rows that carry their id: addresses, and ids of other systems. */
export async function namesOf(sql: Sql, contactId: number): Promise<string[]> {
  const rows = await sql.query<{ value: string }>(
    `select value from identity where contact_id = $2
     union select key from contact where bucket = $1::smallint and id = $2 and deleted_at is null
     union select facts -> 'f' ->> 'email' from contact where bucket = $1::smallint and id = $2
     union select email from consent_ask where bucket = $1::smallint and contact_id = $2
     union select to_address from send where bucket = $1::smallint and contact_id = $2`,
    [contactId % 1024, contactId],
  )
  return [...new Set(rows.flatMap(({ value }) => (value ? [value] : [])))].sort()
}

/** Whether one of the patterns fits a column, as a condition; `$n` holds them. */
export const mentions = (column: string, n: number): string => `${column}::text ~* any($${n}::text[])`

/** A short id of another system may be any number: only what is long enough, or an address, is looked for in texts. */
const isTelling = (name: string): boolean => name.includes('@') || name.length >= 8

/** Names as regular expressions that fit them as a whole: `ada@x.org` is not in `nada@x.org`. In JSON a letter may follow an escape; a file may be called by an address. */
export const patternsOf = (names: readonly string[]): string[] =>
  names
    .filter(isTelling)
    .map(
      (it) =>
        `(^|[^[:alnum:]._%+-]|\\\\[nrtbf])${it.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}($|[^[:alnum:].-]|[.-]($|[^[:alnum:]])|\\.(csv|tsv|txt|json)($|[^[:alnum:]]))`,
    )

/** What an erasure did. */
export interface Erased {
  /** Addresses that stay on the list of those that get no mail, as a hash. */
  kept: number
  /** What users wrote and names the person still: kind and name, for them to change. */
  stillNamed: { kind: string; id: string; name: string }[]
}

/**
 * Erases one person, wherever they stand: rows with their id, and rows that name them. All in the transaction of `tx`; leases of their
 * bucket are taken away, so that a batch that has read them cannot write them back.
 * An address that gets no mail (it bounced, complained, or was put on the list) stays so, as a hash: to forget a no would be worse.
 * @returns undefined when there is no such person (any more)
 */
export async function erasePerson(tx: Sql, contactId: number, at: number): Promise<Erased | undefined> {
  const [there] = await tx.query(
    'select 1 from contact where bucket = $1::smallint and id = $2 and deleted_at is null and merged_into is null for update',
    [contactId % 1024, contactId],
  )
  if (!there) return undefined
  const names = await namesOf(tx, contactId)
  // Whoever became part of them is named by the rows of before.
  const before = await tx.query<{ id: number }>('select id from contact where merged_into = $1', [contactId])
  await removeContacts(tx, [contactId], at)
  await eraseAudit(tx, [contactId, ...before.map((row) => row.id)], names)
  if (names.length === 0) return { kept: 0, stillNamed: [] }
  const patterns = patternsOf(names)
  await tx.query(`delete from import_reject where ${mentions('raw', 1)} or ${mentions('reason', 1)}`, [patterns])
  await tx.query('delete from import_key where value = any($1::text[]) or lower(value) = any($1::text[])', [names])
  await tx.query(
    `update import_job set file_name = 'removed.csv' where ${mentions('file_name', 1)} and status not in ('uploaded', 'running')`,
    [patterns],
  )
  await tx.query(`update import_job set error = null where ${mentions('error', 1)}`, [patterns])
  await tx.query(
    `update bulk_job set target = '{"ids":[]}', action = jsonb_build_object('do', action ->> 'do'), error = null
     where status <> 'running' and (${mentions('target', 1)} or ${mentions('action', 1)} or ${mentions('error', 1)})`,
    [patterns],
  )
  return { kept: await hashStopped(tx, names), stillNamed: await stillNamed(tx, names) }
}

async function eraseAudit(tx: Sql, ids: readonly number[], names: readonly string[]): Promise<void> {
  const subjects = ids.map(String)
  await tx.query(`update audit set detail = '{}' where subject_kind = 'contact' and subject_id = any($1::text[])`, [subjects])
  if (names.length === 0) return
  await tx.query(`update audit set detail = '{}' where ${mentions('detail', 1)}`, [patternsOf(names)])
  await tx.query(`update audit set subject_id = 'removed' where subject_id = any($1::text[]) or lower(subject_id) = any($1::text[])`, [
    names,
  ])
}

async function hashStopped(tx: Sql, names: readonly string[]): Promise<number> {
  let kept = 0
  for (const name of new Set(names.map((it) => it.toLowerCase()))) {
    const [row] = await tx.query<{ reason: string; at: number }>('delete from suppression where value = $1 returning reason, at', [name])
    if (!row) continue
    kept++
    await tx.query(
      `insert into suppression (value, reason, note, at, by_id, by_name) values ($1, $2, '', $3, null, 'Erasure') on conflict do nothing`,
      [hashedAddress(name), row.reason, row.at],
    )
  }
  return kept
}

/** Flows, segments, templates and the like that name the person: users wrote that, and it may mean somebody else. */
export async function stillNamed(sql: Sql, names: readonly string[]): Promise<Erased['stillNamed']> {
  if (names.length === 0) return []
  return sql.query(
    `select 'flow' as kind, f.id, f.name from flow f where ${mentions('f.draft', 1)} or ${mentions('f.name', 1)}
       or exists (select 1 from version v where v.flow_id = f.id and (${mentions('v.graph', 1)} or ${mentions('v.notes', 1)}))
     union all select 'segment', id, name from segment where ${mentions('condition', 1)} or ${mentions('name', 1)}
     union all select 'template', t.id, t.name from template t where ${mentions('t.name', 1)} or ${mentions('t.subject', 1)} or ${mentions('t.body', 1)} or ${mentions('t.text', 1)}
       or exists (select 1 from template_version v where v.template_id = t.id and (${mentions('v.subject', 1)} or ${mentions('v.body', 1)} or ${mentions('v.text', 1)}))
     union all select 'form', id, name from form where ${mentions('title', 1)} or ${mentions('intro', 1)} or ${mentions('name', 1)}
     union all select 'company', id, name from company where ${mentions('data', 1)} or ${mentions('name', 1)}
     union all select 'user', id, name from "user" where ${mentions('email', 1)} order by 1, 3`,
    [patternsOf(names)],
  )
}
