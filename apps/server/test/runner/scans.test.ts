import { cancelScan, type Handle, listScans, pauseFlow, resumeFlow, resumeScan, startScan, stepScan, stopFlow } from '@baton/db'
import type { Condition, FlowGraph } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { HOUR } from '@baton/leads'
import { expect, test } from 'vitest'
import { BY, onBoth, START, type World } from './programme.ts'

const inBerlin: Condition = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'city' }, op: 'is', value: 'Berlin' }] }
const asks = { kind: 'event', type: 'asked', where: [], key: null }

/** Trigger → two hours → until they are asked for by an event of their own kind → exit. */
const graph = (on: object): FlowGraph =>
  buildGraph(
    [
      ['in', 'trigger', { on }],
      ['rest', 'wait', { until: { kind: 'duration', amount: 2, unit: 'hours' } }],
      ['out', 'exit', { label: 'Done' }],
    ],
    ['in.out>rest', 'rest.out>out'],
  )
const bySegment = graph({ kind: 'segment', segmentId: 'seg_b' })

async function berliners(world: World, n: number): Promise<void> {
  await world.fields([{ key: 'city', label: 'City', type: 'text' }])
  for (let i = 0; i < n; i++) await world.person(`p${i}@example.com`, { fields: { city: i % 2 === 0 ? 'Berlin' : 'Paris' } })
}

const inside = (world: World) => world.rows('select node, due_at as due, end_how as how from enrolment order by id')
const scans = async (world: World) =>
  (await world.rows('select kind, status, done, found, total from scan order by started_at, kind')) as { kind: string; status: string }[]

onBoth('a background pass', (open) => {
  test('finds the members of a new segment, and lets those who match into a published flow', async () => {
    const world = await open()
    await berliners(world, 6)
    await world.segment('seg_b', inBerlin)
    await world.flow('flw_a', bySegment, [{ node: 'in', segmentId: 'seg_b' }])
    await world.runner.drainUntilIdle()
    expect(await world.rows('select status, count from segment')).toEqual([{ status: 'ready', count: 3 }])
    expect(await inside(world)).toEqual(Array.from({ length: 3 }, () => ({ node: 'rest', due: START + 2 * HOUR, how: null })))
    expect((await scans(world)).map(({ kind, status }) => ({ kind, status }))).toEqual([
      { kind: 'publish', status: 'done' },
      { kind: 'segment', status: 'done' },
    ])
  })

  test('does not let anybody in who matched before, unless asked to', async () => {
    const world = await open()
    await berliners(world, 4)
    await world.segment('seg_b', inBerlin)
    await world.runner.drainUntilIdle()
    await world.flow('flw_a', bySegment)
    await world.runner.drainUntilIdle()
    expect(await inside(world)).toEqual([])
    await world.tell('p1@example.com', { kind: 'fields', at: START, set: { city: 'BERLIN' }, source: { kind: 'user', id: 'u' } })
    await world.runner.drainUntilIdle()
    expect(await inside(world)).toHaveLength(1)
  })

  test('goes on chunk by chunk, can be cancelled, and is never done twice', async () => {
    const world = await open()
    await berliners(world, 10)
    await world.segment('seg_b', inBerlin)
    const [scan] = await listScans(world.handle, { segmentId: 'seg_b' })
    const id = scan?.id ?? ''
    expect(await stepScan(world.handle, id, START, 4)).toBe('more')
    expect(await listScans(world.handle, { segmentId: 'seg_b' })).toMatchObject([{ done: 4, total: 10, status: 'running' }])
    expect(await cancelScan(world.handle, id, START)).toEqual({ kind: 'segment', flowId: null, segmentId: 'seg_b', done: 4 })
    expect(await cancelScan(world.handle, id, START)).toBeUndefined()
    expect(await stepScan(world.handle, id, START, 4)).toBe('waiting')
    expect(await world.rows('select count(*) as n from inbox')).toEqual([{ n: 4 }])
  })

  test('tells the next people only when those before had their turns, so that the inbox never fills', async () => {
    const world = await open()
    await berliners(world, 10)
    await world.segment('seg_b', inBerlin)
    const [scan] = await listScans(world.handle, { segmentId: 'seg_b' })
    const id = scan?.id ?? ''
    expect(await stepScan(world.handle, id, START, 4)).toBe('more')
    expect(await stepScan(world.handle, id, START, 4)).toBe('waiting')
    expect(await world.rows('select count(*) as n from inbox')).toEqual([{ n: 4 }])
    await world.rows('delete from inbox')
    expect(await stepScan(world.handle, id, START, 4)).toBe('more')
    expect(await world.rows('select count(*) as n from inbox')).toEqual([{ n: 4 }])
    await world.runner.drainUntilIdle()
    expect(await scans(world)).toMatchObject([{ kind: 'segment', status: 'done', done: 10, total: 10 }])
  })

  test('that was stopped leaves inside who came in, and lets in the rest when asked to', async () => {
    const world = await open()
    await berliners(world, 12)
    await world.segment('seg_b', inBerlin)
    await world.runner.drainUntilIdle()
    await world.flow('flw_a', bySegment, [{ node: 'in', segmentId: 'seg_b' }])
    const [scan] = await listScans(world.handle, { flowId: 'flw_a' })
    const id = scan?.id ?? ''
    await stepScan(world.handle, id, START, 2)
    await world.handle.transaction((tx) => cancelScan(tx, id, START))
    await world.runner.drainUntilIdle()
    expect(await inside(world)).toHaveLength(2)
    expect(await world.handle.transaction((tx) => resumeScan(tx, id))).toBe('flw_a')
    expect(await world.handle.transaction((tx) => resumeScan(tx, id))).toBeUndefined()
    await world.runner.drainUntilIdle()
    expect(await inside(world)).toHaveLength(6)
    expect(await listScans(world.handle, { flowId: 'flw_a' })).toMatchObject([{ status: 'done', done: 6, found: 6, total: 6 }])
    expect(await world.handle.transaction((tx) => resumeScan(tx, id))).toBeUndefined()
  })

  test('that was begun anew, or whose flow lets nobody in, cannot go on', async () => {
    const world = await open()
    await berliners(world, 4)
    await world.segment('seg_b', inBerlin)
    await world.runner.drainUntilIdle()
    await world.flow('flw_a', bySegment, [{ node: 'in', segmentId: 'seg_b' }])
    const [older] = await listScans(world.handle, { flowId: 'flw_a' })
    world.clock.advance(HOUR)
    const [newer] = await world.handle.transaction(async (tx) => {
      await startScan(tx, { kind: 'publish', flowId: 'flw_a', segmentId: 'seg_b', node: 'in', by: BY, at: world.clock.now() })
      return listScans(tx, { flowId: 'flw_a' })
    })
    expect(await world.handle.transaction((tx) => resumeScan(tx, older?.id ?? ''))).toBeUndefined()
    await world.handle.transaction((tx) => cancelScan(tx, newer?.id ?? '', START))
    await world.handle.transaction((tx) => stopFlow(tx, { id: 'flw_a', how: 'leave', by: BY, at: START }))
    expect(await world.handle.transaction((tx) => resumeScan(tx, newer?.id ?? ''))).toBeUndefined()
  })

  test('of many people keeps nobody waiting: an event has its turn within three batches', async () => {
    const world = await open()
    const people = world.handle.kind === 'pg' ? 700 : 400
    await world.fields([{ key: 'city', label: 'City', type: 'text' }])
    await world.crowd(people, { city: 'Berlin' })
    await world.segment('seg_b', inBerlin)
    await world.flow('flw_small', graph(asks))
    await world.person('small@example.com')
    await world.runner.drainUntilIdle()
    await world.flow('flw_huge', bySegment, [{ node: 'in', segmentId: 'seg_b' }])
    const event = { id: 'e', type: 'asked', props: {}, occurredAt: START, receivedAt: START }
    const seen = { batches: 0, told: 0, came: 0 }
    const telling = (handle: Handle): Handle => ({
      ...handle,
      // Of a database spread over machines, each.
      near: (bucket) => telling(handle.near(bucket)),
      transaction: async (work) => {
        // Behind the first portion, which is as large as a batch is guessed to be.
        if (seen.batches >= 10 && seen.told === 0) {
          seen.told = seen.batches
          await world.tell('small@example.com', { kind: 'event', at: START, event })
        }
        return handle.transaction(work)
      },
    })
    const handle = telling(world.handle)
    // A clock on which everybody takes a millisecond: what fits into a batch does not depend on the machine.
    let wall = Date.UTC(2100, 0)
    const worker = world.worker('two', {
      handle,
      wall: () => wall++,
      leaseTtl: HOUR,
      onBatch: ({ steps }) => {
        seen.batches++
        if (steps.has('flw_small')) seen.came = seen.batches
      },
    })
    await worker.drainUntilIdle()
    expect(seen.told).toBeGreaterThanOrEqual(10)
    // Where every bucket has batches of its own: before the second portion of five hundred.
    expect(seen.came - seen.told).toBeLessThanOrEqual(world.handle.spread ? 500 : 3)
    expect(seen.batches).toBeGreaterThan(seen.came)
    expect(await world.rows(`select count(*) as n from enrolment where flow_id = 'flw_huge'`)).toEqual([{ n: people }])
  })
})

onBoth('a flow', (open) => {
  test('that is paused takes no step; what came in and what fell due is handled at resume, the wait longer by the pause', async () => {
    const world = await open()
    await world.fields([])
    await world.flow('flw_a', graph(asks))
    await world.person('p@example.com')
    const event = { id: 'e1', type: 'asked', props: {}, occurredAt: START, receivedAt: START }
    await world.tell('p@example.com', { kind: 'event', at: START, event })
    await world.runner.drainUntilIdle()
    world.clock.advance(HOUR)
    await world.handle.transaction((tx) => pauseFlow(tx, { id: 'flw_a', by: BY, at: world.clock.now() }))
    await world.runUntil(START + 4 * HOUR)
    expect(await inside(world)).toMatchObject([{ node: 'rest', how: null }])
    expect(await world.rows('select * from wheel')).toEqual([])
    await world.handle.transaction((tx) => resumeFlow(tx, { id: 'flw_a', by: BY, at: world.clock.now() }))
    expect(await world.runner.drainUntilIdle()).toBe(START + 5 * HOUR)
    await world.runUntil(START + 5 * HOUR)
    expect(await inside(world)).toEqual([{ node: 'out', due: null, how: 'finished' }])
  })

  test('that is stopped: nobody enters, and everybody leaves, or goes on to the end', async () => {
    const world = await open()
    await world.fields([])
    await world.flow('flw_drain', graph(asks))
    await world.flow('flw_leave', graph(asks))
    for (const key of ['p@example.com', 'q@example.com']) {
      await world.person(key)
      const event = { id: key, type: 'asked', props: {}, occurredAt: START, receivedAt: START }
      await world.tell(key, { kind: 'event', at: START, event })
    }
    await world.runner.drainUntilIdle()
    await world.handle.transaction((tx) => stopFlow(tx, { id: 'flw_drain', how: 'drain', by: BY, at: START }))
    await world.handle.transaction((tx) => stopFlow(tx, { id: 'flw_leave', how: 'leave', by: BY, at: START }))
    await world.person('late@example.com')
    const event = { id: 'late', type: 'asked', props: {}, occurredAt: START, receivedAt: START }
    await world.tell('late@example.com', { kind: 'event', at: START, event })
    await world.runner.drainUntilIdle()
    const ends = () => world.rows('select flow_id as flow, end_how as how from enrolment order by 1')
    const two = (flow: string, how: string | null) => Array.from({ length: 2 }, () => ({ flow, how }))
    expect(await ends()).toEqual([...two('flw_drain', null), ...two('flw_leave', 'flow-stopped')])
    await world.runUntil(START + 2 * HOUR)
    expect(await ends()).toEqual([...two('flw_drain', 'finished'), ...two('flw_leave', 'flow-stopped')])
  })

  test('that is stopped: everybody leaves now, also whom a batch had no time for', async () => {
    const world = await open()
    await world.fields([])
    await world.flow('flw_leave', graph(asks))
    for (let i = 0; i < 5; i++) {
      await world.person(`p${i}@example.com`)
      const event = { id: `e${i}`, type: 'asked', props: {}, occurredAt: START, receivedAt: START }
      await world.tell(`p${i}@example.com`, { kind: 'event', at: START, event })
    }
    let wall = 0
    const slow = world.worker('slow', { wall: () => (wall += 1000), leaseTtl: 10_000_000 })
    await slow.drainUntilIdle()
    await world.handle.transaction((tx) => stopFlow(tx, { id: 'flw_leave', how: 'leave', by: BY, at: START }))
    await slow.drainUntilIdle()
    expect(await inside(world)).toMatchObject(Array.from({ length: 5 }, () => ({ how: 'flow-stopped' })))
  })

  test('wakes by time alone: a condition that looks back a day is asked again when it may have changed', async () => {
    const world = await open()
    const quiet: Condition = {
      combinator: 'and',
      rules: [{ subject: { kind: 'event', type: 'asked', where: [], window: { kind: 'days', days: 1 } }, op: 'is', value: 0 }],
    }
    await world.fields([])
    await world.segment('seg_b', quiet)
    await world.flow('flw_a', bySegment)
    await world.person('p@example.com')
    const event = { id: 'e', type: 'asked', props: {}, occurredAt: START, receivedAt: START }
    await world.tell(
      'p@example.com',
      { kind: 'event', at: START, event },
      { kind: 'created', at: START, source: { kind: 'system', id: 's' } },
    )
    await world.runUntil(START + 23 * HOUR)
    expect(await inside(world)).toEqual([])
    await world.runUntil(START + 25 * HOUR)
    expect(await inside(world)).toHaveLength(1)
  })
})
