import { z } from 'zod'
import { defineKind } from '../../kind.ts'
import { configBase, missing, onward, plain, strong } from '../base.ts'
import { throttleRate } from './payload.ts'

export const throttleConfig = z.object({
  ...configBase(1),
  count: z.number().nullable(),
  per: throttleRate.shape.per.default('hour'),
})

/** Lets at most so many people through in a minute, an hour or a day; the others wait in the order in which they came. E-195. */
export const throttle = defineKind({
  type: 'throttle',
  category: 'wait',
  rests: true,
  version: 1,
  migrations: [],
  config: throttleConfig,
  defaults: () => ({ v: 1, count: 100, per: 'hour' }),
  ports: () => [onward],
  references: () => [],
  conditions: () => [],
  sentence: ({ count, per }) => [
    plain('Let through at most '),
    count === null ? missing('how many') : strong(`${count.toLocaleString('en')} ${per === 'hour' ? 'an' : 'a'} ${per}`),
  ],
})
