import { diffFlows, type FlowGraph } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { marksOf, unionOf } from './union.ts'

const graph = (ids: readonly string[], ways: readonly string[]): FlowGraph => ({
  format: 1,
  nodes: ids.map((id) => ({ id, type: 'exit', position: { x: 0, y: 0 }, data: { v: 1, label: id } })),
  edges: ways.map((way) => {
    const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
    return { id: way, source, sourceHandle, target }
  }),
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
})
const live = graph(['a', 'b', 'c'], ['a.out>b', 'b.out>c'])
const draft = graph(['a', 'c', 'd'], ['a.out>c', 'c.out>d'])

describe('what Review draws', () => {
  test('the draft with what was taken out, and ways only where a port has no other', () => {
    const both = unionOf(draft, live, diffFlows(live, draft))
    expect(both.nodes.map((it) => it.id)).toEqual(['a', 'c', 'd', 'b'])
    expect(both.edges.map((it) => it.id)).toEqual(['a.out>c', 'c.out>d', 'gone b.out>c'])
    expect(unionOf(draft, null, diffFlows(draft, draft))).toBe(draft)
  })

  test('every card says what became of its step', () => {
    const diff = diffFlows(live, draft)
    const marks = marksOf(unionOf(draft, live, diff), diff, new Set(['d']))
    expect([...marks]).toEqual([
      ['a', 'mark changed'],
      ['c', 'mark changed'],
      ['d', 'mark added talked'],
      ['b', 'mark removed'],
    ])
    expect([...marksOf(draft, null, new Set(['a'])).values()]).toEqual(['talked', '', ''])
  })
})
