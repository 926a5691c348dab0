import { setImmediate as turn } from 'node:timers/promises'
import type { Logger } from './log.ts'

/** Between two looks where nothing was found. */
const LOOK_EVERY = 250
/** After an error of the database. */
const REST = 2_000

export interface LookoutOptions {
  log: Logger
  /** Whose looks these are, for the log: "delivery". */
  name: string
  /** Wall clock: claims are about processes, never about the time in flows. */
  wall(): number
  /** How long a silent process keeps what it took on, ms. */
  claimMs: number
  /** Looks once. @returns whether to look again at once */
  look(): Promise<boolean>
  /** Takes up what processes that went away had taken on; called twice within the time of a claim. */
  lost(): Promise<void>
}

/** The loop of whoever carries things out: looks, rests where there was nothing, and takes up what others lost. */
export interface Lookout {
  start(): void
  /** Looks now instead of after the rest. */
  nudge(): void
  stopping(): boolean
  /** Begins no further look, and waits for the one at hand. */
  stop(): Promise<void>
}

export function createLookout({ log, name, wall, claimMs, look, lost }: LookoutOptions): Lookout {
  let stopping = false
  let nudged = false
  let wake: (() => void) | undefined
  let loop: Promise<void> | undefined

  async function rest(ms: number): Promise<void> {
    // The embedded database answers without leaving this turn: a loop that never rests would let nobody else have one.
    await turn()
    if (!nudged && !stopping) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    wake = undefined
    nudged = false
  }

  async function run(): Promise<void> {
    let lostAt = Number.NEGATIVE_INFINITY
    while (!stopping) {
      try {
        if (wall() - lostAt > claimMs / 2) {
          lostAt = wall()
          await lost()
        }
        await ((await look()) ? turn() : rest(LOOK_EVERY))
      } catch (error) {
        log.error({ err: error }, `${name} met an error and goes on`)
        nudged = false
        await rest(REST)
      }
    }
  }

  const nudge = () => {
    nudged = true
    wake?.()
  }
  return {
    start() {
      loop ??= run()
    },
    nudge,
    stopping: () => stopping,
    async stop() {
      stopping = true
      nudge()
      await loop
    },
  }
}
