import { createReadStream, createWriteStream } from 'node:fs'
import { access, rename } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import iconv from 'iconv-lite'
import { isPlain } from './encoding.ts'

/**
 * A copy of a file in UTF-8 beside it, so that places in it can be counted in bytes; the file itself where it is UTF-8 already.
 * Made once: an import that goes on finds it there.
 */
export async function plainText(
  path: string,
  { encoding, bom }: { encoding: string; bom: number },
): Promise<{ path: string; bom: number }> {
  if (isPlain(encoding)) return { path, bom }
  const copy = copyOf(path)
  const there = await access(copy).then(
    () => true,
    () => false,
  )
  if (there) return { path: copy, bom: 0 }
  await pipeline(
    createReadStream(path, { start: bom }),
    iconv.decodeStream(encoding),
    iconv.encodeStream('utf-8'),
    createWriteStream(`${copy}.part`),
  )
  await rename(`${copy}.part`, copy)
  return { path: copy, bom: 0 }
}

/** Where the copy of a file lies, if there is one. */
export const copyOf = (path: string): string => `${path}.utf8`
