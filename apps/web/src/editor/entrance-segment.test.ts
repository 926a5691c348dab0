import { buildGraph } from '@baton/engine/testing'
import { expect, it } from 'vitest'
import { entranceSegment } from './entrance-segment.ts'

const joined = (segmentId: string, way = 'joined') => ({ v: 2, on: { kind: 'segment', segmentId, way } })
const look = ['look', 'branch', { cases: [] }] as const

it('is the segment of all starts that lead to a step', () => {
  const graph = buildGraph([['a', 'trigger', joined('seg_a')], ['b', 'trigger', joined('seg_a')], look], ['a.out>look', 'b.out>look'])
  expect(entranceSegment(graph, 'look')).toBe('seg_a')
})

it('is none where starts differ, where people come in otherwise or by leaving, and where nothing leads', () => {
  const of = (...starts: [string, string, Record<string, unknown>][]) =>
    entranceSegment(
      buildGraph(
        [...starts, look],
        starts.map(([id]) => `${id}.out>look`),
      ),
      'look',
    )
  expect(of(['a', 'trigger', joined('seg_a')], ['b', 'trigger', joined('seg_b')])).toBe(null)
  expect(of(['a', 'trigger', joined('seg_a')], ['b', 'trigger', { v: 2, on: { kind: 'manual' } }])).toBe(null)
  expect(of(['a', 'trigger', joined('seg_a', 'left')])).toBe(null)
  expect(of()).toBe(null)
})

it('does not ask starts that lead elsewhere', () => {
  const graph = buildGraph(
    [['a', 'trigger', joined('seg_a')], ['b', 'trigger', joined('seg_b')], ['out', 'exit', { label: '' }], look],
    ['a.out>look', 'b.out>out'],
  )
  expect(entranceSegment(graph, 'look')).toBe('seg_a')
})
