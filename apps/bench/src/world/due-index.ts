import type { Handle, Sql } from '@baton/db'

/** Ids that a claim is given at once, as many as a few rows of the wheel hold. */
const CLAIMED = 2000

/** Lays an index over the due time, as a runner without a wheel would have it, and empties the wheel. */
export async function layDueIndex(handle: Handle): Promise<void> {
  await handle.executeSql(
    'delete from wheel; create index enrolment_due on enrolment (due_at, bucket) where gen = 0 and due_at is not null',
  )
  await handle.executeSql('vacuum analyze wheel, enrolment')
}

/**
 * The same database without a wheel: who is due is asked of an index over `enrolment.due_at`. All else is the product's: the same turns,
 * statements and rows. What a wheel saves is the difference: no update of that column stays on its page without touching every index.
 * @throws when the runner asks the wheel something that is not known here
 */
export function withDueIndex(handle: Handle): Handle {
  const over = <S extends Sql>(sql: S): S => ({
    ...sql,
    async query<T extends object>(text: string, params: readonly unknown[] = []): Promise<T[]> {
      // When the next one is due is asked once nothing is: here nobody listens to the answer.
      if (!/\bwheel\b/.test(text) || /^\s*select least\(/.test(text)) return sql.query<T>(text, params)
      if (/^\s*(insert into|delete from) wheel\b/.test(text)) return []
      // Small rows that may pass before the many: an index has no rows, and lets nobody pass.
      if (/\border by slot desc\b/.test(text)) return []
      if (!/\bfrom wheel where slot <= \$1 and bucket between \$2::smallint and \$3::smallint\b/.test(text))
        throw new Error(`The due index does not know what the runner asks the wheel: ${text}`)
      const [now, from, to] = params
      const rows = await sql.query<{ bucket: number; id: number; slot: number }>(
        `select bucket, id, due_at as slot from enrolment where gen = 0 and due_at is not null and due_at <= $1
         and bucket between $2::smallint and $3::smallint order by due_at, bucket limit ${CLAIMED}`,
        [now, from, to],
      )
      const [first] = rows
      return (first ? [{ bucket: first.bucket, slot: first.slot, chunk: 0, ids: rows.map((row) => row.id) }] : []) as T[]
    },
  })
  return { ...over(handle), transaction: (work) => handle.transaction((tx) => work(over(tx))) }
}
