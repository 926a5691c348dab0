import { open } from 'node:fs/promises'
import { ImportError } from '@baton/api'

/** The first bytes of what is not a table of text, and what to do about each. */
const KINDS: readonly { magic: readonly number[]; say: string }[] = [
  {
    magic: [0x50, 0x4b, 0x03, 0x04],
    say: 'This is an Excel workbook or a zip file. In Excel choose File, Save as, CSV UTF-8, and use that file.',
  },
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0],
    say: 'This is an old Excel workbook. In Excel choose File, Save as, CSV UTF-8, and use that file.',
  },
  { magic: [0x1f, 0x8b], say: 'This file is compressed. Unpack it first, then upload the CSV file inside.' },
  { magic: [0x25, 0x50, 0x44, 0x46], say: 'This is a PDF. Export the table as CSV and use that file.' },
]

/** The size of what is looked at to find out how a file is written. */
export const SAMPLE_BYTES = 256 * 1024

/**
 * The first part of a file, once it is sure that it is text.
 * @throws ImportError for an empty file and for what is not text
 */
export async function sampleOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(SAMPLE_BYTES)
    const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, 0)
    const sample = buffer.subarray(0, bytesRead)
    refuseBinary(sample)
    return sample
  } finally {
    await file.close()
  }
}

/** @throws ImportError where these first bytes of a file are not text; an empty file too */
export function refuseBinary(sample: Buffer): void {
  if (sample.length === 0) throw new ImportError('This file is empty. Export the table again and use that file.')
  const kind = KINDS.find(({ magic }) => magic.every((byte, i) => sample[i] === byte))
  if (kind) throw new ImportError(kind.say)
  const wide = (sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)
  if (!wide && sample.includes(0)) throw new ImportError('This is not a text file. Export the table as CSV (UTF-8) and use that file.')
}
