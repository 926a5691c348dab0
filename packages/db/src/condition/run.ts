import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Row, Sql } from '../open/handle.ts'

const dialect = new PgDialect()

/** Sends a composed statement with its parameters; rows come as `Sql.query` gives them, on both drivers alike. */
export function run<T extends object = Row>(to: Sql, statement: SQL): Promise<T[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  return to.query<T>(sql, params)
}
