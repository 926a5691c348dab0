import { join } from 'node:path'
import { BackupError, DataDirectoryError, type Place, PlaceError } from '@baton/db'
import type { Config } from '../../config.ts'
import { EXIT, ExitError } from '../../exit.ts'

/** Where the configured database is. */
export function placeOf({ database, dataDir }: Config): Place {
  if (database.kind === 'postgres') return { url: database.url }
  if (database.kind === 'embedded') return { dir: join(dataDir, 'database') }
  throw new ExitError('The database in memory ends with its process. Set DATA_DIR or DATABASE_URL.', EXIT.usage)
}

/** Of a command that was stopped by Ctrl-C, as shells have it. */
export const STOPPED = 130

/** Runs until it is over or somebody presses Ctrl-C; then `say` is the last word. */
export async function untilInterrupted<T>(say: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const interrupt = () => stop.abort(new ExitError(say, STOPPED))
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const name of signals) process.once(name, interrupt)
  try {
    return await work(stop.signal)
  } catch (error) {
    throw asExit(stop.signal.aborted ? stop.signal.reason : error)
  } finally {
    for (const name of signals) process.off(name, interrupt)
  }
}

/** What went wrong, as a code for scripts: a file that cannot be used, or a place. */
function asExit(error: unknown): unknown {
  if (error instanceof BackupError) return new ExitError(error.message, EXIT.usage, { cause: error })
  if (error instanceof PlaceError || error instanceof DataDirectoryError)
    return new ExitError(error.message, EXIT.database, { cause: error })
  if (error instanceof Error && error.message.startsWith('The database does not answer'))
    return new ExitError(error.message, EXIT.database, { cause: error })
  return error
}
