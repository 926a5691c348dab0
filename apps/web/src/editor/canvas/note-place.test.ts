import type { FlowGraph } from '@baton/engine'
import { sampleFlows } from '@baton/engine/fixtures'
import { describe, expect, it } from 'vitest'
import { boxOf, overlaps } from '../geometry.ts'
import { NOTE_HEIGHT, NOTE_WIDTH } from './elements.ts'
import { notePlace } from './note-place.ts'
import { routeAll } from './route.ts'

const size = { width: NOTE_WIDTH, height: NOTE_HEIGHT }
const withNotes = (graph: FlowGraph, notes: NonNullable<FlowGraph['notes']>): FlowGraph => ({ ...graph, notes })

describe('where a new note lies', () => {
  const [sample] = sampleFlows
  if (!sample) throw new Error('There is no sample.')
  const { graph } = sample

  it('where it was asked for, if that is free', () => {
    expect(notePlace({ ...graph, nodes: [], edges: [], notes: [] }, { x: 101, y: 50 })).toEqual({ x: 104, y: 48 })
  })

  it('on no card, on no way and on no note, wherever it is asked for', () => {
    const ways = [...routeAll(graph).values()].flatMap((line) => line.slice(1).map((b, at) => ({ a: line[at] ?? b, b })))
    let drawn = withNotes(graph, [])
    for (const [at, { position }] of graph.nodes.entries()) {
      const place = { ...notePlace(drawn, { x: position.x + 60, y: position.y + 70 }), ...size }
      expect(drawn.nodes.filter((it) => overlaps(place, boxOf(it)))).toEqual([])
      expect((drawn.notes ?? []).filter((it) => overlaps(place, { ...it.position, ...size }))).toEqual([])
      const crossed = ways.filter(({ a, b }) =>
        overlaps(place, {
          ...{ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) },
          ...{ width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) },
        }),
      )
      expect(crossed).toEqual([])
      drawn = withNotes(graph, [...(drawn.notes ?? []), { id: `note${at}`, position: { x: place.x, y: place.y }, text: '' }])
    }
  })
})
