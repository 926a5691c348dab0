import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Sql } from '../../open/handle.ts'

/** Who becomes part of whom. */
export interface Pair {
  survivor: number
  loser: number
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Columns of a table as the database names them: every one, so that a new one is never left behind. */
export const columnsOf = (table: PgTable): string[] => Object.keys(getTableColumns(table)).map(snake)

/** The columns of a copied row, some of them from elsewhere. */
export const copied = (table: PgTable, alias: string, other: Readonly<Record<string, string>>): { into: string; values: string } => {
  const columns = columnsOf(table)
  return { into: columns.join(', '), values: columns.map((column) => other[column] ?? `${alias}.${column}`).join(', ') }
}

/** Gives rows of one contact to another; where that one has the same already, its own stays. */
export async function moveRows(tx: Sql, table: PgTable, { survivor, loser }: Pair): Promise<void> {
  const { into, values } = copied(table, 'gone', { bucket: '$3::smallint', contact_id: '$4::bigint' })
  const name = getTableName(table)
  await tx.query(
    `with gone as (delete from ${name} where bucket = $1::smallint and contact_id = $2 returning *)
     insert into ${name} (${into}) select ${values} from gone on conflict do nothing`,
    [loser % 1024, loser, survivor % 1024, survivor],
  )
}

/** A row that gets an id of its new contact's bucket. */
export interface NewId {
  id: number
  newId: number
}

export const asRecords = (rows: readonly object[]): string => JSON.stringify(rows)

/** Leaves word of new ids for whoever still names the old ones. */
export async function noteMoved(tx: Sql, ids: readonly NewId[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query(
    `insert into moved (bucket, id, to_id) select (v.id & 1023)::smallint, v.id, v."newId" from json_to_recordset($1::json) as v(id bigint, "newId" bigint)`,
    [asRecords(ids)],
  )
}

/** More than this many times nobody becomes part of somebody else. */
const FAR = 50

/** The id that a mail, a question or a hand-off goes by now; undefined where it never had another. */
export async function movedTo(sql: Sql, id: number): Promise<number | undefined> {
  let found: number | undefined
  for (let i = 0; i < FAR; i++) {
    const from = found ?? id
    const [row] = await sql.query<{ to: number }>('select to_id as to from moved where bucket = $1::smallint and id = $2', [
      from % 1024,
      from,
    ])
    if (!row) break
    found = row.to
  }
  return found
}

/** Who somebody is by now: the contact they became part of, else themselves. */
export async function survivorOf(sql: Sql, contactId: number): Promise<number> {
  const [row] = await sql.query<{ to: number }>(
    'select merged_into as to from contact where bucket = $1::smallint and id = $2 and merged_into is not null',
    [contactId % 1024, contactId],
  )
  return row?.to ?? contactId
}
