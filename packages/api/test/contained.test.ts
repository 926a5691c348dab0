import { versionGraph } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KINDS, openApi, type TestApi } from './harness.ts'

const settings: FlowGraph['settings'] = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }
const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}
const graph = (nodes: FlowGraph['nodes'], ways: string[]): FlowGraph => ({ format: 1, settings, nodes, edges: ways.map(edge) })
const start = node('in', 'trigger', { on: { kind: 'manual' } })
const end = node('end', 'exit', { label: 'Done', finished: true })

describe.each(KINDS)('flows inside flows on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  const published = async (name: string, drawn: FlowGraph) => {
    const author = api.as('marketer')
    const { id } = await author.flows.create({ name })
    const { rev } = await author.flows.saveDraft({ id, rev: 0, graph: drawn })
    return { id, rev, version: (await author.flows.publish({ id, rev, enrolMatching: false })).version }
  }
  const call = (flowId: string, version: number, ways: object[]) => node('c', 'sub-flow', { flowId, version, start: 'in', ways })

  test('the steps of the version inside are published in their places; the draft stays as it was drawn', async () => {
    const author = api.as('marketer')
    const inner = await published(
      'Inner',
      graph([start, node('s', 'score', { dimension: 'fit', points: 1 }), end], ['in.out>s', 's.out>end']),
    )
    const { entrances, name } = await author.flows.contained({ id: inner.id, version: inner.version })
    expect(name).toBe('Inner')
    expect(entrances).toEqual([{ node: 'in', name: 'When they are added by hand', ways: [{ id: 'end', label: 'Done' }] }])
    const drawn = graph([start, call(inner.id, 1, entrances[0]?.ways ?? []), end], ['in.out>c', 'c.end>end'])
    const outer = await published('Outer', drawn)
    const live = await versionGraph(api.db, outer.id, 1)
    expect(live?.nodes.map((it) => it.id)).toEqual(['in', 'c', 'c/s', 'c/end', 'end'])
    const flow = await author.flows.get({ id: outer.id })
    expect(flow.draft.nodes.map((it) => it.id)).toEqual(['in', 'c', 'end'])
    const preview = await author.flows.publishPreview({ id: outer.id })
    expect(preview).toMatchObject({ same: true, issues: [], changes: { added: [], removed: [], changed: [], other: false } })
    expect((await author.flows.list()).find((it) => it.id === outer.id)).toMatchObject({ changed: false, errors: 0 })
  })

  test('a flow within itself is not published, and the way is named', async () => {
    const author = api.as('marketer')
    const a = await published('A', graph([start, end], ['in.out>end']))
    const b = await published('B', graph([start, call(a.id, 1, [{ id: 'end', label: 'Done' }]), end], ['in.out>c', 'c.end>end']))
    const round = graph([start, call(b.id, 1, [{ id: 'end', label: 'Done' }]), end], ['in.out>c', 'c.end>end'])
    const { rev } = await author.flows.saveDraft({ id: a.id, rev: a.rev, graph: round })
    await expect(author.flows.publish({ id: a.id, rev, enrolMatching: false })).rejects.toThrow('A → B → A')
    expect((await author.flows.publishPreview({ id: a.id })).issues).toMatchObject([{ code: 'sub-flow.chain', nodes: ['c'] }])
  })

  test('a version that is not there is told at the step', async () => {
    const author = api.as('marketer')
    await expect(author.flows.contained({ id: 'flw_gone', version: 1 })).rejects.toThrow('not there any more')
    const { id } = await author.flows.create({ name: 'Open' })
    const { rev } = await author.flows.saveDraft({
      id,
      rev: 0,
      graph: graph([start, call('flw_gone', 1, [{ id: 'end', label: '' }]), end], ['in.out>c', 'c.end>end']),
    })
    await expect(author.flows.publish({ id, rev, enrolMatching: false })).rejects.toThrow(
      'The flow chosen here is not in this workspace. Choose another.',
    )
  })
})
