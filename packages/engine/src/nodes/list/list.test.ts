import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph, planOf, runInMemory, samplePerson } from '../../../testing/index.ts'
import { emptyState, type InboxItem, kinds } from '../../index.ts'
import { runs } from '../runs.ts'

const segments = [
  { id: 'seg_list', name: 'Guests', list: true },
  { id: 'seg_rule', name: 'On trial' },
]
const enrol: InboxItem = { kind: 'enrol', at: 0, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }

describe('a list', () => {
  test('E-188 being put on it is joining, being taken off is leaving, each once', () => {
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['on', 'list', { action: 'put-on', segmentId: 'seg_list' }],
        ['twice', 'list', { action: 'put-on', segmentId: 'seg_list' }],
        ['off', 'list', { action: 'take-off', segmentId: 'seg_list' }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>on', 'on.out>twice', 'twice.out>off', 'off.out>end'],
    )
    const plan = planOf({ f: graph }, [], { ...sampleCatalog, segments })
    const run = runInMemory(plan, [{ state: emptyState(samplePerson({ key: 'ada', fields: {} })), items: [enrol] }], 1)
    const seen = run.journal.flatMap(({ reason }) => (reason.code === 'list.changed' ? [[reason.was, reason.on]] : []))
    expect(seen).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ])
    expect(run.contacts[0]?.members).toEqual({})
  })

  test('E-188 only lists can be chosen: who is in a segment follows from its conditions', () => {
    const said = (segmentId: string | null) =>
      runs.list.check(kinds.list.config.parse({ v: 1, segmentId }), { ...sampleCatalog, segments }).map((it) => it.say)
    expect(said('seg_list')).toEqual([])
    expect(said('seg_rule')).toEqual(['Who is in On trial follows from its conditions, so nobody can be put there. Choose a list.'])
    expect(said(null)).toEqual(['Choose the list.'])
  })
})
