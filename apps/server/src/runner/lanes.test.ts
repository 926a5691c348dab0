import { type Lane, WHEEL_GROUP } from '@baton/db'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutLanes } from './lanes.ts'

const bucketsOf = (lanes: readonly Lane[]) =>
  lanes.flatMap((lane) => (lane.kind === 'one' ? [lane.bucket] : Array.from({ length: lane.to - lane.from + 1 }, (_, i) => lane.from + i)))

test('all buckets in three parts, none in two', () => {
  expect(cutLanes([{ kind: 'span', from: 0, to: 1023 }], 3)).toEqual([
    { kind: 'span', from: 0, to: 383 },
    { kind: 'span', from: 384, to: 767 },
    { kind: 'span', from: 768, to: 1023 },
  ])
  expect(cutLanes([{ kind: 'span', from: 0, to: 1023 }], 1)).toEqual([{ kind: 'span', from: 0, to: 1023 }])
})

test('whatever is cut holds the same buckets in the same order, and no part ends inside a group', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1023 }), fc.integer({ min: 0, max: 1023 }))
    .map(([a, b]): Lane => ({ kind: 'span', from: Math.min(a, b), to: Math.max(a, b) }))
  const lane = fc.oneof(
    span,
    fc.integer({ min: 0, max: 1023 }).map((bucket): Lane => ({ kind: 'one', bucket })),
  )
  fc.assert(
    fc.property(fc.array(lane, { maxLength: 4 }), fc.integer({ min: 1, max: 8 }), (lanes, parts) => {
      const cut = cutLanes(lanes, parts)
      expect(bucketsOf(cut)).toEqual(bucketsOf(lanes))
      const ends = new Set(bucketsOf(lanes.map((it): Lane => ({ kind: 'one', bucket: it.kind === 'one' ? it.bucket : it.to }))))
      for (const it of cut) if (it.kind === 'span' && !ends.has(it.to)) expect((it.to + 1) % WHEEL_GROUP).toBe(0)
    }),
    { seed: 20260101, numRuns: 300 },
  )
})
