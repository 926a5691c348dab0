import { flowGraph, groupNodes } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { drawnId, foldedView } from './groups.ts'
import { ledTo } from './rewire.ts'
import { mayLead } from './walk.ts'

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const wait = { until: { kind: 'duration', amount: 1, unit: 'days' } }
const graph = flowGraph.parse({
  nodes: [
    node('start', 'trigger', { on: { kind: 'manual' } }),
    node('a', 'wait', wait),
    node('b', 'wait', wait),
    node('c', 'wait', wait),
    node('end', 'exit', { label: 'Done', finished: true }),
  ],
  edges: [
    { id: 'a>b', source: 'a', sourceHandle: 'out', target: 'b' },
    { id: 'b>c', source: 'b', sourceHandle: 'out', target: 'c' },
  ],
})

describe('leading a way elsewhere', () => {
  test.each([
    ['a', 'c', true],
    ['c', 'a', true],
    ['a', 'a', false],
    ['a', 'start', false],
    [drawnId('g'), 'c', false],
    ['a', drawnId('g'), false],
  ])('from %s to %s: %s', (source, target, may) => expect(mayLead(graph, source, target)).toBe(may))

  const folded = groupNodes(graph, ['b'], { id: 'g', name: 'Middle', folded: true })
  const drawn = (id: string) => {
    const it = foldedView(folded).edges.find((one) => one.id === id)
    if (!it) throw new Error(`${id} is not drawn`)
    return it
  }

  test('the end that was taken goes to another step', () => {
    expect(ledTo(graph, graph.edges[0] ?? drawn(''), { source: 'a', sourceHandle: 'out', target: 'c' })).toMatchObject({
      source: 'a',
      target: 'c',
    })
  })

  test('the end in a folded group stays at its step', () => {
    const out = drawn('b>c')
    expect(ledTo(folded, out, { source: out.source, sourceHandle: 'out', target: 'end' })).toMatchObject({
      source: 'b',
      sourceHandle: 'out',
      target: 'end',
    })
    const into = drawn('a>b')
    expect(ledTo(folded, into, { source: 'c', sourceHandle: 'out', target: into.target })).toMatchObject({ source: 'c', target: 'b' })
  })

  test('the end in a folded group is taken out of it like any other', () => {
    const into = drawn('a>b')
    expect(ledTo(folded, into, { source: 'a', sourceHandle: 'out', target: 'end' })).toMatchObject({ source: 'a', target: 'end' })
  })
})
