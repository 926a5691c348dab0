import type { Sql } from '../../open/handle.ts'

/**
 * The contact of each given row, as `c`: one look by the key for each. Without statistics (the embedded database has none) a join would
 * read the whole table; over several machines it is the join that they can share out.
 * @param row what names the contact, as SQL
 * @param columns of the contact
 */
export const contactOfEach = (sql: Sql, row: { bucket: string; id: string }, columns: string): string =>
  sql.spread
    ? `join contact c on c.bucket = ${row.bucket} and c.id = ${row.id}`
    : `cross join lateral (select ${columns} from contact where bucket = ${row.bucket} and id = ${row.id} limit 1) c`
