import { freshDatabase, startPostgres } from '@baton/db/testing'
import type { How } from '../findings.ts'

/** Gives work a fresh database and takes it away again. */
type On = <T>(work: (url: string) => Promise<T>) => Promise<T>

/** A PostgreSQL of its own: durable, as it ships but for two settings; without fsync where nothing is measured. */
export async function onServer(how: How, work: (on: On) => Promise<void>): Promise<void> {
  if (!how.quick) console.error('PostgreSQL with fsync, shared_buffers 1 GB, max_wal_size 4 GB')
  const server = await startPostgres(how.quick ? {} : { durable: true, settings: ['shared_buffers=1GB', 'max_wal_size=4GB'] })
  try {
    await work(async (use) => {
      const database = await freshDatabase(server.url)
      try {
        return await use(database.url)
      } finally {
        await database.drop()
      }
    })
  } finally {
    await server.stop()
  }
}
