import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres, type TestDatabase } from '@baton/db/testing'
import { importFile } from '@baton/server'
import { type Figure, figure, median } from '../figures.ts'
import { copyRows } from '../ingest/copy.ts'
import { writeBankFile } from '../people.ts'

const ROWS = 50_000
const REPETITIONS = 3
/** What an import writes for each new person. */
const TABLES = ['contact', 'identity', 'inbox'].map((table) => ({ table, where: 'true' }))

async function migrated(url: string): Promise<void> {
  const handle = await openDatabase({ url })
  await handle.migrate()
  await handle.close()
}

async function product(url: string, file: string): Promise<number> {
  const handle = await openDatabase({ url })
  try {
    await handle.migrate()
    const to = { db: handle, ids: createIds(handle), clock: { now: () => Date.UTC(2026, 10, 22) }, nudge: () => {} }
    const from = performance.now()
    const job = await importFile(to, file, { key: 'line:bench-', consentSource: 'benchmark' })
    const seconds = (performance.now() - from) / 1000
    if (job.status !== 'done' || job.created !== ROWS) throw new Error(`The import is not what it should be: ${JSON.stringify(job)}`)
    return seconds
  } finally {
    await handle.close()
  }
}

/** Rows per second of a CSV import, from the file to the commit of its last chunk, against COPY of the same rows; durable PostgreSQL. */
export async function importing(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'baton-import-'))
  const server = await startPostgres({ durable: true, settings: ['shared_buffers=1GB', 'max_wal_size=4GB'] })
  const speeds: number[] = []
  const copies: number[] = []
  const drops: TestDatabase[] = []
  try {
    const file = join(dir, 'bank.csv')
    await writeBankFile(file, ROWS, 1)
    console.error(`${ROWS} rows of 17 columns; PostgreSQL with fsync, shared_buffers 1 GB`)
    for (let i = 1; i <= REPETITIONS; i++) {
      console.error(`round ${i} of ${REPETITIONS} …`)
      const [source, target] = [await freshDatabase(server.url), await freshDatabase(server.url)]
      drops.push(source, target)
      speeds.push(ROWS / (await product(source.url, file)))
      await migrated(target.url)
      copies.push(ROWS / (await copyRows(source.url, target.url, TABLES)))
    }
    for (const database of drops) await database.drop()
  } finally {
    await server.stop()
    rmSync(dir, { recursive: true })
  }
  return [
    figure({
      name: 'CSV import against COPY',
      value: median(speeds),
      unit: 'rows/s',
      baseline: median(copies),
      goal: 0.2,
      better: 'larger',
    }),
  ]
}
