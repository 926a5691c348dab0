import type { Entry } from '../../kind.ts'
import type { TriggerOn } from './schema.ts'
import { SALES_EVENT } from './words.ts'

/** Ways in that two flows may share. Comparisons of properties count: other properties, other people. */
export function entryOf(on: TriggerOn): Entry | null {
  switch (on.kind) {
    case 'segment':
      if (on.segmentId === null) return null
      return { key: `segment ${on.segmentId} ${on.way}`, segmentId: on.way === 'joined' ? on.segmentId : null }
    case 'schedule':
      return on.segmentId === null ? null : { key: `segment ${on.segmentId} joined`, segmentId: on.segmentId }
    case 'event':
      return on.type === null ? null : { key: `event ${on.type} ${JSON.stringify(on.where)}`, segmentId: null }
    case 'sales':
      return {
        key: `event ${SALES_EVENT[on.what]} ${JSON.stringify(on.what === 'stage' ? [on.stage, ...on.where] : on.where)}`,
        segmentId: null,
      }
    case 'form':
      return on.formId === null ? null : { key: `form ${on.formId}`, segmentId: null }
    case 'field':
      return on.field === null ? null : { key: `field ${on.field} ${JSON.stringify([on.from, on.to])}`, segmentId: null }
    case 'score':
      return on.dimension === null ? null : { key: `score ${on.dimension} ${on.way} ${on.points ?? ''}`, segmentId: null }
    case 'date':
      return on.field === null ? null : { key: `date ${on.field} ${on.side} ${on.amount} ${on.unit}`, segmentId: null }
    case 'api':
    case 'flow':
    case 'manual':
      return null
  }
}
