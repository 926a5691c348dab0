import { randomBytes } from 'node:crypto'
import pg from 'pg'

export interface TestDatabase extends AsyncDisposable {
  /** The URL of the new database. */
  readonly url: string
  /**
   * Throws when somebody is still connected (a pool that nobody closed), then drops the database.
   * Call it in `afterAll`, after closing the code under test; or hold it with `await using`.
   */
  drop(): Promise<void>
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  // A socket URL has no host, which the URL class refuses; only the path is ours to change.
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`)
}

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  // A server that ends is told by the statement that was under way; without this the process would end, too.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * The connections of others to a database, as `application: last query`; empty when nothing leaked. A connection that was just
 * closed needs a moment to leave the server's list, so it asks up to twenty times within a second.
 */
export async function connectionsTo(url: string): Promise<string[]> {
  const name = /^[^?]*\/([^?/]*)/.exec(url)?.[1] ?? ''
  return asOwner(withDatabase(url, 'postgres'), async (client) => {
    for (let i = 0; ; i++) {
      const found = await client.query<{ who: string }>(
        `select application_name || ': ' || left(query, 120) as who from pg_stat_activity
         where backend_type = 'client backend' and datname = $1 and pid <> pg_backend_pid()`,
        [name],
      )
      if (found.rows.length === 0 || i === 20) return found.rows.map((row) => row.who)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })
}

/**
 * A database of its own for one test file; 15–30 ms from a template.
 * @param url any URL of the server, e.g. `inject('postgres')` under vitest
 * @param template the name of a migrated database to copy; without it the database is empty
 */
export async function freshDatabase(url: string, template?: string): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`
  const home = withDatabase(url, 'postgres')
  await asOwner(home, (client) => client.query(`create database ${name}${template ? ` template ${template}` : ''}`))
  const mine = withDatabase(url, name)
  const drop = async () => {
    const left = await connectionsTo(mine)
    await asOwner(home, (client) => client.query(`drop database if exists ${name} with (force)`))
    if (left.length > 0) throw new Error(`A test left ${left.length} connection(s) open: ${left.join(' | ')}`)
  }
  return { url: mine, drop, [Symbol.asyncDispose]: drop }
}
