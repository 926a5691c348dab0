import type { FlowGraph } from '@baton/engine'
import { sampleFlows } from '@baton/engine/fixtures'
import { getViewportForBounds } from '@xyflow/react'
import { describe, expect, test } from 'vitest'
import { boxOf } from '../geometry.ts'
import { fitOptions } from './fit.ts'

const SIZES = [
  { width: 696, height: 752 },
  { width: 836, height: 678 },
  { width: 836, height: 752 },
  { width: 1336, height: 1032 },
  { width: 390, height: 700 },
] as const

/** Where the canvas puts the flow: as the library does it. */
function view(graph: FlowGraph, size: { width: number; height: number }) {
  const boxes = graph.nodes.map(boxOf)
  const [x, y] = [Math.min(...boxes.map((it) => it.x)), Math.min(...boxes.map((it) => it.y))]
  const bounds = {
    x,
    y,
    width: Math.max(...boxes.map((it) => it.x + it.width)) - x,
    height: Math.max(...boxes.map((it) => it.y + it.height)) - y,
  }
  const { padding, maxZoom } = fitOptions(graph, size)
  const at = getViewportForBounds(bounds, size.width, size.height, 0.05, maxZoom, padding)
  const drawn = boxes.map((it) => ({
    left: it.x * at.zoom + at.x,
    top: it.y * at.zoom + at.y,
    right: (it.x + it.width) * at.zoom + at.x,
    bottom: (it.y + it.height) * at.zoom + at.y,
  }))
  return { zoom: at.zoom, drawn }
}

const bare = (graph: FlowGraph): FlowGraph => ({
  ...graph,
  groups: [],
  notes: [],
  nodes: graph.nodes.map(({ parentId: _, ...node }) => node),
})

describe.each(sampleFlows.map((it) => [it.name, bare(it.graph)] as const))('%s', (_, graph) => {
  test.each(SIZES)('is seen whole on $width × $height, and no card lies under the map or what always holds', (size) => {
    for (const leaving of ['stay', 'leave'] as const) {
      const { drawn } = view({ ...graph, settings: { ...graph.settings, onLeavingSegment: leaving } }, size)
      const ruled = leaving === 'leave' || (graph.settings.exitWhen?.rules.length ?? 0) > 0
      const off = drawn.filter((it) => it.left < 0 || it.top < 0 || it.right > size.width || it.bottom > size.height - 59)
      const mapped = drawn.filter((it) => it.right > size.width - 171 && it.bottom > size.height - 165)
      const covered = ruled ? drawn.filter((it) => it.right > size.width - 315 && it.top < 91) : []
      expect({ off, mapped, covered }).toEqual({ off: [], mapped: [], covered: [] })
    }
  })
})

test('a flow whose corner is empty is not made smaller for the map', () => {
  const node = (id: string, x: number, y: number) => ({ id, type: 'exit', position: { x, y }, data: {} })
  const graph: FlowGraph = {
    format: 1,
    nodes: [node('a', 0, 0), node('b', 600, 0), node('c', 0, 800)],
    edges: [],
    settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  }
  expect(view(graph, { width: 900, height: 900 }).zoom).toBeGreaterThan(0.93)
})
