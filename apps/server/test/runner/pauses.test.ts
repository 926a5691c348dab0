import { type PauseChoice, pauseFlow, resumeFlow } from '@baton/db'
import type { FlowGraph, InboxItem } from '@baton/engine'
import { expect, test } from 'vitest'
import { BY, onBoth, START, type World } from './programme.ts'

const HOUR = 3_600_000
const settings: FlowGraph['settings'] = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }

/** Comes in by `asked`, waits six hours or for `page`, leaves. */
const flow: FlowGraph = {
  format: 1,
  settings,
  nodes: [
    { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 1, on: { kind: 'event', type: 'asked', where: [], key: null } } },
    {
      id: 'rest',
      type: 'wait',
      position: { x: 0, y: 88 },
      data: {
        v: 2,
        slot: 1,
        until: {
          kind: 'event',
          branches: [{ id: 'page', name: '', match: { kind: 'event', type: 'page', where: [] } }],
          timeOut: { amount: 6, unit: 'hours' },
        },
      },
    },
    { id: 'out', type: 'exit', position: { x: 0, y: 176 }, data: { v: 1, label: 'Done' } },
  ],
  edges: [
    { id: 'e1', source: 'in', sourceHandle: 'out', target: 'rest' },
    { id: 'e2', source: 'rest', sourceHandle: 'page', target: 'out' },
    { id: 'e3', source: 'rest', sourceHandle: 'time-out', target: 'out' },
  ],
}
const did = (type: string, hours: number): InboxItem => {
  const at = START + hours * HOUR
  return { kind: 'event', at, event: { id: `${type}-${hours}`, type, props: {}, occurredAt: at, receivedAt: at } }
}

/** Paused from hour 5 to hour 8; how everybody left the wait, and when in hours. */
async function run(world: World, choice: PauseChoice, pageAt: number | null): Promise<[string, number][]> {
  await world.fields([])
  await world.flow('flw_a', flow)
  await world.person('p@example.com')
  await world.tell('p@example.com', did('asked', 0))
  await world.runner.drainUntilIdle()
  await world.runUntil(START + 5 * HOUR)
  await world.handle.transaction((tx) => pauseFlow(tx, { id: 'flw_a', choice, by: BY, at: world.clock.now() }))
  if (pageAt !== null) {
    await world.runUntil(START + pageAt * HOUR)
    await world.tell('p@example.com', did('page', pageAt))
  }
  await world.runUntil(START + 8 * HOUR)
  await world.handle.transaction((tx) => resumeFlow(tx, { id: 'flw_a', by: BY, at: world.clock.now() }))
  await world.runUntil(START + 20 * HOUR)
  return (await world.journal()).filter((it) => it.node === 'rest').map((it) => [it.port, (Date.parse(it.time) - START) / HOUR])
}

onBoth('a pause', (open) => {
  test.each<[PauseChoice, number | null, [string, number]]>([
    ['freeze', null, ['time-out', 9]],
    ['hold', null, ['time-out', 8]],
    ['drop', null, ['end', 8]],
    ['freeze', 7, ['page', 8]],
    ['hold', 7, ['time-out', 8]],
    ['drop', 5.5, ['page', 8]],
  ])('with the choice %s, and a page seen at hour %s', async (choice, pageAt, expected) => {
    expect(await run(await open(), choice, pageAt)).toEqual([expected])
  })
})
