import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chores } from '../src/chores/registry.ts'
import { KINDS, openServer, type TestServer } from './harness.ts'

/** Chores that need more than the database: a process adds them. */
const ELSEWHERE = ['agreement-reviews', 'gather-lead-notes', 'launch-drafts', 'tidy-imports', 'weekly-reports']
const HOUR = 3_600_000
const DAY = 24 * HOUR

describe.each(KINDS)('chores on %s', (kind) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer(kind)
  })
  afterAll(() => server.stop())

  const rows = <T extends object>(text: string, params: unknown[] = []) => server.db.query<T>(text, params)

  test('are all on the schedule', async () => {
    const names = (await rows<{ name: string }>('select name from pgboss.schedule order by name')).map((it) => it.name)
    expect(names).toEqual([...chores.map((it) => it.name), ...ELSEWHERE].sort())
  })

  test.each([...chores.map((it) => it.name), ...ELSEWHERE])('%s may be done twice at any time', async (name) => {
    await server.chores.run(name)
    await server.chores.run(name)
  })

  test('counts of nodes are added up without changing their sums', async () => {
    const hour = Math.floor(server.clock.now() / HOUR)
    const add = (bucket: number, node: string, port: string, at: number, n: number) =>
      rows('insert into node_delta (bucket, flow_id, node, port, hour, n) values ($1, $2, $3, $4, $5, $6)', [
        bucket,
        'flw',
        node,
        port,
        at,
        n,
      ])
    for (const n of [1, 2, 3]) await add(7, 'a', '', hour - 2, n)
    await add(7, 'a', 'out', hour - 2, 4)
    await add(900, 'a', '', hour - 2, 5)
    for (const n of [1, 1]) await add(7, 'a', '', hour, n)
    const sums = () => rows('select node, port, sum(n)::int as n from node_delta group by node, port order by node, port')
    const before = await sums()
    await server.chores.run('compact-counts')
    expect(await sums()).toEqual(before)
    const left = await rows('select bucket, port, hour, n from node_delta order by bucket, hour, port, id')
    expect(left).toEqual([
      { bucket: 7, port: '', hour: hour - 2, n: 6 },
      { bucket: 7, port: 'out', hour: hour - 2, n: 4 },
      { bucket: 7, port: '', hour, n: 1 },
      { bucket: 7, port: '', hour, n: 1 },
      { bucket: 900, port: '', hour: hour - 2, n: 5 },
    ])
  })

  test('message ids are remembered for 30 days', async () => {
    const today = Math.floor(server.clock.now() / DAY)
    for (const age of [0, 30, 31]) await rows('insert into seen (message_id, day) values ($1, $2)', [`m${age}`, today - age])
    await server.chores.run('forget-message-ids')
    expect(await rows('select message_id from seen order by 1')).toEqual([{ message_id: 'm0' }, { message_id: 'm30' }])
  })

  test('links that are used up or too old are removed, others stay', async () => {
    await server.chores.run('drop-dead-links')
    expect(await rows('select user_id from sign_in_link')).toEqual([{ user_id: null }])
    server.clock.advance(16 * 60_000)
    await server.chores.run('drop-dead-links')
    expect(await rows('select user_id from sign_in_link')).toEqual([])
  })
})
