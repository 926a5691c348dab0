import type { TriggerOn } from '../schema.ts'
import { askedWay } from './asked.ts'
import { dateWay } from './date.ts'
import { eventWay } from './event.ts'
import { fieldWay } from './field.ts'
import { formWay } from './form.ts'
import { salesWay } from './sales.ts'
import { scheduleWay } from './schedule.ts'
import { scoreWay } from './score.ts'
import { segmentWay } from './segment.ts'
import type { Way } from './way.ts'

/** The way in that an author chose. */
export function wayOf(on: TriggerOn): Way {
  switch (on.kind) {
    case 'segment':
      return segmentWay(on)
    case 'event':
      return eventWay(on)
    case 'field':
      return fieldWay(on)
    case 'score':
      return scoreWay(on)
    case 'sales':
      return salesWay(on)
    case 'date':
      return dateWay(on)
    case 'schedule':
      return scheduleWay(on)
    case 'form':
      return formWay(on)
    case 'api':
    case 'flow':
    case 'manual':
      return askedWay(on)
  }
}
