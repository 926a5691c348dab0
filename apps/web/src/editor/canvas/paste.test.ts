import { copy, flowGraph } from '@baton/engine'
import { sampleCatalog, sampleFlows } from '@baton/engine/fixtures'
import { beforeEach, describe, expect, it } from 'vitest'
import { useToasts } from '../../ui/toast.ts'
import { createEditor } from '../store.ts'
import { MAX_STEPS } from '../together/limits.ts'
import { pasteText, readPasted } from './paste.ts'

const graph = flowGraph.parse(sampleFlows[0]?.graph)
const node = (id: string) => ({ id, type: 'exit', position: { x: 0, y: 0 }, data: { v: 1, label: id, finished: true } })
const nodes = (count: number) => Array.from({ length: count }, (_, at) => node(`n${at}`))
const said = () => useToasts.getState().shown.map((it) => it.words)
const open = (readOnly = false, start = graph) => createEditor({ graph: start, catalog: sampleCatalog, readOnly })

beforeEach(() => useToasts.setState({ shown: [] }))

describe('what is pasted', () => {
  it.each([
    ['a letter', 'Dear Marta, …', /holds text, and no steps/],
    ['a number', '7', /no steps/],
    ['JSON of something else', '{"name":"x"}', /no steps/],
    ['a list', '[1,2]', /no steps/],
    ['a flow from a newer Baton', JSON.stringify({ format: 9, nodes: [], edges: [] }), /format 9, from a newer Baton.*Update Baton/],
    ['a file from a newer Baton', JSON.stringify({ baton: 'flow', name: 'X', graph: { format: 9, nodes: [], edges: [] } }), /newer Baton/],
    ['steps that are none', JSON.stringify({ baton: 'steps', nodes: [{ id: 7 }], edges: [] }), /cannot be read. nodes\.0\.id/],
    ['a flow with a fault', JSON.stringify({ nodes: [node('a'), node('a')], edges: [] }), /nodes\.1\.id: The id “a” is there twice/],
    ['an empty flow', JSON.stringify({ nodes: [], edges: [] }), /no steps/],
    ['several flows', JSON.stringify({ flows: [], zone: 'UTC' }), /from the list of flows/],
    [
      'too many steps',
      JSON.stringify({ baton: 'steps', nodes: nodes(MAX_STEPS + 1), edges: [] }),
      /5,001 steps; a flow holds at most 5,000/,
    ],
    ['too large a flow', JSON.stringify({ nodes: nodes(MAX_STEPS + 1), edges: [] }), /5,001 steps/],
  ])('%s changes nothing, and says what it is', (_, text, says) => {
    const store = open()
    pasteText(store, text, { x: 0, y: 0 })
    expect(store.getState().history.present).toBe(graph)
    expect(said()).toEqual([expect.stringMatching(says)])
  })

  it('steps, a flow and a file of a flow are put down, in one step of undo', () => {
    const steps = copy(
      graph,
      graph.nodes.map((it) => it.id),
    )
    for (const content of [steps, graph, { baton: 'flow', name: 'X', graph }]) {
      const store = open()
      pasteText(store, JSON.stringify(content), { x: 0, y: 0 })
      expect(store.getState().history.present.nodes).toHaveLength(graph.nodes.length * 2)
      store.getState().undo()
      expect(store.getState().history.present).toBe(graph)
    }
    expect(said()).toEqual([])
  })

  it('nothing at all is no mistake', () => {
    pasteText(open(), '  ', { x: 0, y: 0 })
    expect(said()).toEqual([])
  })

  it('whoever reads along hears why nothing happens', () => {
    const store = open(true)
    pasteText(store, JSON.stringify(graph), { x: 0, y: 0 })
    expect(store.getState().history.present).toBe(graph)
    expect(said()).toEqual([expect.stringMatching(/you read this flow/)])
  })
})

describe('a flow of five thousand steps', () => {
  const full = flowGraph.parse({ nodes: nodes(MAX_STEPS), edges: [] })
  it('is the most that the server takes', () => {
    expect(flowGraph.safeParse({ nodes: nodes(MAX_STEPS + 1), edges: [] }).success).toBe(false)
  })
  it('is pasted whole', () => {
    expect('steps' in readPasted(JSON.stringify(full))).toBe(true)
  })
  it('takes no more: neither pasted, nor added, and nothing is lost', () => {
    const store = open(false, full)
    pasteText(store, JSON.stringify(graph), { x: 0, y: 0 })
    store.getState().add({ type: 'exit' }, { on: 'place', at: { x: 0, y: 0 } })
    expect(store.getState().history.present).toBe(full)
    expect(said()).toHaveLength(2)
  })
})
