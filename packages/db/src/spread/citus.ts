import type { Asked } from './alone.ts'

/** The database cannot be spread over machines, or not now: the message says why and what to do. */
export class SpreadError extends Error {
  override name = 'SpreadError'
}

/** What a change of many machines in one transaction needs first; a database of one machine takes it for a setting that nobody reads. */
export const SEQUENTIAL = `citus.multi_shard_modify_mode TO 'sequential'`

/** Whether this database is spread over machines by Citus. */
export async function isSpread(sql: Asked): Promise<boolean> {
  const [citus] = await sql.query<{ there: boolean }>(
    `select to_regclass('pg_catalog.pg_dist_partition') is not null and to_regclass('public.contact') is not null as there`,
  )
  if (!citus?.there) return false
  const rows = await sql.query(`select 1 from pg_dist_partition where logicalrelid = 'public.contact'::regclass and partmethod = 'h'`)
  return rows.length > 0
}

const INSTALL =
  'Install it on this server and on the others (https://docs.citusdata.com says how), add citus to shared_preload_libraries, restart PostgreSQL, ' +
  'and run "create extension citus" in this database on each of them. docs/scale.md goes through it step by step.'

/** The machines that take shards. @throws SpreadError where Citus is not there, or has no machine to put rows on */
export async function machines(sql: Asked): Promise<{ version: string; nodes: string[] }> {
  const [extension] = await sql.query<{ version: string }>(`select extversion as version from pg_extension where extname = 'citus'`)
  if (!extension) throw new SpreadError(`This database has no Citus, so it lives on one machine. ${INSTALL}`)
  const nodes = await sql.query<{ name: string }>(
    `select nodename || ':' || nodeport as name from pg_dist_node where isactive and shouldhaveshards and noderole = 'primary' order by nodeid`,
  )
  if (nodes.length === 0) {
    throw new SpreadError(
      'Citus knows no machine that takes rows. On the coordinator, tell it its own address and add the others: ' +
        `select citus_set_coordinator_host('coordinator.internal', 5432); select citus_add_node('node1.internal', 5432);`,
    )
  }
  const [coordinator] = await sql.query<{ there: boolean }>('select exists (select 1 from pg_dist_node where groupid = 0) as there')
  if (!coordinator?.there) {
    throw new SpreadError(
      `Citus does not know the coordinator's own address, which keys of its tables need: select citus_set_coordinator_host('coordinator.internal', 5432);`,
    )
  }
  return { version: extension.version, nodes: nodes.map((row) => row.name) }
}
