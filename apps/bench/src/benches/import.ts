import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createIds, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres, type TestDatabase } from '@baton/db/testing'
import { importFile } from '@baton/server'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type Figure, figure, median } from '../figures.ts'
import { writeBankFile } from '../people.ts'

const ROWS = 50_000
const REPETITIONS = 3
/** What an import writes for each new person. */
const TABLES = ['contact', 'identity', 'inbox']

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

/** The very rows that the import made, by COPY into the same tables with the same keys and indexes, in one transaction. */
async function copied(source: string, target: string): Promise<number> {
  const [out, into] = [new pg.Client({ connectionString: source }), new pg.Client({ connectionString: target })]
  await Promise.all([out.connect(), into.connect()])
  try {
    const data = new Map<string, Buffer[]>()
    for (const table of TABLES) {
      const chunks: Buffer[] = []
      const keep = new Writable({
        write(chunk: Buffer, _encoding, done) {
          chunks.push(Buffer.from(chunk))
          done()
        },
      })
      await pipeline(out.query(copyTo(`copy ${table} to stdout`)), keep)
      data.set(table, chunks)
    }
    const from = performance.now()
    await into.query('begin')
    for (const [table, chunks] of data) await pipeline(Readable.from(chunks), into.query(copyFrom(`copy ${table} from stdin`)))
    await into.query('commit')
    return (performance.now() - from) / 1000
  } finally {
    await Promise.all([out.end(), into.end()])
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
      copies.push(ROWS / (await copied(source.url, target.url)))
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
