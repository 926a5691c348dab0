import { compileRecurrence } from '@baton/leads'
import { fault } from '../../base.ts'
import { recurrenceWords } from '../recurrence-words.ts'
import type { On } from '../schema.ts'
import type { Way } from './way.ts'

/** Everybody in a segment, again and again, by the clock of the workspace. */
export const scheduleWay = ({ segmentId, every }: On<'schedule'>): Way => ({
  check: ({ workspaceZone }) => {
    const open = segmentId === null ? [fault('trigger.segment', 'on.segmentId', 'Choose the segment whose members come in.')] : []
    const ready = compileRecurrence(every)
    if ('say' in ready) return [...open, fault('trigger.every', 'on.every', ready.say)]
    return ready.ok(0, workspaceZone) === undefined
      ? [...open, fault('trigger.every', 'on.every', 'This day never comes. Choose another.')]
      : open
  },
  compile: ({ catalog }) => {
    const ready = compileRecurrence(every)
    const zone = catalog.workspaceZone
    return {
      trigger: {
        on: { kind: 'schedule', segmentId: segmentId ?? '' },
        nextTime: (after) => ('ok' in ready ? (ready.ok(after, zone) ?? null) : null),
        atTime: (occurrence) => ({
          key: '',
          reason: { code: 'trigger.schedule', segmentId: segmentId ?? '', every, words: recurrenceWords(every), zone, occurrence },
        }),
      },
    }
  },
})
