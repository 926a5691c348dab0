import type { Handle } from '@baton/db'
import { createLog, createPlans, createRunner } from '@baton/server'

export interface Driven {
  turns: number
  steps: number
  seconds: number
}

/** Runs what is due by the product's own runner, with a clock that is moved by hand. */
export interface Drive {
  now: number
  /**
   * Runs until nothing is due, or until about so many turns are taken.
   * @throws when a turn failed: then nothing that was measured counts
   */
  run(turns?: number): Promise<Driven>
  /** Gives the buckets back. */
  close(): Promise<void>
}

/** @param each called after every batch */
export function driveOf(handle: Handle, start: number, each: () => void = () => {}): Drive {
  const log = createLog('error')
  const plans = createPlans({ handle, log })
  let sum = { turns: 0, steps: 0, failed: 0 }
  let most = Number.POSITIVE_INFINITY
  let stopped: Promise<void> | undefined
  const make = () =>
    createRunner({
      ...{ handle, plans, log },
      clock: { now: () => drive.now },
      owner: 'bench',
      routing: false,
      onBatch(batch) {
        sum.turns += batch.turns
        sum.failed += batch.failed
        for (const n of batch.steps.values()) sum.steps += n
        each()
        if (sum.turns >= most) stopped ??= runner.stop()
      },
    })
  let runner = make()
  const drive: Drive = {
    now: start,
    async run(turns = Number.POSITIVE_INFINITY) {
      sum = { turns: 0, steps: 0, failed: 0 }
      most = turns
      const from = performance.now()
      await runner.drainUntilIdle()
      const seconds = (performance.now() - from) / 1000
      if (stopped) {
        await stopped
        stopped = undefined
        runner = make()
      }
      if (sum.failed > 0) throw new Error(`${sum.failed} turns failed`)
      return { turns: sum.turns, steps: sum.steps, seconds }
    },
    close: () => runner.stop(),
  }
  return drive
}
