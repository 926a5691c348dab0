import { z } from 'zod'
import { defineKind } from '../../kind.ts'
import { configBase, fault, missing, onward, plain, strong } from '../base.ts'
import { type ThrottleRate, throttleRate } from './payload.ts'

export const throttleConfig = z.object({
  ...configBase(1),
  count: z.number().nullable(),
  per: throttleRate.shape.per.default('hour'),
})

const MOST = 1_000_000

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
  check: ({ count }) =>
    count !== null && Number.isInteger(count) && count >= 1 && count <= MOST
      ? []
      : [fault('throttle.count', 'count', 'Say how many may pass: a whole number from 1 to 1,000,000.')],
  compile: ({ count, per }) => {
    const rate: ThrottleRate = { count: count ?? 1, per }
    return {
      enter: (scope) => ({
        do: 'stay',
        due: null,
        here: { effect: scope.effectKey(0) },
        effects: [{ do: 'out', kind: 'throttle', payload: { rate } }],
      }),
      wake: ({ enrolment, now }, item) => {
        if (item.kind !== 'effect' || item.effect !== enrolment.vars.here.effect || item.news.outcome !== 'released') return undefined
        return { do: 'leave', port: onward.id, reason: { code: 'throttle.released', ...rate, arrived: enrolment.nodeSince, now } }
      },
      conditions: [],
    }
  },
})
