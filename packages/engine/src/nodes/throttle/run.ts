import { defineRun } from '../../kind.ts'
import { fault, onward } from '../base.ts'
import { throttle } from './index.ts'
import type { ThrottleRate } from './payload.ts'

const MOST = 1_000_000

/** What its settings must be, and what it does. */
export const throttleRun = defineRun(throttle, {
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
      asks: { of: 'place' },
      conditions: [],
    }
  },
})
