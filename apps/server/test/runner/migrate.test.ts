import {
  cancelScan,
  listScans,
  migrationsOf,
  nodeCounts,
  publishFlow,
  resumeScan,
  type StoredMigration,
  startScan,
  stepScan,
} from '@baton/db'
import { type FlowGraph, planHash, UNDECIDED } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { HOUR } from '@baton/leads'
import { expect, test } from 'vitest'
import { BY, onBoth, START, type World } from './programme.ts'

const DAY = 24 * HOUR
const asks = ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }] as const
const rest = (id: string, until: object) => [id, 'wait', { until }] as const
const mail = (id: string) => [id, 'send-email', { templateId: 'tpl_a', ifNotSent: 'skip' }] as const
const end = ['out', 'exit', { label: 'Done' }] as const
const days = (amount: number) => ({ kind: 'duration', amount, unit: 'days' })
const hours = (amount: number) => ({ kind: 'duration', amount, unit: 'hours' })
const answered = {
  kind: 'event',
  timeOut: { amount: 9, unit: 'days' },
  branches: [{ id: 'yes', name: 'Yes', match: { kind: 'event', type: 'answered' } }],
}

/** A wait of every sort, one behind the other: by what people did they stand at one of them each. */
const MODES = {
  elapsed: hours(40),
  day: days(3),
  date: { kind: 'date', date: '2026-04-01' },
  field: { kind: 'date-field', field: 'renews' },
  time: { kind: 'time', time: '18:00' },
  window: { kind: 'window', hours: { kind: 'own', weekdays: [7], from: '09:00', to: '17:00' } },
  event: answered,
} as const

type Plan = Omit<StoredMigration, 'id'>
const plan = (answers: Plan['answers'] = {}): Plan => ({ answers, people: 0, same: 0, goOn: 0, leave: 0, stay: 0, again: 0, atOnce: 0 })

async function publish(world: World, id: string, graph: FlowGraph, migration?: Plan): Promise<number> {
  return world.handle.transaction(async (tx) => {
    const [flow] = await tx.query<{ rev: number }>(
      'update flow set draft = $2::jsonb, draft_rev = draft_rev + 1 where id = $1 returning draft_rev as rev',
      [id, JSON.stringify(graph)],
    )
    const made = await publishFlow(tx, {
      id,
      rev: flow?.rev ?? 0,
      hash: planHash(graph),
      notes: '',
      by: BY,
      at: world.clock.now(),
      enrolAt: [],
      migration,
    })
    if (typeof made === 'string') throw new Error(made)
    return made.version
  })
}

/** People who asked, and so are inside, at the first wait. */
async function enter(world: World, flow: string, graph: FlowGraph, n: number): Promise<string[]> {
  await world.fields([{ key: 'renews', label: 'Renews', type: 'date' }])
  await world.rows(
    `insert into template (id, name, purpose, created_at, updated_at) values ('tpl_a', 'A', 'transactional', 0, 0) on conflict do nothing`,
  )
  await world.flow(flow, graph)
  const keys = Array.from({ length: n }, (_, i) => `${flow}${i}@example.com`)
  for (const key of keys) {
    await world.person(key, { fields: { email: key, renews: '2026-05-01' }, consent: { marketing: true } })
    const now = world.clock.now()
    await world.tell(key, { kind: 'event', at: now, event: { id: key, type: 'asked', props: {}, occurredAt: now, receivedAt: now } })
  }
  await world.runner.drainUntilIdle()
  return keys
}

const places = async (world: World, flow = 'flw_a') =>
  Object.fromEntries(
    (
      await world.rows<{ at: string; n: number }>(
        `select version || ' ' || node as at, count(*)::int as n from enrolment where flow_id = $1 and gen = 0 group by 1 order by 1`,
        [flow],
      )
    ).map(({ at, n }) => [at, n]),
  )

/** Who is at a node by the counts that pages show. */
const counted = async (world: World, flow = 'flw_a') => {
  const here: Record<string, number> = {}
  for (const { node, port, n } of await nodeCounts(world.handle, flow)) {
    if (port !== UNDECIDED) here[node] = (here[node] ?? 0) + (port === '' ? n : -n)
  }
  return Object.fromEntries(Object.entries(here).filter(([, n]) => n !== 0))
}

/** Nobody twice for one key, and nobody set aside. */
async function noneTwice(world: World): Promise<void> {
  expect(await world.rows('select key, count(*) as n from send group by key having count(*) > 1')).toEqual([])
  expect(await world.rows('select * from dead')).toEqual([])
  expect(await world.rows(`select id from enrolment where vars ? 'parked'`)).toEqual([])
}

const line = (...nodes: Parameters<typeof buildGraph>[0]) => {
  const ways: Record<string, string> = { 'send-email': 'sent' }
  return buildGraph(
    [asks, ...nodes, end],
    [asks, ...nodes].map((node, i) => `${node[0]}.${ways[node[1]] ?? 'out'}>${[...nodes, end][i]?.[0]}`),
  )
}

onBoth('a publish over people in flight', (open) => {
  test.each(Object.keys(MODES))('takes them along in place from and to every sort of wait: %s', async (from) => {
    const world = await open()
    const waits = (id: keyof typeof MODES) =>
      id === 'event'
        ? buildGraph([asks, rest('w', MODES.event), mail('m'), end], ['in.out>w', 'w.yes>m', 'w.time-out>m', 'm.sent>out'])
        : id === 'date' || id === 'field'
          ? buildGraph(
              [asks, rest('w', MODES[id]), mail('m'), end],
              ['in.out>w', 'w.out>m', 'm.sent>out', ...(id === 'field' ? ['w.no-date>out'] : [])],
            )
          : line(rest('w', MODES[id]), mail('m'))
    const modes = Object.keys(MODES) as (keyof typeof MODES)[]
    await enter(world, 'flw_a', waits(from as keyof typeof MODES), 4)
    expect(await places(world)).toEqual({ '1 w': 4 })
    for (const [i, to] of modes.entries()) {
      world.clock.advance(HOUR / 4)
      await publish(world, 'flw_a', waits(to), plan())
      await world.runner.drainUntilIdle()
      expect([to, await places(world), await counted(world)]).toEqual([to, { [`${i + 2} w`]: 4 }, { w: 4 }])
    }
    await world.runUntil(START + 90 * DAY)
    expect(await places(world)).toEqual({})
    expect(await world.rows('select count(*) as n, count(distinct key) as keys from send')).toEqual([{ n: 4, keys: 4 }])
    await noneTwice(world)
  })

  test('before and after: those at a step stay, go on, leave or stay on the old version, as answered, and nobody else', async () => {
    const world = await open()
    const one = line(rest('a', hours(10)), rest('b', hours(1)), mail('m'))
    const keys = await enter(world, 'flw_a', one, 5)
    // Two more a while later, who still are at the first wait when the others are at the second.
    world.clock.advance(10 * HOUR)
    await world.runner.drainUntilIdle()
    for (const key of ['x@example.com', 'y@example.com']) {
      await world.person(key, { fields: { email: key } })
      const now = world.clock.now()
      await world.tell(key, { kind: 'event', at: now, event: { id: key, type: 'asked', props: {}, occurredAt: now, receivedAt: now } })
    }
    await world.runner.drainUntilIdle()
    expect(await places(world)).toEqual({ '1 a': 2, '1 b': 5 })
    const two = line(rest('a', hours(2)), rest('c', hours(3)), mail('m'))
    await publish(world, 'flw_a', two, plan({ b: { do: 'go-on', node: 'c' } }))
    await world.runner.drainUntilIdle()
    expect(await places(world)).toEqual({ '2 a': 2, '2 c': 5 })
    expect(await counted(world)).toEqual({ a: 2, c: 5 })
    await publish(world, 'flw_a', line(mail('m')), plan({ a: { do: 'leave' }, c: { do: 'stay' } }))
    await world.runner.drainUntilIdle()
    expect(await places(world)).toEqual({ '2 c': 5 })
    expect(await world.rows('select end_how as how, count(*) as n from enrolment where gen > 0 group by 1')).toEqual([
      { how: 'migrated', n: 2 },
    ])
    await world.runUntil(START + 3 * DAY)
    expect(await places(world)).toEqual({})
    expect(await world.rows('select count(*) as n, count(distinct key) as keys from send')).toEqual([{ n: keys.length, keys: keys.length }])
    await noneTwice(world)
  })

  test('goes on where it was stopped, and moves nobody twice', async () => {
    const world = await open()
    await enter(world, 'flw_a', line(rest('a', hours(10))), 6)
    await publish(world, 'flw_a', line(rest('a', hours(20))), plan())
    const [scan] = await listScans(world.handle, { flowId: 'flw_a' })
    const id = scan?.id ?? ''
    expect(scan).toMatchObject({ kind: 'migrate', version: 2, total: 6 })
    expect(await stepScan(world.handle, id, START, 2)).toBe('more')
    await world.handle.transaction((tx) => cancelScan(tx, id, START))
    await world.runner.drainUntilIdle()
    expect(await places(world)).toEqual({ '1 a': 4, '2 a': 2 })
    expect(await world.handle.transaction((tx) => resumeScan(tx, id))).toBe('flw_a')
    await world.runner.drainUntilIdle()
    expect(await places(world)).toEqual({ '2 a': 6 })
    expect(await world.rows(`select count(*) as n from journal j where j.steps::text like '%"migrated"%'`)).toEqual([{ n: 6 }])
  })

  test('ends the older of two, and takes along those it had moved and those it had not', async () => {
    const world = await open()
    await enter(world, 'flw_a', line(rest('a', hours(10))), 6)
    await publish(world, 'flw_a', line(rest('a', hours(20))), plan())
    const [older] = await listScans(world.handle, { flowId: 'flw_a' })
    await stepScan(world.handle, older?.id ?? '', START, 2)
    world.clock.advance(1000)
    await publish(world, 'flw_a', line(rest('a', hours(30))), plan())
    await world.runner.drainUntilIdle()
    expect((await listScans(world.handle, { flowId: 'flw_a' })).map((it) => [it.version, it.status])).toEqual([
      [3, 'done'],
      [2, 'cancelled'],
    ])
    expect(await places(world)).toEqual({ '3 a': 6 })
    expect(await world.handle.transaction((tx) => resumeScan(tx, older?.id ?? ''))).toBeUndefined()
  })

  test('is taken back for whom no step was taken since: the same step, the same wait; the others stay', async () => {
    const world = await open()
    await enter(world, 'flw_a', line(rest('a', hours(10)), rest('b', hours(10)), mail('m')), 4)
    const dues = () => world.rows('select id, node, version, due_at as due from enrolment where gen = 0 order by id')
    const before = await dues()
    // A fifth who is further on after an hour in the new version.
    await world.rows(`update enrolment set node_since = node_since - $1::bigint where id = (select min(id) from enrolment)`, [HOUR])
    const version = await publish(world, 'flw_a', line(rest('a', hours(20)), rest('b', hours(10)), mail('m')), plan())
    await world.runner.drainUntilIdle()
    expect(await places(world)).toEqual({ '2 a': 4 })
    const [made] = await migrationsOf(world.handle, 'flw_a')
    expect(made?.version).toBe(version)
    const [first] = await world.rows<{ key: string }>(
      'select c.key from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id order by e.id limit 1',
    )
    const now = world.clock.now()
    await world.tell(first?.key ?? '', { kind: 'move', at: now, flowId: 'flw_a', key: '', node: 'b', source: { kind: 'user', id: 'u' } })
    await world.runner.drainUntilIdle()
    await world.handle.transaction((tx) => startScan(tx, { kind: 'migrate-back', flowId: 'flw_a', version, by: BY, at: now }))
    await world.runner.drainUntilIdle()
    expect(await places(world)).toEqual({ '1 a': 3, '2 b': 1 })
    expect((await dues()).slice(1)).toEqual(before.slice(1))
    expect((await listScans(world.handle, { flowId: 'flw_a' })).find((it) => it.kind === 'migrate-back')).toMatchObject({
      done: 3,
      found: 3,
      total: 3,
      status: 'done',
    })
    await world.runUntil(START + 3 * DAY)
    expect(await world.rows('select count(*) as n, count(distinct key) as keys from send')).toEqual([{ n: 4, keys: 4 }])
    await noneTwice(world)
  })
})
