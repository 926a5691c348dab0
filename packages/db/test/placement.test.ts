import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import * as schema from '../src/schema/index.ts'
import { type Placement, placement } from '../src/schema/placement.ts'
import { checkPlacement } from '../src/spread/check.ts'
import { onBothDrivers } from './drivers.ts'

test('every table of the schema has a place, and every place a table', () => {
  const tables = Object.values(schema).flatMap((it) => (is(it, PgTable) ? [getTableName(it)] : []))
  expect(Object.keys(placement).sort()).toEqual(tables.sort())
})

/** A table for the check to find something wrong with, its place, and the sentence. */
const PLANTED: readonly { ddl: readonly string[]; places: Readonly<Record<string, Placement>>; say: RegExp }[] = [
  { ddl: ['create table stray (id int primary key)'], places: {}, say: /The table stray has no place/ },
  { ddl: ['select 1'], places: { gone: { at: 'local' } }, say: /names gone, and there is no such table/ },
  {
    ddl: ['create table h (id int, bucket smallint not null, primary key (id, bucket))'],
    places: { h: { at: 'hot' } },
    say: /primary key of h does not begin with bucket/,
  },
  { ddl: ['create table h (bucket smallint not null)'], places: { h: { at: 'hot' } }, say: /h has no primary key/ },
  {
    ddl: ['create table h (bucket smallint not null, id int, key text unique, primary key (bucket, id))'],
    places: { h: { at: 'hot' } },
    say: /unique index h_key_key of h does not contain bucket/,
  },
  {
    ddl: ['create table h (bucket int, id int, primary key (bucket, id))'],
    places: { h: { at: 'hot' } },
    say: /h.bucket is not a smallint/,
  },
  {
    ddl: ['create table v (id int primary key, value text)'],
    places: { v: { at: 'byValue', column: 'value' } },
    say: /primary key of v does not begin with value/,
  },
  {
    ddl: [
      'create table h (bucket smallint, id int, primary key (bucket, id))',
      'create table k (bucket smallint, id int primary key references contact_of_k (id))',
    ],
    places: { h: { at: 'hot' }, k: { at: 'reference' }, contact_of_k: { at: 'hot' } },
    say: /foreign key k_id_fkey leads from k to contact_of_k without the bucket/,
  },
  {
    ddl: ['create table h (bucket smallint, id int references enrolment_of_h (id), primary key (bucket, id))'],
    places: { h: { at: 'hot' }, enrolment_of_h: { at: 'hot' } },
    say: /foreign key h_id_fkey leads from h to enrolment_of_h without the bucket/,
  },
  {
    ddl: ['create table l (id int primary key)', 'create table h (bucket smallint, id int references l (id), primary key (bucket, id))'],
    places: { h: { at: 'hot' }, l: { at: 'local' } },
    say: /h_id_fkey leads from h to l, which lies on the coordinator alone/,
  },
  {
    ddl: [
      `create function f() returns trigger language plpgsql as 'begin return new; end'`,
      'create trigger told after insert on inbox execute function f()',
    ],
    places: {},
    say: /inbox has the trigger told/,
  },
  {
    ddl: ['alter table contact drop constraint contact_bucket_of_id'],
    places: {},
    say: /contact does not check that its bucket is in its id/,
  },
]

onBothDrivers('the catalogue', (handle) => {
  test('is fit to be spread over machines', async () => {
    expect(await checkPlacement(handle())).toEqual([])
  })

  test.each(PLANTED)('is found unfit: $say', async ({ ddl, places, say }) => {
    // What the planted keys lead to: an id that is unique over all buckets.
    const before = Object.keys(places)
      .filter((name) => name.includes('_of_'))
      .map((name) => `create table ${name} (bucket smallint not null, id int unique, primary key (bucket, id))`)
    const found = handle().transaction(async (tx) => {
      for (const statement of [...before, ...ddl]) await tx.query(statement)
      throw new Found(await checkPlacement(tx, { ...placement, ...places }))
    })
    await expect(found).rejects.toThrow(say)
  })
})

/** Carries what was found out of a transaction that is rolled back. */
class Found extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
  }
}
