import pg from 'pg'
import type { Sql } from '../open/handle.ts'

/** Whoever can be asked a statement. */
export type Asked = Pick<Sql, 'query'>

const INT8 = 20
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)),
}

/** The lock that whoever changes the form of the tables holds; `Handle.migrate` waits for it. */
export const MAINTENANCE = 7318

/** One connection of its own that waits as long as a statement takes: moving many rows takes long. Ends it whatever happens. */
export async function alone<T>(url: string, work: (sql: Asked) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, types, application_name: 'baton db', keepAlive: true })
  client.on('error', () => {}) // Whatever is being asked rejects with it.
  await client.connect()
  try {
    return await work({
      async query<R extends object>(text: string, params: readonly unknown[] = []) {
        return (await client.query(text, [...params])).rows as R[]
      },
    })
  } finally {
    await client.end()
  }
}

/** One transaction on a connection that nobody shares. */
export async function inTransaction<T>(sql: Asked, work: () => Promise<T>): Promise<T> {
  await sql.query('begin')
  try {
    const result = await work()
    await sql.query('commit')
    return result
  } catch (error) {
    await sql.query('rollback').catch(() => []) // The first error says what happened.
    throw error
  }
}
