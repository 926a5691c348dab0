import type { Sql } from '../../open/handle.ts'
import type { ImportRow, Refuse } from './row.ts'

/** A row with whom it is about: somebody known, or (null) somebody new. */
export interface Addressed {
  row: ImportRow
  contactId: number | null
}

interface Known {
  kind: 'email' | 'external'
  value: string
  contactId: number
}

/** Whom rows are about, by their key and their e-mail. A row that names two different people is refused. */
export async function addressRows(
  tx: Sql,
  keyKind: 'email' | 'external',
  rows: readonly ImportRow[],
  refuse: Refuse,
): Promise<Addressed[]> {
  const emails = rows.flatMap((row) => (row.email === null ? [] : [row.email]))
  const known = await tx.query<Known>(
    `select kind, value, contact_id as "contactId" from identity where value = any($1::text[]) and kind = $2
     union all select kind, value, contact_id from identity where value = any($3::text[]) and kind = 'email' and $2 <> 'email'`,
    [rows.map((row) => row.key), keyKind, emails],
  )
  const owner = new Map(known.map((it) => [`${it.kind} ${it.value}`, it.contactId]))
  const others = keyKind === 'external' ? await externals(tx, known) : new Map<number, string>()
  const promised = new Map<string, number>()
  return rows.flatMap((row) => {
    const byKey = owner.get(`${keyKind} ${row.key}`)
    const byMail = row.email === null ? undefined : owner.get(`email ${row.email}`)
    const no = (reason: string) => {
      refuse(row, reason)
      return []
    }
    if (byKey !== undefined && byMail !== undefined && byKey !== byMail) return no(`${row.email} belongs to another contact already.`)
    if (byKey === undefined && byMail !== undefined && others.has(byMail))
      return no(`${row.email} belongs to a contact whose id is ${others.get(byMail)}.`)
    if (row.email !== null) {
      const line = promised.get(row.email)
      if (line !== undefined) return no(`Line ${line} has the same e-mail.`)
      promised.set(row.email, row.line)
    }
    return [{ row, contactId: byKey ?? byMail ?? null }]
  })
}

/** The external ids of those found by e-mail: one contact has one. */
async function externals(tx: Sql, known: readonly Known[]): Promise<Map<number, string>> {
  const ids = [...new Set(known.filter((it) => it.kind === 'email').map((it) => it.contactId))]
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ contactId: number; value: string }>(
    `select contact_id as "contactId", value from identity where kind = 'external' and contact_id = any($1::bigint[])`,
    [ids],
  )
  return new Map(rows.map((it) => [it.contactId, it.value]))
}
