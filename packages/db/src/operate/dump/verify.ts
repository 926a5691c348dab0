import { createHash, type Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { altered, BackupError, type Manifest, readManifest, readSums, type Sums, sha256 } from './manifest.ts'
import { piecesOf } from './read.ts'
import { rowsIn } from './tap.ts'

const PIECE_NAME = /^([a-z_]+)\/\d+\.copy$/

/** A piece of a table, or what stands around them. */
export type Part = { table: string; rows: Buffer } | { sums: Sums }

/** The pieces behind the manifest. */
async function* partsOf(pieces: AsyncIterable<{ name: string; body: Buffer }>): AsyncGenerator<Part> {
  for await (const { name, body } of pieces) {
    const table = PIECE_NAME.exec(name)?.[1]
    if (table !== undefined) yield { table, rows: body }
    else if (name === 'sums.json') yield { sums: readSums(body.toString('utf8')) }
    else throw altered()
  }
}

interface Tally {
  hash: Hash
  rows: number
}

/** Checks every piece that goes by, and at the end that all were there. */
export async function* checked(manifest: Manifest, text: string, parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  const tallies = new Map(manifest.tables.map(({ name }): [string, Tally] => [name, { hash: createHash('sha256'), rows: 0 }]))
  let sums: Sums | undefined
  for await (const part of parts) {
    if (sums) throw altered()
    if ('sums' in part) sums = part.sums
    else {
      const tally = tallies.get(part.table)
      if (!tally) throw altered()
      tally.hash.update(part.rows)
      tally.rows += rowsIn(part.rows)
    }
    yield part
  }
  if (!sums) throw new BackupError('The backup is not whole: it ends too early. Take another copy of it.')
  if (sums.manifest !== sha256(text) || Object.keys(sums.tables).length !== tallies.size) throw altered()
  for (const [name, { hash, rows }] of tallies) {
    const sum = sums.tables[name]
    if (sum?.rows !== rows || sum.sha256 !== hash.digest('hex')) throw altered()
  }
}

/** Opens a backup: what it says of itself, and its parts, checked as they are read. */
export async function openBackup(file: Readable): Promise<{ manifest: Manifest; parts: AsyncGenerator<Part> }> {
  const pieces = piecesOf(file)
  const first = await pieces.next()
  if (first.done || first.value.name !== 'manifest.json') throw new BackupError('This is not a backup of Baton.')
  const text = first.value.body.toString('utf8')
  const manifest = readManifest(text)
  return { manifest, parts: checked(manifest, text, partsOf(pieces)) }
}

/**
 * Reads a backup from its beginning to its end and checks all sums. Writes nothing.
 * @throws BackupError with what is wrong
 */
export async function verifyBackup(file: Readable, signal: AbortSignal): Promise<{ manifest: Manifest; sums: Sums }> {
  const { manifest, parts } = await openBackup(file)
  let sums: Sums | undefined
  for await (const part of parts) {
    signal.throwIfAborted()
    if ('sums' in part) sums = part.sums
  }
  if (!sums) throw altered()
  return { manifest, sums }
}
