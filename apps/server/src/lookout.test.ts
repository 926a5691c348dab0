import { expect, test } from 'vitest'
import { createLog } from './log.ts'
import { createLookout } from './lookout.ts'

const LOOKS = 20_000

/** A lookout whose looks take no time of their own, as those of the embedded database: they end within one turn of the event loop. */
function tireless(look: (looks: number, nudge: () => void) => boolean) {
  let looks = 0
  const lookout = createLookout({
    log: createLog('silent'),
    name: 'test',
    wall: Date.now,
    claimMs: 60_000,
    look: async () => {
      // By itself it would never come to an end.
      if (++looks > LOOKS) return false
      return look(looks, () => lookout.nudge())
    },
    lost: async () => {},
  })
  return { lookout, looks: () => looks }
}

test.each([
  ['finds something each time', () => true],
  [
    'is nudged each time',
    (_: number, nudge: () => void) => {
      nudge()
      return false
    },
  ],
])('timers, requests and other loops have their turns while one %s', async (_, look) => {
  const { lookout, looks } = tireless(look)
  lookout.start()
  const then = await new Promise<number>((resolve) => setImmediate(() => setImmediate(() => resolve(looks()))))
  await lookout.stop()
  expect(then).toBeLessThan(10)
})
