import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Handle, openDatabase, outageOf, sqlState } from '../src/index.ts'
import { distribute } from '../src/spread/distribute.ts'
import { atAddress } from '../src/spread/nodes.ts'
import { freshDatabase } from '../testing/index.ts'

/** An error as Citus gives it: the table and the constraint carry a shard's number, or are not told. */
const told = (code: string, message: string) => Object.assign(new Error(message), { code })

describe('an error of a database spread over machines', () => {
  test.each([
    ['23505', told('23505', 'duplicate key value violates unique constraint "contact_pkey_102018"'), '23505', undefined],
    [
      'a duplicate in a COPY',
      told('XX000', 'duplicate key value violates unique constraint "event_2023_11_pkey_103026"'),
      '23505',
      undefined,
    ],
    ['another internal one', told('XX000', 'cannot push down this subquery'), 'XX000', undefined],
    [
      'a machine that is down',
      told('XX000', 'connection to the remote node 10.0.0.5:5432 failed with the following error: Connection refused'),
      'XX000',
      'away',
    ],
    [
      'a machine that is down, told by its code',
      told('08006', 'connection to the remote node postgres@10.0.0.5:5432 failed'),
      '08006',
      'away',
    ],
    [
      'a deadlock between machines',
      told('40P01', 'canceling the transaction since it was involved in a distributed deadlock'),
      '40P01',
      'busy',
    ],
    ['wrapped by the query builder', new Error('Failed query', { cause: told('40001', 'could not serialize access') }), '40001', 'busy'],
  ] as const)('is known by its code and its words, never by a name: %s', (_, error, code, outage) => {
    expect(sqlState(error)).toBe(code)
    expect(outageOf(error)).toBe(outage)
  })
})

test.each([
  ['postgres://baton:s%40cret@db.internal:5432/baton?sslmode=require', 'postgres://baton:s%40cret@node1:6432/baton?sslmode=require'],
  ['postgres://postgres@/t?host=%2Ftmp%2Fpg-1', 'postgres://postgres@node1:6432/t'],
  ['postgresql://db/baton', 'postgresql://node1:6432/baton'],
])('%s is reached at another machine', (url, there) => {
  expect(atAddress(url, 'node1:6432')).toBe(there)
})

describe('a database of one machine', () => {
  let handle: Handle
  let url = ''
  let drop = async () => {}
  beforeAll(async () => {
    const made = await freshDatabase(inject('postgres'))
    url = made.url
    drop = made.drop
    handle = await openDatabase({ url })
    await handle.migrate()
  })
  afterAll(async () => {
    await handle.close()
    await drop()
  })

  test('is its own home, and near to every bucket', () => {
    expect(handle.spread).toBe(false)
    expect(handle.home).toBe(handle)
    expect(handle.near(7)).toBe(handle)
  })

  test('cannot be distributed without Citus: the message says what to do, and nothing is changed', async () => {
    await expect(distribute(url)).rejects.toThrow(
      'This database has no Citus, so it lives on one machine. Install it on this server and on the others',
    )
    expect(await handle.query('select count(*) as n from lease')).toEqual([{ n: 1024 }])
  })
})
