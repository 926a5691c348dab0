import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { columnList, quoted, type Tap, type TapMode, wholeRows } from './tap.ts'

const BEGIN: Record<TapMode, string> = {
  read: 'begin isolation level repeatable read read only',
  write: 'begin',
}

/**
 * Runs `work` on a connection of its own to a PostgreSQL, in one transaction.
 * @throws Error that says so when the server does not answer
 */
export async function withPostgres<T>(url: string, mode: TapMode, work: (tap: Tap) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton db' })
  // A connection that breaks fails the statement at hand; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Error(`The database does not answer: ${error instanceof Error ? error.message : String(error)}.`, { cause: error })
  }
  const tap: Tap = {
    async query<R extends object>(text: string, params: readonly unknown[] = []) {
      return (await client.query<R>(text, [...params])).rows
    },
    copyOut: (table, columns) =>
      wholeRows(client.query(copyTo(`copy (select ${columnList(columns)} from ${quoted(table)}) to stdout`, { highWaterMark: 1 << 18 }))),
    copyIn: (table, columns, rows) =>
      pipeline(
        Readable.from(rows, { objectMode: false }),
        client.query(copyFrom(`copy ${quoted(table)} (${columnList(columns)}) from stdin`)),
      ),
  }
  try {
    await client.query(BEGIN[mode])
    const result = await work(tap)
    await client.query('commit')
    return result
  } finally {
    // A transaction that did not get to its commit ends with its connection.
    await client.end()
  }
}
