import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { refuseNewer } from '../operate/upgrade.ts'
import { MAINTENANCE } from '../spread/alone.ts'
import { isSpread } from '../spread/citus.ts'
import { afterMigrations, beforeMigrations } from '../spread/migrate.ts'
import { createNodes, type NodeAddresses } from '../spread/nodes.ts'
import { copyOver } from './copy.ts'
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
  /** How the machines of a database spread by Citus are reached; absent: at the addresses that it knows. */
  nodes?: NodeAddresses | undefined
}

/** Below the leases' fifteen seconds; and longer than any statement of ours takes, since those over many people come in portions. */
const PATIENCE = { idle: 10_000, answer: 120_000 }
const CONNECT = 10_000

/** What is known of the database behind a connection: whether it is spread, how many connections to it ended, and the coordinator where this is not it. */
interface About {
  spread: boolean
  ended: number
  home?: Handle
}

function over(client: pg.Pool | pg.PoolClient | pg.Client, about: About): Sql {
  let db: Sql['db'] | undefined
  const sql: Sql = {
    get spread() {
      return about.spread
    },
    get ended() {
      return about.ended
    },
    get home() {
      return about.home ?? sql
    },
    async query<T extends object>(text: string, params: readonly unknown[] = []) {
      return (await client.query(text, [...params])).rows as T[]
    },
    async copy(statement, rows) {
      if (!(client instanceof pg.Pool)) return copyOver(client, statement, rows)
      const own = await client.connect()
      try {
        await copyOver(own, statement, rows)
      } finally {
        own.release()
      }
    },
    get db() {
      db ??= drizzle(client, { casing: 'snake_case' })
      return db
    },
  }
  return sql
}

/**
 * Opens PostgreSQL. A frozen process loses its transaction after ten seconds, before its leases can be taken over; a connection that
 * neither answers nor breaks is given up.
 */
export async function openPostgres(settings: PostgresSettings, migrationsFolder: string): Promise<Handle> {
  const about: About = { spread: false, ended: 0 }
  const handle = handleOf(settings, about, migrationsFolder)
  try {
    about.spread = await isSpread(handle)
    if (about.spread) await handle.learn()
    return handle
  } catch (error) {
    await handle.close()
    throw new Error(`The database does not answer: ${error instanceof Error ? error.message : String(error)}. Check DATABASE_URL.`, {
      cause: error,
    })
  }
}

/** The process of the database behind a connection. */
const backendOf = (client: pg.PoolClient): number | undefined =>
  'processID' in client && typeof client.processID === 'number' ? client.processID : undefined

function handleOf(settings: PostgresSettings, about: About, migrationsFolder: string): Handle & { learn(): Promise<void> } {
  const { idle, answer } = settings.patience ?? PATIENCE
  // Compiling a statement takes longer than running ours: a condition over people is cut into portions, each of which would be compiled anew.
  const options = '-c jit=off'
  const server = { connectionString: settings.url, types, application_name: 'baton', keepAlive: true, options }
  const pool = new pg.Pool({
    ...server,
    max: settings.max ?? 10,
    connectionTimeoutMillis: Math.min(CONNECT, answer),
    query_timeout: answer,
    idle_in_transaction_session_timeout: idle,
  })
  pool.on('error', () => {}) // An idle connection broke: the pool drops it, and the next query opens another.
  // One that breaks inside a transaction, between two statements, has nobody else to tell: without this the process ends.
  const open = new Set<pg.PoolClient>()
  pool.on('connect', (client) => {
    client.on('error', () => {
      about.ended++
    })
    client.on('end', () => {
      about.ended++
    })
    open.add(client)
  })
  pool.on('remove', (client) => open.delete(client))
  const guard = transactionGuard()
  const plain = over(pool, about)
  const handle: Handle & { learn(): Promise<void> } = {
    kind: 'pg',
    get spread() {
      return about.spread
    },
    get ended() {
      return about.ended
    },
    get home() {
      return about.home ?? handle
    },
    near: (bucket) => nodes.near(bucket),
    learn: () => nodes.learn(),
    get db() {
      return plain.db
    },
    async query<T extends object = Row>(text: string, params?: readonly unknown[]) {
      guard.check()
      return plain.query<T>(text, params)
    },
    async copy(statement, rows) {
      guard.check()
      return plain.copy(statement, rows)
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
        const result = await guard.run(() => work(over(client, about)))
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
      client.on('error', () => {})
      await client.connect()
      try {
        // Two processes that start together must not migrate at once; the lock ends with the connection at the latest.
        const sql = over(client, about)
        await sql.query('select pg_advisory_lock($1)', [MAINTENANCE])
        await refuseNewer(sql, migrationsFolder)
        about.spread = await beforeMigrations(sql)
        await migrate(drizzle(client), { migrationsFolder })
        await seedWorkspace(sql)
        if (!about.spread) return
        await afterMigrations(sql)
        await nodes.learn()
      } finally {
        await client.end()
      }
    },
    async interrupt() {
      const backends = [...open].flatMap((client) => backendOf(client) ?? [])
      // Over a connection of its own: all others may be busy.
      const client = new pg.Client({ ...server, connectionTimeoutMillis: CONNECT, query_timeout: CONNECT })
      client.on('error', () => {})
      await client.connect()
      try {
        await client.query('select pg_cancel_backend(v) from unnest($1::int[]) v', [backends])
      } finally {
        await client.end()
      }
      await nodes.interrupt()
    },
    async close() {
      await nodes.close()
      await pool.end()
    },
  }
  const nodes = createNodes({
    home: handle,
    url: settings.url,
    open: (url) => handleOf({ ...settings, url }, { spread: true, ended: 0, home: handle }, migrationsFolder),
    addresses: settings.nodes,
  })
  return handle
}
