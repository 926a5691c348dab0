import type { Logger } from './log.ts'

const FORCED = 130

/**
 * Waits for the first SIGTERM or SIGINT, then stops and resolves. A second signal does not wait any longer.
 * @param stop finishes what is under way
 */
export async function untilStopped(stop: () => Promise<void>, log: Logger): Promise<void> {
  const signals = ['SIGTERM', 'SIGINT'] as const
  const signal = await new Promise<string>((resolve) => {
    for (const name of signals) process.once(name, () => resolve(name))
  })
  for (const name of signals) process.on(name, () => process.exit(FORCED))
  log.info({ signal }, 'stopping: finishing what is under way')
  await stop()
  log.info('stopped')
}
