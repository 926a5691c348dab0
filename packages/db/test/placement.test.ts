import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import * as schema from '../src/schema/index.ts'
import { placement } from '../src/schema/placement.ts'
import { onBothDrivers } from './drivers.ts'

const hot = Object.keys(placement).filter((name) => placement[name]?.at === 'hot')

test('every table of the schema has a place, and every place a table', () => {
  const tables = Object.values(schema).flatMap((it) => (is(it, PgTable) ? [getTableName(it)] : []))
  expect(Object.keys(placement).sort()).toEqual(tables.sort())
})

onBothDrivers('the catalog', (handle) => {
  test('knows no table without a place', async () => {
    const rows = await handle().query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    )
    expect(rows.map((row) => row.name)).toEqual(Object.keys(placement).sort())
  })

  test('has the bucket first in every hot primary key, and in every unique index', async () => {
    const rows = await handle().query<{ name: string; primary: boolean; columns: string[] }>(
      `select c.relname as name, i.indisprimary as primary,
              array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(n, o)
                    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n order by k.o) as columns
       from pg_index i join pg_class c on c.oid = i.indrelid where i.indisunique and c.relname = any($1)`,
      [hot],
    )
    expect(
      rows
        .filter((row) => row.primary)
        .map((row) => row.name)
        .sort(),
    ).toEqual([...hot].sort())
    expect(rows.filter((row) => row.primary && row.columns[0] !== 'bucket')).toEqual([])
    expect(rows.filter((row) => !row.columns.includes('bucket'))).toEqual([])
  })

  test('has the column of its placement first in the key of every table placed by value', async () => {
    for (const [name, place] of Object.entries(placement)) {
      if (place.at !== 'byValue') continue
      const rows = await handle().query<{ column: string }>(
        `select a.attname::text as column from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
         where i.indrelid = $1::regclass and i.indisunique`,
        [name],
      )
      expect(rows.map((row) => row.column)).toEqual(rows.map(() => place.column))
    }
  })

  test('has no trigger of ours, and no foreign key on a hot table', async () => {
    expect(await handle().query('select tgname from pg_trigger where not tgisinternal')).toEqual([])
    const keys = await handle().query(`select conname from pg_constraint where contype = 'f' and conrelid::regclass::text = any($1)`, [hot])
    expect(keys).toEqual([])
  })
})
