import { rescanScored, updateWorkspace } from '@baton/db'
import type { Condition } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { DAY, modelFactors } from '@baton/leads'
import { expect, test } from 'vitest'
import { BY, onBoth, START, type World } from './programme.ts'

const warm: Condition = { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'engagement' }, op: 'ge', value: 6 }] }
const gives = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
    ['plus', 'score', { dimension: 'engagement', points: 20 }],
    ['out', 'exit', { label: 'Done' }],
  ],
  ['in.out>plus', 'plus.out>out'],
)
const MIDNIGHT = Math.ceil(START / DAY) * DAY

const model = (halfLifeDays: number, version: number) => ({
  dimensions: [
    { id: 'engagement', name: 'Engagement', cap: 1000, halfLifeDays, version, factors: modelFactors({ halfLifeDays, expiryDays: null }) },
  ],
})
const members = (world: World) =>
  world.rows(`select since is not null as inside, recheck_at as recheck from member where segment_id = 'seg_warm'`)

onBoth('scores that fade', (open) => {
  test('let go of members at the midnight at which the decayed, capped sum falls below, and another model is looked at at once', async () => {
    const world = await open()
    await world.handle.transaction((tx) => updateWorkspace(tx, model(1, 1)))
    await world.segment('seg_warm', warm)
    await world.flow('flw_a', gives)
    await world.person('p@example.com')
    const asked = { id: 'e1', type: 'asked', props: {}, occurredAt: START, receivedAt: START }
    await world.tell('p@example.com', { kind: 'event', at: START, event: asked })
    await world.runner.drainUntilIdle()
    // 20 points count as 10 by the cap; decayed they are 20, 10, 5.
    expect(await members(world)).toEqual([{ inside: true, recheck: MIDNIGHT + DAY }])
    const [added] = (await world.journal()).filter((it) => it.node === 'plus')
    expect(added?.reason).toMatchObject({ code: 'score.added', before: 0, after: 1000, limit: { positive: 0, most: 1000 } })
    await world.runUntil(MIDNIGHT + DAY - 1)
    expect(await members(world)).toMatchObject([{ inside: true }])
    await world.runUntil(MIDNIGHT + DAY)
    expect(await members(world)).toEqual([{ inside: false, recheck: null }])

    await world.handle.transaction(async (tx) => {
      await updateWorkspace(tx, model(30, 2))
      await rescanScored(tx, { dimensions: ['engagement'], grade: false }, { by: BY, at: world.clock.now() })
    })
    await world.runner.drainUntilIdle()
    expect(await members(world)).toMatchObject([{ inside: true }])
  })
})
