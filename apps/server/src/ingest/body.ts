import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DEEPEST, nestsTooDeep } from '@baton/engine'
import { MAX_BATCH_BYTES } from './message.ts'

/** A body that cannot be read, with the status that says so. */
export class BodyError extends Error {
  readonly status: 400 | 413
  constructor(status: 400 | 413, message: string) {
    super(message)
    this.name = 'BodyError'
    this.status = status
  }
}

/**
 * Reads a tracking request's JSON. What it is, is decided by its bytes and not by its type: RudderStack sends gzipped JSON as
 * `application/x-www-form-urlencoded`, sometimes without saying that it is gzipped. Never holds more than the limit, zipped or not.
 * @returns what it says, and a name made of its bytes
 */
export async function readBody(stream: Readable, limit = MAX_BATCH_BYTES): Promise<{ json: unknown; digest: () => string }> {
  const packed = await collect(stream, limit)
  const zipped = packed[0] === 0x1f && packed[1] === 0x8b
  let bytes = packed
  if (zipped) {
    const gunzip = createGunzip()
    gunzip.end(packed)
    bytes = await collect(gunzip, limit).catch((error: unknown) => {
      throw error instanceof BodyError ? error : new BodyError(400, 'The body begins like gzip, but cannot be unpacked. Send it again.')
    })
  }
  const json = parsed(bytes)
  if (nestsTooDeep(json)) throw new BodyError(400, `The body nests more than ${DEEPEST} deep. Send flatter properties.`)
  let made: string | undefined
  const digest = () => {
    made ??= createHash('sha256').update(bytes).digest('hex').slice(0, 32)
    return made
  }
  return { json, digest }
}

/** Escapes that JSON allows and no text in the database holds: a zero byte, half of a pair of surrogates. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i

const whole = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\u0000', '\ufffd')

/** The same with U+FFFD in place of what no text can hold: a title with a broken character is worth more than no event. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return whole(value)
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [whole(key), storable(inner)]))
}

function parsed(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  try {
    const json: unknown = JSON.parse(text)
    return UNSTORABLE.test(text) && !nestsTooDeep(json) ? storable(json) : json
  } catch {
    throw new BodyError(400, 'The body is not JSON. Send a JSON object, plain or gzipped.')
  }
}

async function collect(stream: Readable, limit: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += part.length
    if (size > limit) throw new BodyError(413, `The request has more than ${Math.floor(limit / 1024)} KB. Send smaller batches.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
