import { defineRun } from '../../kind.ts'
import { fault, faultAround, onward } from '../base.ts'
import { list } from './index.ts'

/** What its settings must be, and what it does. */
export const listRun = defineRun(list, {
  check: ({ segmentId }, catalog) => {
    if (segmentId === null) return [fault('list.segment', 'segmentId', 'Choose the list.')]
    const found = catalog.segments.find((it) => it.id === segmentId)
    if (!found || found.list === true) return []
    const say = `Who is in ${found.name} follows from its conditions, so nobody can be put there. Choose a list.`
    return [faultAround('list.segment', 'segmentId', say)]
  },
  compile: ({ action, segmentId }) => {
    const id = segmentId ?? ''
    const on = action === 'put-on'
    return {
      enter: ({ state }) => {
        const was = Object.hasOwn(state.members, id)
        return {
          do: 'leave',
          port: onward.id,
          reason: { code: 'list.changed', segmentId: id, on, was },
          effects: was === on ? [] : [{ do: 'list', segmentId: id, on }],
        }
      },
      conditions: [],
    }
  },
})
