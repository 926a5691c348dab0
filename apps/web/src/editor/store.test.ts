import type { Catalog, FlowGraph, Issue } from '@baton/engine'
import { sampleCatalog, sampleFlows } from '@baton/engine/fixtures'
import { describe, expect, it } from 'vitest'
import { boxOf, overlaps } from './geometry.ts'
import { createEditor } from './store.ts'

const catalog: Catalog = sampleCatalog
const graph: FlowGraph = {
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 1, on: { kind: 'manual' } } },
    { id: 'out', type: 'exit', position: { x: 0, y: 88 }, data: { v: 1, label: 'Done', finished: true } },
  ],
  edges: [{ id: 'e', source: 'in', sourceHandle: 'out', target: 'out' }],
}
const open = (readOnly = false, start = graph) => createEditor({ graph: start, catalog, readOnly }).getState
const label = (state: ReturnType<typeof open>) => state().history.present.nodes.find((it) => it.id === 'out')?.data.label

describe('what a step just added lacks', () => {
  const issue = (node: string, path: string): Issue => ({ code: 'x', severity: 'error', nodes: [node], path, say: path })
  /** A flow with a mail that was just put in, and the step's id. */
  const added = () => {
    const state = open()
    state().add({ type: 'send-email' }, { on: 'edge', edge: 'e' })
    return { state, id: [...state().selected][0] ?? '' }
  }
  const loud = (state: ReturnType<typeof open>, id: string) =>
    state()
      .byNode.get(id)
      ?.map((it) => it.path) ?? []
  const quiet = (state: ReturnType<typeof open>, id: string) =>
    state()
      .lacks.get(id)
      ?.map((it) => it.path) ?? []

  it('is told quietly until the step is left', () => {
    const { state, id } = added()
    state().setIssues([issue(id, 'templateId')], state().history.present)
    expect([loud(state, id), quiet(state, id)]).toEqual([[], ['templateId']])
    state().setConfig(id, { v: 1, templateId: null })
    expect(quiet(state, id)).toEqual(['templateId'])
    state().select(['in'])
    expect([loud(state, id), quiet(state, id)]).toEqual([['templateId'], []])
    state().select([id])
    expect(loud(state, id)).toEqual(['templateId'])
  })
  it('counts like any other problem once somebody asks what stands in the way', () => {
    const { state, id } = added()
    state().setIssues([issue(id, 'templateId'), issue('out', 'label')], state().history.present)
    expect(loud(state, 'out')).toEqual(['label'])
    state().settle()
    expect([loud(state, id), quiet(state, id)]).toEqual([['templateId'], []])
  })
  it('is no excuse for what is entered wrongly afterwards', () => {
    const { state, id } = added()
    state().setIssues([issue(id, 'templateId')], state().history.present)
    state().setIssues([issue(id, 'templateId'), issue(id, 'name')], state().history.present)
    expect([loud(state, id), quiet(state, id)]).toEqual([['name'], ['templateId']])
  })
  it('is not yet known from a check of the flow as it was before', () => {
    const state = open()
    const before = state().history.present
    state().add({ type: 'send-email' }, { on: 'edge', edge: 'e' })
    const id = [...state().selected][0] ?? ''
    state().setIssues([], before)
    state().setIssues([issue(id, 'templateId')], state().history.present)
    expect([loud(state, id), quiet(state, id)]).toEqual([[], ['templateId']])
  })
})

describe('one gesture is one step of undo', () => {
  it('takes back a typed word at once, and leaves what was done before it', () => {
    const state = open()
    state().setConfig('out', { v: 1, label: 'First', finished: true })
    for (const text of ['W', 'Wo', 'Won']) state().setConfig('out', { v: 1, label: text, finished: true }, 'out 1')
    expect(label(state)).toBe('Won')
    state().undo()
    expect(label(state)).toBe('First')
    state().undo()
    expect(label(state)).toBe('Done')
    state().redo()
    expect(label(state)).toBe('First')
  })
  it('keeps typing in two fields apart', () => {
    const state = open()
    state().setConfig('out', { v: 1, label: 'A', finished: true }, 'out 1')
    state().setConfig('out', { v: 1, label: 'A', finished: false }, 'out 2')
    state().undo()
    expect(state().history.present.nodes[1]?.data).toMatchObject({ label: 'A', finished: true })
  })
  it('lets go of a selected step that undo takes away', () => {
    const state = open()
    state().add({ type: 'wait' }, { on: 'edge', edge: 'e' })
    expect(state().selected.size).toBe(1)
    state().undo()
    expect([...state().selected]).toEqual([])
    expect(state().history.present).toBe(graph)
  })
})

describe('adding a step', () => {
  it('into a way: the way leads through it, and what follows moves down', () => {
    const state = open()
    state().add({ type: 'wait' }, { on: 'port', node: 'in', port: 'out' })
    const { nodes, edges } = state().history.present
    const made = nodes.find((it) => it.type === 'wait')
    expect(edges.map((it) => [it.source, it.target])).toEqual([
      ['in', made?.id],
      [made?.id, 'out'],
    ])
    const boxes = nodes.map(boxOf)
    expect(boxes.some((a, at) => boxes.some((b, other) => other > at && overlaps(a, b)))).toBe(false)
  })
  it('behind an open port: the port leads to it', () => {
    const state = open(false, { ...graph, edges: [] })
    state().add({ type: 'send-email' }, { on: 'port', node: 'in', port: 'out' })
    expect(state().history.present.edges).toMatchObject([{ source: 'in', sourceHandle: 'out' }])
  })
  it('never leads into a start', () => {
    const state = open()
    state().add({ type: 'trigger' }, { on: 'edge', edge: 'e' })
    expect(state().history.present.edges).toEqual(graph.edges)
  })
  it('keeps every card of a large flow free of others', () => {
    for (const { graph: sample } of sampleFlows) {
      const state = open(false, sample)
      for (const edge of sample.edges) state().add({ type: 'wait' }, { on: 'edge', edge: edge.id })
      const made = state()
        .history.present.nodes.filter((it) => !sample.nodes.some((old) => old.id === it.id))
        .map(boxOf)
      expect(made.some((a, at) => made.some((b, other) => other > at && overlaps(a, b)))).toBe(false)
    }
  })
})

describe('a port that goes takes its way along', () => {
  it('when the mail has no way of its own any more for who may not get it', () => {
    const send = { v: 1, templateId: null, ifNotSent: 'port', onSalesBehalf: false }
    const start: FlowGraph = {
      ...graph,
      nodes: [...graph.nodes, { id: 's', type: 'send-email', position: { x: 300, y: 0 }, data: send }],
      edges: [...graph.edges, { id: 'n', source: 's', sourceHandle: 'not-sent', target: 'out' }],
    }
    const state = open(false, start)
    state().setConfig('s', { ...send, ifNotSent: 'skip' })
    expect(state().history.present.edges.map((it) => it.id)).toEqual(['e'])
    state().undo()
    expect(state().history.present.edges.map((it) => it.id)).toEqual(['e', 'n'])
  })
})

it('changes nothing while it is read only', () => {
  const state = open(true)
  state().setConfig('out', { v: 1, label: 'X', finished: true })
  state().add({ type: 'wait' }, { on: 'edge', edge: 'e' })
  state().undo()
  expect(state().history.present).toBe(graph)
})

it('a step whose counts and problems are what they were keeps them, so that only cards with news are drawn anew', () => {
  const store = { getState: open() }
  const [one, other] = store.getState().history.present.nodes
  if (!one || !other) throw new Error('The sample has two steps')
  const count = (passed: number) => ({ passed, here: 0, parked: 0, undecided: 0, ports: { out: 1 } })
  const issue = (node: string, say: string) => ({ code: 'sample', severity: 'error' as const, nodes: [node], say })
  const tell = (passed: number, say: string) => {
    store.getState().setCounts(
      new Map([
        [one.id, count(passed)],
        [other.id, count(5)],
      ]),
    )
    store.getState().setIssues([issue(one.id, say), issue(other.id, 'Choose a mail.')])
    const { counts, byNode } = store.getState()
    return { counts, one: [counts?.get(one.id), byNode.get(one.id)], other: [counts?.get(other.id), byNode.get(other.id)] }
  }
  const first = tell(1, 'It leads nowhere.')
  const same = tell(1, 'It leads nowhere.')
  expect(same.counts).toBe(first.counts)
  expect(same.one[1]).toBe(first.one[1])
  const news = tell(2, 'Choose a segment.')
  expect(news.one[0]).not.toBe(first.one[0])
  expect(news.one[1]).not.toBe(first.one[1])
  expect(news.other[0]).toBe(first.other[0])
  expect(news.other[1]).toBe(first.other[1])
})
