import { z } from 'zod'
import { defineKind } from '../../kind.ts'
import { chosen, configBase, missing, onward, plain, strong } from '../base.ts'

export const scoreConfig = z.object({
  ...configBase(1),
  dimension: z.string().max(40).nullable(),
  /** In points, to two decimals; negative takes away. */
  points: z.number().nullable(),
})

/** Adds points to a dimension, at most once per visit. */
export const score = defineKind({
  type: 'score',
  category: 'action',
  rests: false,
  version: 1,
  migrations: [],
  config: scoreConfig,
  defaults: () => ({ v: 1, dimension: 'engagement', points: 10 }),
  ports: () => [onward],
  references: ({ dimension }) => (dimension === null ? [] : [{ kind: 'dimension', id: dimension }]),
  conditions: () => [],
  changes: ({ dimension }) => (dimension === null ? [] : [{ kind: 'dimension', id: dimension }]),
  sentence: ({ dimension, points }, catalog) => [
    plain(points !== null && points < 0 ? 'Take ' : 'Add '),
    points === null ? missing('how many points') : strong(`${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`),
    plain(points !== null && points < 0 ? ' from ' : ' to '),
    chosen(dimension, catalog.dimensions, 'choose a score'),
  ],
})
