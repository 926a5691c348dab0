import { z } from 'zod'
import { defineKind } from '../../kind.ts'
import { chosen, configBase, fault, faultAround, onward, plain } from '../base.ts'

export const listConfig = z.object({
  ...configBase(1),
  action: z.enum(['put-on', 'take-off']).default('put-on'),
  segmentId: z.string().max(64).nullable(),
})

/** Puts the person on a list, or takes them off it. */
export const list = defineKind({
  type: 'list',
  category: 'action',
  rests: false,
  version: 1,
  migrations: [],
  config: listConfig,
  defaults: () => ({ v: 1, action: 'put-on', segmentId: null }),
  ports: () => [onward],
  references: ({ segmentId }) => (segmentId === null ? [] : [{ kind: 'segment', id: segmentId }]),
  conditions: () => [],
  sentence: ({ action, segmentId }, catalog) => [
    plain(action === 'put-on' ? 'Put on ' : 'Take off '),
    chosen(segmentId, catalog.segments, 'choose a list'),
  ],
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
