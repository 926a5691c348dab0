import { z } from 'zod'
import { defineKind } from '../../kind.ts'
import { chosen, configBase, onward, plain } from '../base.ts'

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
  changes: ({ segmentId }) => (segmentId === null ? [] : [{ kind: 'segment', id: segmentId }]),
  sentence: ({ action, segmentId }, catalog) => [
    plain(action === 'put-on' ? 'Put on ' : 'Take off '),
    chosen(segmentId, catalog.segments, 'choose a list'),
  ],
})
