import { fault } from '../../base.ts'
import type { On } from '../schema.ts'
import type { Way } from './way.ts'

/** They join a segment, or leave it. */
export const segmentWay = ({ segmentId, way }: On<'segment'>): Way => ({
  check: () => {
    if (segmentId !== null) return []
    const say = way === 'joined' ? 'Choose the segment whose new members come in.' : 'Choose the segment; whoever leaves it comes in.'
    return [fault('trigger.segment', 'on.segmentId', say)]
  },
  compile: () => ({ trigger: { on: { kind: way === 'joined' ? 'segment-joined' : 'segment-left', segmentId: segmentId ?? '' } } }),
})
