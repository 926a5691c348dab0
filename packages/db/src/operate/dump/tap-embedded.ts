import type { PGlite, Transaction } from '@electric-sql/pglite'
import { columnList, quoted, type Tap, type TapMode, wholeRows } from './tap.ts'

/** Pages of a table that are read at once, of 8 KB each. */
const PAGES = 128

/** The embedded database gives what is copied as a whole, so a table is asked for run by run of its pages. */
async function* pagesOf(tx: Transaction, table: string, columns: readonly string[]): AsyncGenerator<Buffer> {
  // A partitioned table has no pages of its own: those of its parts are read.
  const parts = await tx.query<{ name: string; pages: number }>(
    `select c.relname as name, (pg_relation_size(c.oid) / 8192)::float8 as pages from pg_partition_tree($1::regclass) t
     join pg_class c on c.oid = t.relid where t.isleaf
     union all select relname, (pg_relation_size(oid) / 8192)::float8 from pg_class where oid = $1::regclass and relkind = 'r'
       and not exists (select 1 from pg_partition_tree($1::regclass) t where t.isleaf) order by 1`,
    [quoted(table)],
  )
  for (const { name, pages } of parts.rows) {
    for (let page = 0; page < pages; page += PAGES) {
      const { blob } = await tx.query(
        `copy (select ${columnList(columns)} from only ${quoted(name)} where ctid >= '(${page},0)' and ctid < '(${page + PAGES},0)') to '/dev/blob'`,
      )
      if (blob) yield Buffer.from(await blob.arrayBuffer())
    }
  }
}

/** Runs `work` on an open embedded database, in one transaction: nobody else gets to it meanwhile. */
export function withEmbedded<T>(client: PGlite, mode: TapMode, work: (tap: Tap) => Promise<T>): Promise<T> {
  return client.transaction(async (tx) => {
    if (mode === 'read') await tx.query('set transaction isolation level repeatable read read only')
    return work({
      async query<R extends object>(text: string, params: readonly unknown[] = []) {
        return (await tx.query<R>(text, [...params])).rows
      },
      copyOut: (table, columns) => wholeRows(pagesOf(tx, table, columns)),
      async copyIn(table, columns, rows) {
        for await (const piece of rows) {
          const blob = new Blob([new Uint8Array(piece)])
          await tx.query(`copy ${quoted(table)} (${columnList(columns)}) from '/dev/blob'`, [], { blob })
        }
      },
    })
  })
}
