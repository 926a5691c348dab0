import { ImportError } from '@baton/api'
import chardet from 'chardet'
import iconv from 'iconv-lite'

/** How the text of a file is stored, and how many bytes come before it. */
export interface Encoding {
  /** `utf-8`, or a name that iconv-lite knows. */
  name: string
  bom: 0 | 2 | 3
}

/** The mark at the beginning decides; else UTF-8 where every byte fits it; else what the letters make most likely. */
export function detectEncoding(sample: Buffer, asked?: string): Encoding {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return { name: asked ?? 'utf-8', bom: 3 }
  if (sample[0] === 0xff && sample[1] === 0xfe) return { name: 'utf-16le', bom: 2 }
  if (sample[0] === 0xfe && sample[1] === 0xff) return { name: 'utf-16be', bom: 2 }
  if (asked !== undefined) {
    const name = asked.toLowerCase()
    if (!iconv.encodingExists(name)) throw new ImportError(`The encoding “${asked}” is unknown. Choose UTF-8 or Windows-1252.`)
    return { name, bom: 0 }
  }
  if (isUtf8(sample)) return { name: 'utf-8', bom: 0 }
  const likely = chardet.detect(sample)?.toLowerCase() ?? ''
  // Exports from office programs in the west; ISO-8859-1 is a part of it, and multi-byte guesses on short samples are mostly wrong.
  const western = likely === '' || likely.startsWith('iso-8859-1') || likely.startsWith('utf') || !iconv.encodingExists(likely)
  return { name: western ? 'windows-1252' : likely, bom: 0 }
}

/** True where all bytes are UTF-8; the last character may be cut off. */
function isUtf8(sample: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
    return true
  } catch {
    return false
  }
}

export const isPlain = (encoding: string) => encoding === 'utf-8' || encoding === 'utf8' || encoding === 'ascii'

/** The text of a sample, its mark left out. */
export const decodeSample = (sample: Buffer, { name, bom }: Encoding): string => iconv.decode(sample.subarray(bom), name)
