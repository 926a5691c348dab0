import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { BackupError } from './manifest.ts'

/** One entry of a backup. */
export interface Piece {
  name: string
  body: Buffer
}

/** No piece is larger, but for a single row that is: what claims more is no backup of ours. */
const LARGEST = 512 * 1024 * 1024

const NOT_WHOLE = 'The backup is not whole: it ends too early, or a part of it is damaged. Take another copy of it.'

const isUnpacking = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')

/**
 * The entries of a backup in their order.
 * @throws BackupError when it is none, or ends too early
 */
export async function* piecesOf(file: Readable): AsyncGenerator<Piece> {
  const tar = extract()
  const unpacked = pipeline(file, createGunzip(), tar)
  // Its end is looked at below; until then it must not end the process.
  unpacked.catch(() => {})
  let any = false
  try {
    for await (const entry of tar) {
      const { name, size = 0 } = entry.header
      if (size > LARGEST) throw new BackupError('This is not a backup of Baton.')
      const parts: Buffer[] = []
      for await (const part of entry) if (Buffer.isBuffer(part)) parts.push(part)
      any = true
      yield { name, body: Buffer.concat(parts) }
    }
    await unpacked
  } catch (error) {
    if (error instanceof BackupError) throw error
    if (isUnpacking(error)) throw new BackupError(any ? NOT_WHOLE : 'This is not a backup of Baton, or it is damaged from its beginning.')
    // The tar inside of a packed file that is cut off, or is no tar.
    if (error instanceof Error && /tar|unexpected end|premature close/i.test(error.message))
      throw new BackupError(NOT_WHOLE, { cause: error })
    throw error
  }
}
