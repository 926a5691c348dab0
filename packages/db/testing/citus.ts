import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openDatabase } from '../src/open/open.ts'
import { placement } from '../src/schema/placement.ts'
import { distribute } from '../src/spread/distribute.ts'
import { atAddress } from '../src/spread/nodes.ts'
import { withDatabase } from './database.ts'

/** A database spread over the machines of a real Citus. */
export interface CitusDatabase {
  /** The coordinator. */
  readonly url: string
  readonly version: string
  /** As after the migrations: no people, no flows. Faster than another database. */
  wipe(): Promise<void>
  drop(): Promise<void>
}

/** The coordinator of the Citus that tests may use: a database in which its nodes are known; undefined: none was given. */
export const citusUrl = (): string | undefined => process.env.CITUS_URL

async function asked<T extends object>(url: string, ...statements: readonly string[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'tests' })
  await client.connect()
  try {
    let rows: T[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows as T[]
    return rows
  } finally {
    await client.end()
  }
}

/** Few shards: tests hold few rows, and each shard costs a table of each kind. */
const SHARDS = 4
/** Rows that the migrations make. */
const KEPT = new Set(['lease', 'workspace', 'field'])

/** An empty database of its own on every machine of the given Citus, where the machines know each other. */
export async function emptyCitus(url: string): Promise<Pick<CitusDatabase, 'url' | 'drop'>> {
  const name = `t_${randomBytes(6).toString('hex')}`
  const nodes = await asked<{ address: string; coordinator: boolean }>(
    url,
    `select nodename || ':' || nodeport as address, groupid = 0 as coordinator from pg_dist_node where noderole = 'primary' order by groupid`,
  )
  const home = nodes.find((node) => node.coordinator)
  if (!home) throw new Error('The database of CITUS_URL knows no coordinator: select citus_set_coordinator_host(…) there.')
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(home.address) ?? []
  const others = nodes.filter((node) => !node.coordinator).map((node) => atAddress(url, node.address))
  for (const at of [url, ...others]) {
    await asked(withDatabase(at, 'postgres'), `create database ${name}`)
    await asked(withDatabase(at, name), 'create extension citus')
  }
  const mine = withDatabase(url, name)
  await asked(mine, `select citus_set_coordinator_host('${host}', ${port})`)
  for (const { address, coordinator } of nodes) {
    const [, at = '', way = ''] = /^(.*):(\d+)$/.exec(address) ?? []
    if (!coordinator) await asked(mine, `select citus_add_node('${at}', ${way})`)
  }
  return {
    url: mine,
    drop: async () => {
      for (const at of [url, ...others]) await asked(withDatabase(at, 'postgres'), `drop database if exists ${name} with (force)`)
    },
  }
}

/** The same, migrated and distributed. */
async function citusDatabase(url: string): Promise<CitusDatabase> {
  const { url: mine, drop } = await emptyCitus(url)
  const handle = await openDatabase({ url: mine })
  await handle.migrate()
  const [fresh] = await handle.query<{ settings: object }>('select settings from workspace')
  await handle.close()
  const { version } = await distribute(mine, { shards: SHARDS })
  return {
    url: mine,
    version,
    wipe: async () => {
      const tables = Object.keys(placement).filter((table) => !KEPT.has(table))
      await asked(
        mine,
        ...tables.map((table) => `delete from "${table}"`),
        `update lease set owner = '', epoch = 0, expires_at = 0`,
        'delete from field where not system',
        `update workspace set settings = '${JSON.stringify(fresh?.settings).replaceAll("'", "''")}'`,
      )
    },
    drop,
  }
}

let shared: Promise<CitusDatabase> | undefined

/** One database for a test file, wiped for each that asks. Dropped with `dropShared` in its last hook. */
export async function sharedCitus(): Promise<CitusDatabase> {
  const url = citusUrl()
  if (url === undefined) throw new Error('CITUS_URL is not set: npm run test:citus says what it is.')
  if (shared) await (await shared).wipe()
  shared ??= citusDatabase(url)
  return shared
}

export async function dropSharedCitus(): Promise<void> {
  const made = shared
  shared = undefined
  await (await made)?.drop()
}
