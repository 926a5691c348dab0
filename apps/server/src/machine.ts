import type { Clock, MachineNow, MachinePoint, MachineWatch } from '@baton/api'
import { type Handle, machineNow } from '@baton/db'
import type { Logger } from './log.ts'

const EVERY = 60_000
const KEPT = 60
/** Whoever asks again so soon gets the same answer, ms. */
const FRESH = 1_000

export interface MachineKeeper extends MachineWatch {
  /** Takes a point of the last hour now, and then one every minute. */
  start(): void
  stop(): Promise<void>
}

/** Reads how the machine does, and remembers an hour of it. */
export function createMachine({
  db,
  clock,
  log,
  wall = Date.now,
}: {
  db: Handle
  clock: Clock
  log: Logger
  wall?: (() => number) | undefined
}): MachineKeeper {
  const points: MachinePoint[] = []
  let asked: { at: number; answer: Promise<MachineNow> } | undefined
  let timer: NodeJS.Timeout | undefined
  let taking: Promise<void> = Promise.resolve()

  async function read(): Promise<MachineNow> {
    const now = clock.now()
    const at = wall()
    const found = await machineNow(db, { now, wall: at })
    const since = [found.inbox, found.timers, found.mails, found.calls].flatMap((it) => (it.since === null ? [] : [it.since]))
    return { ...found, now, wall: at, lagMs: Math.max(0, now - Math.min(now, ...since)) }
  }

  function now(): Promise<MachineNow> {
    const at = wall()
    if (!asked || Math.abs(at - asked.at) > FRESH) {
      asked = { at, answer: read() }
      asked.answer.catch(() => {
        asked = undefined
      })
    }
    return asked.answer
  }

  async function take(): Promise<void> {
    try {
      const { wall: at, lagMs } = await now()
      points.push({ at, lagMs })
      if (points.length > KEPT) points.shift()
    } catch (error) {
      log.warn({ err: error }, 'how far the work is behind could not be read')
    }
  }

  return {
    now,
    lastHour: () => points,
    start() {
      taking = take()
      timer = setInterval(() => {
        taking = take()
      }, EVERY)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      await taking
    },
  }
}
