import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryProgramme, compiled, NOW, programmeCatalog, runInMemory, salesAnswers } from '../../testing/index.ts'
import { buildPlan, type InboxItem, type PlannedFlow } from '../index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const migrate = (at: number, over: { flowId: string; key: string; migration: string; to: number }): InboxItem => ({
  kind: 'migrate',
  at,
  answers: {},
  source: { kind: 'user', id: 'usr_ida', name: 'Ida' },
  ...over,
})

describe('properties of any migration', () => {
  const UNTIL = NOW + 45 * DAY
  const INSTANTS = [HOUR, 8 * HOUR, 2 * DAY, 5 * DAY, 12 * DAY, 24 * DAY].map((it) => NOW + it + 1)
  const VERSIONS = [1, 2, 3, 4, 5, 6, 7]

  test('E-299 to versions that do the same, nothing changes but the version, and nobody is lost', () => {
    let moved = 0
    fc.assert(
      fc.property(arbitraryProgramme, ({ flows, segments, contacts }) => {
        const catalog = { ...programmeCatalog, segments: segments.map(({ id }) => ({ id, name: id })) }
        const planned = Object.entries(flows).map(([flowId, graph]): PlannedFlow => {
          const made = VERSIONS.map((it) => compiled(flowId, graph, catalog, it))
          return { flowId, state: 'live', entry: made[0] ?? null, versions: new Map(made.map((it) => [it.version, it])), pauses: [] }
        })
        const plan = buildPlan({ flows: planned, segments, catalog })
        const options = { seed: 'm', react: salesAnswers }
        const plain = runInMemory(plan, contacts, UNTIL, options)
        // Who stands still with an error is asked again by a migration: E-297.
        fc.pre(plain.contacts.every((it) => it.enrolments.every(({ vars }) => !vars.parked)))
        const told = contacts.map(({ state, items }) => {
          const moves = INSTANTS.flatMap((at, i) =>
            ['a', 'b'].flatMap((flowId) => ['', 'x', 'y'].map((key) => migrate(at, { flowId, key, migration: `m${i}`, to: i + 2 }))),
          )
          return { state, items: [...items, ...moves].sort((x, y) => x.at - y.at) }
        })
        const run = runInMemory(plan, told, UNTIL, options)
        // Two flows of one contact at one instant stand in the order of seq, which a migration counts.
        const visible = (it: typeof run) =>
          it.journal
            .filter(({ reason }) => reason.code !== 'migrated')
            .map(({ seq: _, reason, ...rest }) => JSON.stringify({ ...rest, code: reason.code }))
            .sort()
        expect(visible(run)).toEqual(visible(plain))
        moved += run.journal.length - plain.journal.length
        const here = (it: typeof run) =>
          it.contacts.map(({ enrolments }) => enrolments.map(({ flowId, key, node, dueAt }) => ({ flowId, key, node, dueAt })))
        expect(here(run)).toEqual(here(plain))
        const deltas = (it: typeof run) => it.turns.flatMap(({ contact, result }) => result.deltas.map((delta) => ({ contact, ...delta })))
        expect(deltas(run)).toEqual(deltas(plain))
      }),
      { seed: 290, numRuns: 200 },
    )
    expect(moved).toBeGreaterThan(100)
  })
})
