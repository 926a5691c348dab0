import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** drizzle's query builder, over PostgreSQL and the embedded database alike. Tables are imported from the schema. */
export type Db = PgDatabase<PgQueryResultHKT>

export type Row = Record<string, unknown>

/** Where a statement may be sent: the database itself, or an open transaction. */
export interface Sql {
  /**
   * One statement with `$1`-parameters. int8 and `count(*)` come as numbers. Pass JSON as text with a cast (`$1::jsonb`).
   * @throws the driver's error; `sqlState(error)` gives its code
   */
  query<T extends object = Row>(text: string, params?: readonly unknown[]): Promise<T[]>
  /**
   * Many rows at once: `copy t (a, b) from stdin`, with rows as `copyText` makes them. Faster than any INSERT, and knows no conflicts.
   * @throws the driver's error, e.g. 23505 when one row is there already; nothing of it is written then
   */
  copy(statement: string, rows: string): Promise<void>
  /** The same connection through drizzle. */
  readonly db: Db
  /** True on a database spread over machines: a statement of the hot path names one bucket, and buckets share no rows. */
  readonly spread: boolean
  /**
   * How many connections of this process to this database have ended so far, whoever ended them. A database that falls forgets what was drawn
   * from a sequence a moment before, and nothing outlives its fall without a connection of it ending.
   */
  readonly ended: number
  /** Where numbers are drawn and the tables lie that are not spread: this itself, except on a connection to a machine that has buckets only. */
  readonly home: Sql
}

/** An open database. One per process. */
export interface Handle extends Sql {
  readonly kind: 'pg' | 'pglite'
  readonly home: Handle
  /** The shortest way to a bucket: a handle to the machine that has it, for statements about this bucket alone. Itself where there is one machine. */
  near(bucket: number): Handle
  /** Brings tables to this version's form; safe to repeat. */
  migrate(): Promise<void>
  /** Several statements in one text, or one with values: what the job library asks for. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back when it rejects. Keep it short: the embedded database has
   * one connection. Inside, use only the `tx` given; the handle itself refuses, since it would wait for itself for ever.
   */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>
  /** Ends the statements that are under way, each with an error (57014): for whoever cannot wait for them. The embedded database has none that last. */
  interrupt(): Promise<void>
  close(): Promise<void>
}

/** SQLSTATE of a driver's error, through drizzle's wrapping. Never switch on constraint names: a distributed database hides them. */
export function sqlState(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (!('code' in at) || typeof at.code !== 'string') continue
    return at.code === INTERNAL && DUPLICATE.test(at.message) ? '23505' : at.code
  }
  return undefined
}

/** Of a COPY over several machines the words of an error arrive, and not its code. */
const INTERNAL = 'XX000'
const DUPLICATE = /^duplicate key value violates unique constraint/
