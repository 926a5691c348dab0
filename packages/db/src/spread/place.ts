import { placement } from '../schema/placement.ts'
import type { Asked } from './alone.ts'

/** The table that the others lie beside. */
const FIRST = 'contact'

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Tables of the map that do not lie where it says, in the order in which they are to be put there: reference tables, `contact`, the others. */
export async function misplaced(sql: Asked): Promise<string[]> {
  const rows = await sql.query<{ name: string }>(
    `select c.relname::text as name from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
     where c.relnamespace = 'public'::regnamespace and (p.partmethod = 'h' or p.repmodel = 't')`,
  )
  const there = new Set(rows.map((row) => row.name))
  const rank = (name: string) => {
    const place = placement[name]
    if (place?.at === 'reference') return 0
    if (name === FIRST) return 1
    return place?.at === 'byValue' && place.beside !== undefined ? 3 : 2
  }
  return Object.keys(placement)
    .filter((name) => placement[name]?.at !== 'local' && !there.has(name))
    .sort((a, b) => rank(a) - rank(b))
}

/**
 * Puts a table where the placement map says, with its rows, in the caller's transaction.
 * @param shards into how many parts the hot tables are cut; those that come later lie beside the first
 */
export async function putInPlace(tx: Asked, name: string, shards: number): Promise<void> {
  const place = placement[name] ?? { at: 'local' as const }
  const table = literal(quoted(name))
  const count = `shard_count => ${Math.trunc(shards)}`
  switch (place.at) {
    case 'local':
      return
    case 'reference':
      await tx.query(`select create_reference_table(${table})`)
      return
    case 'hot':
      await tx.query(
        name === FIRST
          ? `select create_distributed_table(${table}, 'bucket', colocate_with => 'none', ${count})`
          : `select create_distributed_table(${table}, 'bucket', colocate_with => ${literal(FIRST)})`,
      )
      return
    case 'byValue':
      await tx.query(
        place.beside === undefined
          ? `select create_distributed_table(${table}, ${literal(place.column)}, colocate_with => 'none', ${count})`
          : `select create_distributed_table(${table}, ${literal(place.column)}, colocate_with => ${literal(place.beside)})`,
      )
  }
}

export interface ForeignKey {
  table: string
  name: string
  definition: string
}

/** Takes every foreign key away, to be put back: with them in place no order of the tables is right. */
export async function takeForeignKeys(tx: Asked): Promise<ForeignKey[]> {
  const keys = await tx.query<ForeignKey>(
    `select c.relname::text as table, f.conname::text as name, pg_get_constraintdef(f.oid) as definition
     from pg_constraint f join pg_class c on c.oid = f.conrelid
     where f.contype = 'f' and f.conparentid = 0 and c.relnamespace = 'public'::regnamespace order by 1, 2`,
  )
  for (const { table, name } of keys) await tx.query(`alter table ${quoted(table)} drop constraint ${quoted(name)}`)
  return keys
}

export async function putForeignKeysBack(tx: Asked, keys: readonly ForeignKey[]): Promise<void> {
  for (const { table, name, definition } of keys) {
    await tx.query(`alter table ${quoted(table)} add constraint ${quoted(name)} ${definition}`)
  }
}

/** Rows by table, of every table of the map. */
export async function countRows(tx: Asked): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const name of Object.keys(placement)) {
    const [row] = await tx.query<{ n: number }>(`select count(*) as n from ${quoted(name)}`)
    counts.set(name, row?.n ?? 0)
  }
  return counts
}

/** The rows that stayed on the coordinator's own disk when copies of them went to their machines. */
export async function dropLocalCopies(sql: Asked): Promise<void> {
  for (const [name, place] of Object.entries(placement)) {
    if (place.at === 'local') continue
    await sql.query(`select truncate_local_data_after_distributing_table(${literal(quoted(name))})`)
  }
}
