import { openDatabase } from '@baton/db'
import { freshDatabase } from '@baton/db/testing'
import { buildGraph } from '@baton/engine/testing'
import { pino } from 'pino'
import { expect, inject, test } from 'vitest'
import { createPlans } from '../../src/runner/index.ts'
import { createKeeper } from '../../src/runner/keeper.ts'
import { START, World } from './programme.ts'

const TTL = 1000
const flow = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
    ['points', 'score', { dimension: 'fit', points: 5 }],
    ['rest', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }],
    ['out', 'exit', { label: 'Done' }],
  ],
  ['in.out>points', 'points.out>rest', 'rest.out>out'],
)

const count = (lanes: readonly { kind: string; from?: number; to?: number }[]) =>
  lanes.reduce((sum, lane) => sum + ((lane.to ?? 0) - (lane.from ?? 0) + 1), 0)

test('workers on one PostgreSQL share the buckets fairly, and take over those of one that is gone', async () => {
  await using made = await freshDatabase(inject('postgres'))
  const handle = await openDatabase({ url: made.url })
  await handle.migrate()
  let now = START
  const keeper = (owner: string) => createKeeper({ handle, owner, wall: () => now, ttl: TTL })
  const [one, two, three] = [keeper('one'), keeper('two'), keeper('three')]

  await one.refresh()
  expect(one.lanes()).toEqual([{ kind: 'span', from: 0, to: 1023 }])
  await two.refresh()
  expect(count(two.lanes())).toBe(0)
  await one.refresh()
  await two.refresh()
  expect([count(one.lanes()), count(two.lanes())]).toEqual([512, 512])
  await three.refresh()
  await one.refresh()
  await two.refresh()
  await three.refresh()
  const shares = [one, two, three].map((it) => count(it.lanes()))
  expect(shares.reduce((a, b) => a + b)).toBe(1024)
  expect(Math.max(...shares)).toBeLessThanOrEqual(384)

  now += TTL + 1 // 'two' is silent
  await one.refresh()
  await three.refresh()
  await one.refresh()
  await three.refresh()
  expect([one, three].map((it) => count(it.lanes()))).toEqual([512, 512])
  await two.refresh()
  expect(count(two.lanes())).toBe(0)
  await one.release()
  await three.release()
  await handle.close()
})

test('two runners over the same contacts do each turn once', async () => {
  await using made = await freshDatabase(inject('postgres'))
  const handle = await openDatabase({ url: made.url })
  await handle.migrate()
  const world = new World(handle, async () => {})
  const log = pino({ level: 'silent' })
  await world.fields([])
  await world.flow('flw_a', flow)
  const people = Array.from({ length: 200 }, (_, i) => `p${i}@example.com`)
  for (const key of people) {
    await world.person(key)
    await world.tell(key, { kind: 'event', at: START, event: { id: key, type: 'asked', props: {}, occurredAt: START, receivedAt: START } })
  }
  const other = await openDatabase({ url: made.url })
  const second = world.worker('two', { handle: other, plans: createPlans({ handle: other, log }) })
  await world.runner.start()
  await second.start()
  const done = async () => (await world.rows<{ n: number }>(`select count(*) as n from enrolment where node = 'rest'`))[0]?.n
  await expect.poll(done).toBe(200)
  world.clock.advance(3_600_000)
  const ended = async () => (await world.rows<{ n: number }>('select count(*) as n from enrolment where gen > 0'))[0]?.n
  await expect.poll(ended).toBe(200)
  await Promise.all([world.runner.stop(), second.stop()])
  expect(await world.rows('select count(*) as n, sum(points)::int as points from ledger')).toEqual([{ n: 200, points: 100_000 }])
  expect(await world.rows('select sum(json_array_length(steps))::int as steps from journal')).toEqual([{ steps: 800 }])
  expect(await world.rows(`select count(*) as n from lease where expires_at > 0`)).toEqual([{ n: 0 }])
  expect(await world.rows('select * from worker')).toEqual([])
  await other.close()
  await handle.close()
})
