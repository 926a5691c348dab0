import type { Logger } from './log.ts'

const FORCED = 130
/** What is under way may take so long to be finished; then statements are ended, and what they did is undone. */
const FINISHING = 10_000

/** What is to be stopped, and the end of what it waits for. */
export interface Stoppable {
  /** Finishes what is under way. */
  stop(): Promise<void>
  /** Ends statements of the database that are under way. */
  interrupt(): Promise<void>
}

/** Stops; who is still at it after a while is kept waiting by the database, whose statements are ended then, as often as it takes. */
export async function stopSurely({ stop, interrupt }: Stoppable, log: Logger, after = FINISHING): Promise<void> {
  const timer = setInterval(() => {
    log.warn('still stopping: statements under way are ended')
    interrupt().catch((error: unknown) => log.warn({ err: error }, 'the database could not be told to end them'))
  }, after)
  try {
    await stop()
  } finally {
    clearInterval(timer)
  }
}

/** Waits for the first SIGTERM or SIGINT, then stops and resolves. A second signal does not wait any longer. */
export async function untilStopped(running: Stoppable, log: Logger): Promise<void> {
  const signals = ['SIGTERM', 'SIGINT'] as const
  const signal = await new Promise<string>((resolve) => {
    for (const name of signals) process.once(name, () => resolve(name))
  })
  for (const name of signals) process.on(name, () => process.exit(FORCED))
  log.info({ signal }, 'stopping: finishing what is under way')
  await stopSurely(running, log)
  log.info('stopped')
}
