import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

export interface Part {
  table: string
  /** Which rows: what stands behind `where`. */
  where: string
}

/** The rows as COPY writes them, in memory. */
async function take(out: pg.Client, { table, where }: Part): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  const keep = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  await pipeline(out.query(copyTo(`copy (select * from ${table} where ${where}) to stdout`)), keep)
  return chunks
}

/**
 * Copies rows from one database into the same tables of another, by COPY in one transaction.
 * @returns seconds of the writing alone
 */
export async function copyRows(source: string, target: string, parts: readonly Part[]): Promise<number> {
  const [out, into] = [new pg.Client({ connectionString: source }), new pg.Client({ connectionString: target })]
  await Promise.all([out.connect(), into.connect()])
  try {
    const data: { table: string; chunks: Buffer[] }[] = []
    for (const part of parts) data.push({ table: part.table, chunks: await take(out, part) })
    const from = performance.now()
    await into.query('begin')
    for (const { table, chunks } of data) await pipeline(Readable.from(chunks), into.query(copyFrom(`copy ${table} from stdin`)))
    await into.query('commit')
    return (performance.now() - from) / 1000
  } finally {
    await Promise.all([out.end(), into.end()])
  }
}
