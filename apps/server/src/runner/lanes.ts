import { type Lane, WHEEL_GROUP } from '@baton/db'

/**
 * Cuts runs of buckets into about as many parts of their own, so that batches of each can be under way at the same time. A part is
 * made of whole groups: rows of the wheel are shared within one.
 */
export function cutLanes(lanes: readonly Lane[], parts: number): Lane[] {
  const groups = lanes.reduce((sum, lane) => sum + groupsOf(lane), 0)
  const each = Math.max(1, Math.ceil(groups / parts))
  return lanes.flatMap((lane) => {
    if (lane.kind === 'one') return [lane]
    const first = Math.floor(lane.from / WHEEL_GROUP)
    return Array.from({ length: Math.ceil(groupsOf(lane) / each) }, (_, i): Lane => {
      const from = (first + i * each) * WHEEL_GROUP
      return { kind: 'span', from: Math.max(lane.from, from), to: Math.min(lane.to, from + each * WHEEL_GROUP - 1) }
    })
  })
}

const groupsOf = (lane: Lane): number =>
  lane.kind === 'one' ? 1 : Math.floor(lane.to / WHEEL_GROUP) - Math.floor(lane.from / WHEEL_GROUP) + 1
