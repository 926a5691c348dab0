import { buildGraph } from '@baton/engine/testing'
import { describe, expect, test } from 'vitest'
import { mostOf, mostWords, outsideOf } from './loops.ts'

const looped = (attempts: number | null) =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['hand', 'hand-to-sales', { v: 2, teamId: 'team_a', why: 'Ready', voicemail: attempts === null ? null : { attempts } }],
      ['mail', 'tag', {}],
      ['wait', 'wait', { until: { kind: 'duration', amount: 2, unit: 'days' } }],
      ['later', 'wait', { until: { kind: 'duration', amount: 30, unit: 'days' } }],
      ['end', 'exit', { label: 'Done' }],
    ],
    [
      ...['in.out>hand', 'hand.accepted>end', 'hand.rejected>later', 'later.out>hand', 'hand.overflow>end', 'hand.no-response>end'],
      ...(attempts === null ? [] : ['hand.voicemail>mail', 'mail.out>wait', 'wait.out>hand']),
    ],
  )
const bounds = (graph: ReturnType<typeof looped>) =>
  graph.edges.flatMap((it) => {
    const most = mostOf(graph, it.id)
    return most === undefined ? [] : [[it.source, it.target, most]]
  })

describe('how often people come round', () => {
  test('stands at the way that closes the loop, one less than the tries; not at another way back', () => {
    expect(bounds(looped(3))).toEqual([['wait', 'hand', 2]])
    expect(bounds(looped(2))).toEqual([['wait', 'hand', 1]])
  })

  test('is said of no other way, and not where nothing is agreed on', () => {
    expect(bounds(looped(null))).toEqual([])
    expect(bounds(looped(1))).toEqual([])
  })

  test('changes with the settings, though the ways stay the same', () => {
    const graph = looped(3)
    expect(bounds(graph)).toHaveLength(1)
    expect(bounds({ ...looped(6), edges: graph.edges })).toEqual([['wait', 'hand', 5]])
  })

  test.each([
    [1, 'at most once'],
    [2, 'at most 2 times'],
  ])('%d reads %s', (most, words) => expect(mostWords(most)).toBe(words))

  test('stands outside, at the middle of the longest stretch', () => {
    const right = [
      { x: 0, y: 300 },
      { x: 0, y: 320 },
      { x: 200, y: 320 },
      { x: 200, y: 0 },
      { x: 50, y: 0 },
      { x: 50, y: 20 },
    ]
    expect(outsideOf(right)).toEqual({ x: 208, y: 164, right: true })
    const left = right.map((it) => ({ ...it, x: -it.x }))
    expect(outsideOf(left)).toEqual({ x: -208, y: 164, right: false })
  })
})
