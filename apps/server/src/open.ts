import { join } from 'node:path'
import { DataDirectoryError, type Handle, openDatabase, type Where } from '@baton/db'
import type { Config } from './config.ts'
import { EXIT, ExitError } from './exit.ts'
import type { Timings } from './work.ts'

function whereOf({ database, dataDir }: Config, patience: Timings['patience']): Where {
  switch (database.kind) {
    case 'embedded':
      // Beside it lie uploads and exports: a folder of its own is what can be copied, moved away and restored.
      return { dir: join(dataDir, 'database') }
    case 'memory':
      return { memory: true }
    case 'postgres':
      return { url: database.url, patience, nodes: database.nodes }
  }
}

/**
 * Opens the configured database and brings its tables up to date.
 * @throws ExitError that says what is wrong with it, where, and what to do
 */
export async function openConfigured(config: Config, patience?: Timings['patience']): Promise<Handle> {
  let db: Handle
  try {
    db = await openDatabase(whereOf(config, patience))
  } catch (error) {
    if (error instanceof DataDirectoryError) throw new ExitError(error.message, EXIT.database, { cause: error })
    throw new ExitError(error instanceof Error ? error.message : String(error), EXIT.database, { cause: error })
  }
  try {
    await db.migrate()
    return db
  } catch (error) {
    await db.close()
    if (error instanceof DataDirectoryError) throw new ExitError(error.message, EXIT.database, { cause: error })
    const why = error instanceof Error ? error.message : String(error)
    const say = `The tables could not be brought up to date: ${why} Nothing was changed. Check that this user may create tables, then start again.`
    throw new ExitError(say, EXIT.database, { cause: error })
  }
}
