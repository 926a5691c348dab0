import { buildGraph } from '@baton/engine/testing'
import { expect, test } from 'vitest'
import { boxOf } from '../geometry.ts'
import { createGuides, LINED_UP, pulledTo } from './line-up.ts'

/** So many steps below each other. */
function column(n: number) {
  const flow = buildGraph(
    Array.from({ length: n }, (_, i) => [`n${i}`, 'exit', { label: 'Out' }] as const),
    [],
  )
  return { ...flow, nodes: flow.nodes.map((it, i) => ({ ...it, position: { x: 0, y: i * 100 } })) }
}

test.each([
  [LINED_UP, { x: 0, y: 20 }, true],
  [LINED_UP + 1, { x: 3, y: 20 }, false],
])('a card carried among %i lines up with the others as far as that is cheap', (n, at, lined) => {
  const flow = column(n)
  const node = flow.nodes[500]
  if (!node) throw new Error('There is no such step')
  const place = pulledTo(flow, node.id, { x: 3, y: 20 })
  expect(place).toEqual(at)
  const guides = createGuides()
  guides.show(flow, { id: node.id, ...boxOf(node), ...place })
  expect(guides.store.getState().guides.some((it) => it.along === 'y')).toBe(lined)
  guides.clear()
  expect(guides.store.getState().guides).toEqual([])
})
