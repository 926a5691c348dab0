import { buildGraph } from '@baton/engine/testing'
import { afterAll, expect, test } from 'vitest'
import { closeGround, inEmpty } from './bed.ts'
import { compare } from './round.ts'
import { HAND, sharedBundle } from './shared.ts'

afterAll(closeGround)

test('LR-15 whom nobody takes and flows hand over again and again waits for the manager, simulated and run', async () => {
  const bundle = sharedBundle({ name: 'nobody is in the team', joining: [], reps: 0, left: [] }, 1)
  const [team] = bundle.teams
  const graph = buildGraph(
    [
      ['in', 'trigger', { v: 2, on: { kind: 'event', type: 'sales.overflow', where: [], key: null } }],
      [HAND, 'hand-to-sales', { v: 2, why: 'Ready', fields: [], leaveAt: 'first-answer', teamId: team?.id }],
      ...['accepted', 'rejected', 'overflow'].map((it) => [it, 'exit', { label: it }] as const),
    ],
    [`in.out>${HAND}`, ...['accepted', 'rejected', 'overflow'].map((it) => `${HAND}.${it}>${it}`)],
    { reentry: { when: 'always' } },
  )
  const flows = [...bundle.flows, { id: 'again', graph, share: 1 }]
  const { differences, wrong, journal, leads } = await inEmpty((handle) =>
    compare(handle, { bundles: [{ ...bundle, flows }], sending: {} }),
  )
  expect([differences, wrong]).toEqual([[], []])
  expect(journal.filter((it) => it.node === HAND).map((it) => it.port)).toEqual(Array.from({ length: 10 }, () => 'overflow'))
  expect(leads).toMatchObject({ 'lead created': 11, 'lead overflow': 10, 'lead escalated': 1 })
}, 120_000)
