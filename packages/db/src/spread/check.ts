import { type Placement, placement } from '../schema/placement.ts'
import type { Asked } from './alone.ts'

/** By which column the rows of a table lie on their machine; undefined where they do not. */
export function spreadColumn(place: Placement | undefined): string | undefined {
  if (place?.at === 'hot') return 'bucket'
  return place?.at === 'byValue' ? place.column : undefined
}

const OURS = `c.relnamespace = 'public'::regnamespace`

/** Columns by their numbers, in order. */
const columns = (relation: string, numbers: string) =>
  `array(select a.attname::text from unnest(${numbers}) with ordinality k(n, o) join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.n order by k.o)`

/**
 * Compares the catalogue with what a database spread over machines needs (SCALE, rules 1 to 3 and 7): every table has a place, the
 * column by which it lies is the first of its key and part of all that is unique, keys to other tables stay on one machine, no triggers.
 * @param places the placement map; another than ours for tests
 * @returns what is wrong, each a sentence; empty: it can be distributed
 */
export async function checkPlacement(sql: Asked, places: Readonly<Record<string, Placement>> = placement): Promise<string[]> {
  return [
    ...(await checkTables(sql, places)),
    ...(await checkKeys(sql, places)),
    ...(await checkReferences(sql, places)),
    ...(await checkTriggers(sql, places)),
    ...(await checkBucketOfId(sql, places)),
  ]
}

async function checkTables(sql: Asked, places: Readonly<Record<string, Placement>>): Promise<string[]> {
  const rows = await sql.query<{ name: string }>(
    `select c.relname::text as name from pg_class c where ${OURS} and c.relkind in ('r', 'p') and not c.relispartition
     and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') order by 1`,
  )
  const there = new Set(rows.map((row) => row.name))
  return [
    ...[...there].filter((name) => !places[name]).map((name) => `The table ${name} has no place in the placement map.`),
    ...Object.keys(places)
      .filter((name) => !there.has(name))
      .map((name) => `The placement map names ${name}, and there is no such table.`),
  ]
}

async function checkKeys(sql: Asked, places: Readonly<Record<string, Placement>>): Promise<string[]> {
  const rows = await sql.query<{ name: string; index: string; primary: boolean; columns: string[] }>(
    `select c.relname::text as name, x.relname::text as index, i.indisprimary as primary, ${columns('c.oid', 'i.indkey::int2[]')} as columns
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
     where i.indisunique and ${OURS} and not c.relispartition order by 1, 2`,
  )
  const wrong = rows.flatMap(({ name, index, primary, columns: of }) => {
    const by = spreadColumn(places[name])
    if (by === undefined || (primary ? of[0] === by : of.includes(by))) return []
    return [
      primary ? `The primary key of ${name} does not begin with ${by}.` : `The unique index ${index} of ${name} does not contain ${by}.`,
    ]
  })
  const keyed = new Set(rows.filter((row) => row.primary).map((row) => row.name))
  const bare = Object.entries(places).flatMap(([name, place]) =>
    spreadColumn(place) !== undefined && !keyed.has(name) ? [`The table ${name} has no primary key.`] : [],
  )
  const loose = await sql.query<{ name: string; type: string | null; free: boolean | null }>(
    `select t.name, format_type(a.atttypid, null) as type, not a.attnotnull as free from unnest($1::text[]) t(name)
     left join pg_attribute a on a.attrelid = to_regclass(quote_ident(t.name)) and a.attname = 'bucket'`,
    [Object.keys(places).filter((name) => places[name]?.at === 'hot')],
  )
  const untyped = loose.flatMap(({ name, type, free }) =>
    type === 'smallint' && free === false ? [] : [`${name}.bucket is not a smallint that is always set.`],
  )
  return [...wrong, ...bare, ...untyped]
}

async function checkReferences(sql: Asked, places: Readonly<Record<string, Placement>>): Promise<string[]> {
  const rows = await sql.query<{ name: string; to: string; key: string; mine: string[]; theirs: string[] }>(
    `select c.relname::text as name, t.relname::text as to, f.conname::text as key, ${columns('c.oid', 'f.conkey')} as mine, ${columns('t.oid', 'f.confkey')} as theirs
     from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class t on t.oid = f.confrelid
     where f.contype = 'f' and f.conparentid = 0 and ${OURS} order by 1, 3`,
  )
  return rows.flatMap(({ name, to, key, mine, theirs }) => {
    const [from, target] = [places[name], places[to]]
    const by = spreadColumn(from)
    if (target?.at === 'reference') return []
    if (spreadColumn(target) === undefined) {
      return from?.at === 'local' ? [] : [`The foreign key ${key} leads from ${name} to ${to}, which lies on the coordinator alone.`]
    }
    const place = by === undefined ? -1 : mine.indexOf(by)
    if (from?.at === 'hot' && target?.at === 'hot' && place >= 0 && theirs[place] === 'bucket') return []
    return [`The foreign key ${key} leads from ${name} to ${to} without the bucket of both.`]
  })
}

async function checkTriggers(sql: Asked, places: Readonly<Record<string, Placement>>): Promise<string[]> {
  const rows = await sql.query<{ name: string; trigger: string }>(
    `select c.relname::text as name, g.tgname::text as trigger from pg_trigger g join pg_class c on c.oid = g.tgrelid
     where not g.tgisinternal and ${OURS} and g.tgname not like 'truncate_trigger%' and g.tgname not like 'citus_%' order by 1, 2`,
  )
  return rows.flatMap(({ name, trigger }) => (places[name]?.at === 'local' ? [] : [`The table ${name} has the trigger ${trigger}.`]))
}

/** A contact's bucket is in its id (rule 2): by that an address with the id is enough to find its machine. */
async function checkBucketOfId(sql: Asked, places: Readonly<Record<string, Placement>>): Promise<string[]> {
  if (places.contact === undefined) return []
  const rows = await sql.query(
    `select 1 from pg_constraint f join pg_class c on c.oid = f.conrelid
     where ${OURS} and c.relname = 'contact' and f.contype = 'c' and pg_get_constraintdef(f.oid) ~ 'bucket = [(]id & [(]?1023'
     union all select 1 where to_regclass('contact') is null`,
  )
  return rows.length > 0 ? [] : ['The table contact does not check that its bucket is in its id.']
}
