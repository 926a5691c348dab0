import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { transactionGuard } from './guard.ts'
import type { Handle, Row, Sql } from './handle.ts'
import { seedWorkspace } from './seed.ts'

const INT8 = 20
const INT8_ARRAY = 1016
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return Number
    const parse = pg.types.getTypeParser(oid, format)
    return oid === INT8_ARRAY ? (text: string) => parse(text).map(Number) : parse
  },
}

export interface PostgresSettings {
  url: string
  /** Connections of this process. */
  max?: number | undefined
}

function over(client: pg.Pool | pg.PoolClient): Sql {
  let db: Sql['db'] | undefined
  return {
    async query<T extends object>(text: string, params: readonly unknown[] = []) {
      return (await client.query(text, [...params])).rows as T[]
    },
    get db() {
      db ??= drizzle(client, { casing: 'snake_case' })
      return db
    },
  }
}

/** Opens PostgreSQL. A frozen process loses its transaction after ten seconds, before its leases can be taken over. */
export async function openPostgres(settings: PostgresSettings, migrationsFolder: string): Promise<Handle> {
  const pool = new pg.Pool({
    connectionString: settings.url,
    max: settings.max ?? 10,
    types,
    application_name: 'baton',
    idle_in_transaction_session_timeout: 10_000,
  })
  pool.on('error', () => {}) // An idle connection broke: the pool drops it, and the next query opens another.
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw new Error(`The database does not answer: ${error instanceof Error ? error.message : String(error)}. Check DATABASE_URL.`, {
      cause: error,
    })
  }
  const guard = transactionGuard()
  const plain = over(pool)
  return {
    kind: 'pg',
    get db() {
      return plain.db
    },
    async query<T extends object = Row>(text: string, params?: readonly unknown[]) {
      guard.check()
      return plain.query<T>(text, params)
    },
    async executeSql(text, values) {
      guard.check()
      const found = await (values?.length ? pool.query(text, values) : pool.query(text))
      const results: pg.QueryResult[] = Array.isArray(found) ? found : [found]
      return { rows: results.flatMap((result) => result.rows) }
    },
    async transaction(work) {
      guard.check()
      const client = await pool.connect()
      let broken = false
      try {
        await client.query('begin')
        const result = await guard.run(() => work(over(client)))
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {
          broken = true
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
    async migrate() {
      const client = await pool.connect()
      try {
        // Two processes that start together must not migrate at once; the lock ends with the connection at the latest.
        await client.query('select pg_advisory_lock(7318)')
        await migrate(drizzle(client), { migrationsFolder })
        await seedWorkspace(over(client))
      } finally {
        await client.query('select pg_advisory_unlock(7318)').catch(() => {})
        client.release()
      }
    },
    async close() {
      await pool.end()
    },
  }
}
