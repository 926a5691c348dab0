import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { revisionOf } from '../revision.ts'
import { eventMonths, sequencesOf, tablesOf } from './catalog.ts'
import { BackupError, FORMAT, type Manifest, type Sums, sealed, sha256 } from './manifest.ts'
import { rowsIn, type Tap } from './tap.ts'

/** `rows` of a table so far; `over`: that were all. */
export type Progress = (table: string, rows: number, over: boolean) => void

export interface BackupOptions {
  /** Of Baton. */
  version: string
  /** When, for the manifest: milliseconds since 1970. */
  at: number
  progress: Progress
  signal: AbortSignal
}

/** Packing costs more than reading; beyond this it costs much and saves little. */
const LEVEL = 3

/**
 * Writes everything that a transaction sees to `out`, table by table, packed: a tar file of pieces, whose first entry says what it is
 * and whose last one holds the sums.
 * @param tap in mode read: the whole file is as of one instant
 * @returns rows per table
 * @throws the signal's reason when cancelled; Error when there is nothing of Baton in the database
 */
export async function writeBackup(tap: Tap, out: Writable, options: BackupOptions): Promise<ReadonlyMap<string, number>> {
  const revision = await revisionOf(tap)
  if (revision === null) throw new BackupError('There is nothing to back up: Baton has not been started on this database yet.')
  const tar = pack()
  const put = (name: string, body: Buffer) =>
    new Promise<void>((done, failed) => {
      const entry = tar.entry({ name, size: body.length, mode: 0o600, mtime: new Date(options.at) }, (error) =>
        error ? failed(error) : done(),
      )
      entry.end(body)
    })
  const packed = pipeline(tar, createGzip({ level: LEVEL }), out, { signal: options.signal })
  const write = async () => {
    const tables = await tablesOf(tap)
    const made = new Date(options.at).toISOString()
    const manifest: Manifest = { format: FORMAT, version: options.version, made, revision, tables, months: await eventMonths(tap) }
    const text = JSON.stringify(manifest)
    await put('manifest.json', Buffer.from(text))
    const sums: Sums = { manifest: sha256(text), tables: {}, sequences: [] }
    for (const { name, columns } of tables) {
      const hash = createHash('sha256')
      let rows = 0
      let part = 0
      for await (const piece of tap.copyOut(name, columns)) {
        options.signal.throwIfAborted()
        hash.update(piece)
        rows += rowsIn(piece)
        await put(`${name}/${String(++part).padStart(6, '0')}.copy`, piece)
        options.progress(name, rows, false)
      }
      sums.tables[name] = { rows, sha256: hash.digest('hex') }
      options.progress(name, rows, true)
    }
    sums.sequences = await sequencesOf(tap)
    await put('sums.json', Buffer.from(sealed(sums)))
    tar.finalize()
    return new Map(Object.entries(sums.tables).map(([name, sum]) => [name, sum.rows]))
  }
  // A file that cannot be written ends the reading too: whoever waits for room in the pipe would wait for ever.
  const [rows] = await Promise.all([Promise.race([write(), packed.then(() => new Map<string, number>())]), packed])
  return rows
}
