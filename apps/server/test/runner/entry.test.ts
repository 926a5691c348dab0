import { publishFlow, refusedAt, refusedOf, setShare, stopFlow } from '@baton/db'
import { type Condition, type FlowGraph, type FlowSettings, planHash, rollOutPlace } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { DAY, HOUR } from '@baton/leads'
import { expect, test } from 'vitest'
import { BY, onBoth, START, type World } from './programme.ts'

const free: Condition = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'free' }] }
/** A way in, two hours, the end. */
const graph = (on: object, settings: Partial<FlowSettings> = {}): FlowGraph =>
  buildGraph(
    [
      ['in', 'trigger', { v: 2, on }],
      ['rest', 'wait', { until: { kind: 'duration', amount: 2, unit: 'hours' } }],
      ['out', 'exit', { label: 'Done' }],
    ],
    ['in.out>rest', 'rest.out>out'],
    settings,
  )

async function people(world: World, n: number, fields: (i: number) => Record<string, string> = () => ({ plan: 'free' })): Promise<void> {
  await world.fields([
    { key: 'plan', label: 'Plan', type: 'text' },
    { key: 'renewal', label: 'Renewal', type: 'date' },
  ])
  for (let i = 0; i < n; i++) await world.person(`p${i}@example.com`, { fields: fields(i) })
}

/** Publishes with what a page would ask for. */
async function publish(world: World, id: string, more: Partial<Parameters<typeof publishFlow>[1]>): Promise<void> {
  const [flow] = await world.rows<{ rev: number; draft: FlowGraph }>('select draft_rev as rev, draft from flow where id = $1', [id])
  if (!flow) throw new Error(`no flow ${id}`)
  const at = world.clock.now()
  const publication = { id, rev: flow.rev, hash: planHash(flow.draft), notes: '', by: BY, at, enrolAt: [], ...more }
  await world.handle.transaction((tx) => publishFlow(tx, publication))
}

const entered = async (world: World): Promise<number[]> =>
  (await world.rows<{ at: number }>('select entered_at as at from enrolment order by entered_at, contact_id')).map(({ at }) => at)
const scans = (world: World) =>
  world.rows('select kind, status, found, total, occurrence, missed from scan where kind <> $1 order by started_at, occurrence', [
    'segment',
  ])

const hourly = { kind: 'schedule', segmentId: 'seg_free', every: { every: 'cron', pattern: '0 * * * *' } }
const again: Partial<FlowSettings> = { reentry: { when: 'always' }, whileInside: 'restart' }

onBoth('a schedule', (open) => {
  test('E-161 lets every member in at each of its times, exactly once', async () => {
    const world = await open()
    await people(world, 5, (i) => ({ plan: i < 3 ? 'free' : 'paid' }))
    await world.segment('seg_free', free)
    await world.flow('flw_a', graph(hourly, again))
    expect(await world.runner.drainUntilIdle()).toBe(START + HOUR)
    await world.runUntil(START + 2 * HOUR)
    expect(await entered(world)).toEqual([1, 1, 1, 2, 2, 2].map((n) => START + n * HOUR))
    expect(await scans(world)).toEqual(
      [1, 2].map((n) => ({ kind: 'schedule', status: 'done', found: 3, total: 3, occurrence: START + n * HOUR, missed: 0 })),
    )
    // Another process that comes late finds the time taken.
    const other = world.worker('two')
    await world.runner.stop()
    await other.drainUntilIdle()
    expect(await entered(world)).toHaveLength(6)
  })

  test('E-161 makes up only the latest time after a night away, and says how many were missed', async () => {
    const world = await open()
    await people(world, 2)
    await world.segment('seg_free', free)
    await world.flow('flw_a', graph(hourly, again))
    await world.runner.drainUntilIdle()
    await world.runner.stop()
    world.clock.advance(9 * HOUR + 60_000)
    await world.worker('two').drainUntilIdle()
    expect(await scans(world)).toEqual([{ kind: 'schedule', status: 'done', found: 2, total: 2, occurrence: START + 9 * HOUR, missed: 8 }])
    expect(await world.next()).toBe(START + 10 * HOUR)
  })

  test('E-161 is forgotten while the flow does not run, and planned anew with another recurrence', async () => {
    const world = await open()
    await people(world, 1)
    await world.segment('seg_free', free)
    await world.flow('flw_a', graph(hourly, again))
    await world.runner.drainUntilIdle()
    await world.handle.transaction((tx) => stopFlow(tx, { id: 'flw_a', how: 'drain', by: BY, at: START }))
    await world.runner.drainUntilIdle()
    expect(await world.rows('select * from schedule')).toEqual([])
    const daily = graph({ ...hourly, every: { every: 'day', time: '12:30' } }, again)
    await world.rows('update flow set draft = $1::jsonb where id = $2', [JSON.stringify(daily), 'flw_a'])
    await publish(world, 'flw_a', {})
    await world.runner.drainUntilIdle()
    const [row] = await world.rows<{ nextAt: number }>('select next_at as "nextAt" from schedule')
    expect(new Date((row?.nextAt ?? 0) + offset(row?.nextAt ?? 0)).toISOString().slice(11, 16)).toBe('12:30')
  })
})

/** The workspace's zone in these tests is the default of a new database. */
function offset(at: number): number {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'short' }).format(at)
  return Date.parse(`${parts.replace(' ', 'T')}:00Z`) - at
}

onBoth('a date', (open) => {
  const before = { kind: 'date', field: 'renewal', amount: 1, unit: 'days', side: 'before', time: '10:00' }

  test('E-160 is planned at publish for all who have it, fires at its time, and follows a change', async () => {
    const world = await open()
    await people(world, 3, (i): Record<string, string> => (i === 0 ? {} : { renewal: `2026-03-0${i + 3}` }))
    await world.flow('flw_a', graph(before))
    await publish(world, 'flw_a', { dated: [{ node: 'in', field: 'renewal' }] })
    await world.runner.drainUntilIdle()
    expect(await scans(world)).toMatchObject([{ kind: 'dates', status: 'done', found: 2, total: 2 }])
    await world.tell('p2@example.com', {
      kind: 'fields',
      at: world.clock.now(),
      set: { renewal: '2026-03-07' },
      source: { kind: 'user', id: 'u' },
    })
    await world.runUntil(START + 7 * DAY)
    const ten = Date.parse('2026-03-03T10:00:00Z')
    expect(await entered(world)).toEqual([ten, ten + 3 * DAY])
    const reasons = await world.journal()
    expect(reasons.filter((it) => it.node === 'in').map((it) => it.reason.code)).toEqual(['trigger.date', 'trigger.date'])
  })
})

onBoth('a staged roll-out', (open) => {
  test('E-164 lets in who stands below the share; those who wait come in when it grows, once', async () => {
    const world = await open()
    await people(world, 40, () => ({ plan: 'paid' }))
    await world.segment('seg_free', free)
    await world.runner.drainUntilIdle()
    await world.flow('flw_a', graph({ kind: 'segment', segmentId: 'seg_free' }, again))
    await publish(world, 'flw_a', { share: 0.25 })
    for (let i = 0; i < 40; i++) {
      const source = { kind: 'user', id: 'u' } as const
      await world.tell(`p${i}@example.com`, { kind: 'fields', at: START, set: { plan: 'free' }, source })
    }
    await world.runner.drainUntilIdle()
    const keys = Array.from({ length: 40 }, (_, i) => `p${i}@example.com`)
    const within = (share: number) => keys.filter((key) => rollOutPlace(key, 'flw_a') < share).length
    expect(await entered(world)).toHaveLength(within(0.25))
    expect(await world.rows('select * from refused')).toEqual([])

    const segments = [{ node: 'in', segmentId: 'seg_free' }]
    const raise = (share: number) =>
      world.handle.transaction((tx) => setShare(tx, { id: 'flw_a', share, by: BY, at: world.clock.now(), segments }))
    expect(await raise(0.6)).toBe(0.25)
    await world.runner.drainUntilIdle()
    expect(await entered(world)).toHaveLength(within(0.6))
    expect(await raise(1)).toBe(0.6)
    await world.runner.drainUntilIdle()
    expect(await entered(world)).toHaveLength(40)
    expect((await scans(world)).map(({ kind, found }) => [kind, found])).toEqual([
      ['publish', within(0.6) - within(0.25)],
      ['publish', 40 - within(0.6)],
    ])
  })

  test('E-164 members from before the publish stay out where only new ones were asked for', async () => {
    const world = await open()
    await people(world, 6)
    await world.segment('seg_free', free)
    await world.runner.drainUntilIdle()
    world.clock.advance(HOUR)
    await world.flow('flw_a', graph({ kind: 'segment', segmentId: 'seg_free' }))
    await publish(world, 'flw_a', { share: 0 })
    const segments = [{ node: 'in', segmentId: 'seg_free' }]
    await world.handle.transaction((tx) => setShare(tx, { id: 'flw_a', share: 1, by: BY, at: world.clock.now(), segments }))
    await world.runner.drainUntilIdle()
    expect(await entered(world)).toEqual([])
  })

  test('E-164 what happens once outside the share is kept with its reason', async () => {
    const world = await open()
    await people(world, 1)
    await world.flow('flw_a', graph({ kind: 'event', type: 'asked' }))
    await publish(world, 'flw_a', { share: 0 })
    const event = { id: 'e1', type: 'asked', props: {}, occurredAt: START, receivedAt: START }
    await world.tell('p0@example.com', { kind: 'event', at: START, event })
    await world.runner.drainUntilIdle()
    const [person] = await world.rows<{ id: number }>('select id from contact')
    expect(await refusedOf(world.handle, { contactId: person?.id ?? 0, limit: 5 })).toEqual([
      { flowId: 'flw_a', flow: 'flw_a', node: 'in', at: START, why: 'not-in-roll-out' },
    ])
    expect(await refusedAt(world.handle, { flowId: 'flw_a', since: START, limit: 5 })).toEqual({
      counts: [{ why: 'not-in-roll-out', n: 1 }],
      latest: [{ contactId: person?.id, key: 'p0@example.com', at: START, why: 'not-in-roll-out' }],
    })
  })
})
