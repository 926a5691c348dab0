import { appendItems, prepareEvents } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { HOUR } from '@baton/leads'
import { expect, test } from 'vitest'
import { onBoth, START } from './programme.ts'

/** Trigger by an event → so many minutes → exit. */
const graph = (event: string, minutes: number): FlowGraph =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: event, where: [], key: null } }],
      ['rest', 'wait', { until: { kind: 'duration', amount: minutes, unit: 'minutes' } }],
      ['out', 'exit', { label: 'Done' }],
    ],
    ['in.out>rest', 'rest.out>out'],
  )

onBoth('many whose time has come', (open) => {
  test('do not keep a small flow waiting whose time came after theirs: its people have their turns at once, however many those are', async () => {
    const world = await open()
    // A dozen batches on either database.
    const people = world.handle.kind === 'pg' ? 600 : 300
    await world.fields([])
    await world.flow('flw_huge', graph('many', 10))
    await world.flow('flw_small', graph('few', 11))
    const event = (type: string, id: string) => ({ id, type, props: {}, occurredAt: START, receivedAt: START })
    await prepareEvents(world.handle, [event('many', 'm')], START)
    const crowd = (await world.crowd(people)).map((contactId) => ({
      contactId,
      item: { kind: 'event' as const, at: START, event: event('many', `m${contactId}`) },
    }))
    await world.handle.transaction((tx) => appendItems(tx, crowd))
    await world.person('small@example.com')
    await world.tell('small@example.com', { kind: 'event', at: START, event: event('few', 'f') })
    await world.runner.drainUntilIdle()
    world.clock.advance(HOUR)
    const seen = { batches: 0, small: 0 }
    // A clock on which everybody takes a millisecond: what fits into a batch does not depend on the machine.
    let wall = Date.UTC(2100, 0)
    const worker = world.worker('two', {
      wall: () => wall++,
      leaseTtl: HOUR,
      onBatch: ({ steps }) => {
        seen.batches++
        if (steps.has('flw_small')) seen.small = seen.batches
      },
    })
    await worker.drainUntilIdle()
    expect(seen.small).toBeGreaterThan(0)
    // One batch of each part of the buckets that is worked on at the same time, or two.
    expect(seen.small).toBeLessThanOrEqual(6)
    expect(seen.batches).toBeGreaterThan(10)
    expect(await world.rows('select count(*) as n from enrolment where gen = 0')).toEqual([{ n: 0 }])
  })
})
