import { setTimeout as pause } from 'node:timers/promises'
import { type Asked, alone, inTransaction, MAINTENANCE } from './alone.ts'
import { checkPlacement } from './check.ts'
import { isSpread, machines, SEQUENTIAL, SpreadError } from './citus.ts'
import { countRows, dropLocalCopies, misplaced, putForeignKeysBack, putInPlace, takeForeignKeys } from './place.ts'

export interface DistributeOptions {
  /** Into how many parts the hot tables are cut: several for each machine that there will ever be. */
  shards?: number | undefined
  /** Told of each table as it goes to its place. */
  onTable?: ((name: string) => void) | undefined
}

export interface Distributed {
  /** Citus's version. */
  version: string
  nodes: string[]
  tables: number
  rows: number
}

/** Four machines get eight parts each, of 32 buckets on average. */
export const SHARDS = 32

/**
 * Spreads a migrated database over the machines that Citus knows: once, in one transaction, while nobody works on it. Whatever goes
 * wrong, it is afterwards as it was before.
 * @param url the coordinator, as a user who may do everything
 * @throws SpreadError that says why not and what to do; the driver's error
 */
export function distribute(url: string, { shards = SHARDS, onTable }: DistributeOptions = {}): Promise<Distributed> {
  return alone(url, async (sql) => {
    const { version, nodes } = await machines(sql)
    await sql.query('select pg_advisory_lock($1)', [MAINTENANCE])
    if (await isSpread(sql)) {
      throw new SpreadError('This database is spread over machines already. After an upgrade of Baton run "baton db migrate".')
    }
    await nobodyElse(sql)
    await unfit(sql)
    const done = await inTransaction(sql, async () => {
      await sql.query(`set local ${SEQUENTIAL}`)
      const before = await countRows(sql)
      const keys = await takeForeignKeys(sql)
      await unshareWheel(sql)
      const wheel = await sql.query<{ n: number }>('select count(*) as n from wheel')
      before.set('wheel', wheel[0]?.n ?? 0)
      const names = await misplaced(sql)
      for (const name of names) {
        onTable?.(name)
        await putInPlace(sql, name, shards)
      }
      await putForeignKeysBack(sql, keys)
      const after = await countRows(sql)
      const lost = [...before].filter(([name, n]) => after.get(name) !== n)
      if (lost.length > 0) {
        const say = lost.map(([name, n]) => `${name} had ${n} rows and has ${after.get(name)}`).join('; ')
        throw new SpreadError(`The tables do not hold what they held before: ${say}. Nothing was changed; report it.`)
      }
      return { version, nodes, tables: names.length, rows: [...after.values()].reduce((sum, n) => sum + n, 0) }
    })
    // Copies on the coordinator's own disk, which nobody reads any more.
    await dropLocalCopies(sql)
    return done
  })
}

/** A connection that was closed a moment ago is still in the list: it is looked at again, so many times. */
const LOOKS = 20
const LOOK_EVERY = 100

async function othersOn(sql: Asked): Promise<string[]> {
  const rows = await sql.query<{ who: string }>(
    `select application_name || ' (process ' || pid || coalesce(', from ' || client_addr::text, '') || ')' as who from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name in ('baton', 'baton db') order by 1 limit 20`,
  )
  return rows.map((row) => row.who)
}

async function nobodyElse(sql: Asked): Promise<void> {
  let others = await othersOn(sql)
  for (let look = 1; look < LOOKS && others.length > 0; look++) {
    await pause(LOOK_EVERY)
    others = await othersOn(sql)
  }
  if (others.length > 0) {
    throw new SpreadError(
      `Somebody works on this database: ${others.join(', ')}. Stop every "baton serve" and "baton worker", then do this again.`,
    )
  }
}

async function unfit(sql: Asked): Promise<void> {
  const faults = await checkPlacement(sql)
  if (faults.length === 0) return
  throw new SpreadError(
    `The tables of this database are not what this version of Baton makes, so they cannot be spread:\n${faults.join('\n')}\n` +
      'Start this version once on the database as it is, which brings them up to date; take away tables of others; then do this again.',
  )
}

/** On one machine neighbouring buckets share rows of the wheel; from now on each has its own. */
async function unshareWheel(sql: Asked): Promise<void> {
  await sql.query(
    `with gone as (delete from wheel returning slot, ids)
     insert into wheel (bucket, slot, chunk, ids)
     select (id & 1023)::smallint, slot, nextval('wheel_chunk'), array_agg(id order by id) from gone cross join lateral unnest(ids) id
     group by (id & 1023)::smallint, slot`,
  )
}
