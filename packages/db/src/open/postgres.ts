import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { transactionGuard } from './guard.ts'
import type { Handle, Row, Sql } from './handle.ts'
import { outageOf } from './outage.ts'
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
  /** How long a side that says nothing is waited for, ms. `idle`: the server for us inside a transaction; `answer`: we for the answer to a statement. */
  patience?: { idle: number; answer: number } | undefined
}

/** Below the leases' fifteen seconds; and longer than any statement of ours takes, since those over many people come in portions. */
const PATIENCE = { idle: 10_000, answer: 120_000 }
const CONNECT = 10_000

function over(client: pg.Pool | pg.PoolClient | pg.Client): Sql {
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

/**
 * Opens PostgreSQL. A frozen process loses its transaction after ten seconds, before its leases can be taken over; a connection that
 * neither answers nor breaks is given up.
 */
export async function openPostgres(settings: PostgresSettings, migrationsFolder: string): Promise<Handle> {
  const { idle, answer } = settings.patience ?? PATIENCE
  const server = { connectionString: settings.url, types, application_name: 'baton', keepAlive: true }
  const pool = new pg.Pool({
    ...server,
    max: settings.max ?? 10,
    connectionTimeoutMillis: Math.min(CONNECT, answer),
    query_timeout: answer,
    idle_in_transaction_session_timeout: idle,
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
        // A connection that does not answer is not asked to undo anything: the server does that by itself when it is gone.
        broken = outageOf(error) === 'away'
        if (!broken) {
          await client.query('rollback').catch(() => {
            broken = true
          })
        }
        throw error
      } finally {
        client.release(broken)
      }
    },
    async migrate() {
      // Of its own: an index over many rows takes as long as it takes.
      const client = new pg.Client(server)
      await client.connect()
      try {
        // Two processes that start together must not migrate at once; the lock ends with the connection at the latest.
        await client.query('select pg_advisory_lock(7318)')
        await migrate(drizzle(client), { migrationsFolder })
        await seedWorkspace(over(client))
      } finally {
        await client.end()
      }
    },
    async close() {
      await pool.end()
    },
  }
}
