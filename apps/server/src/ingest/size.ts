/** A character takes so many bytes at most: `\u0000`. */
const CHARACTER = 6
/** A number, `false`, `null`. */
const VALUE = 25

/** Bytes that a value read from JSON takes at most when written as JSON: an upper bound, several times as cheap as writing it. */
export function bytesAtMost(value: unknown): number {
  if (typeof value === 'string') return value.length * CHARACTER + 2
  if (typeof value !== 'object' || value === null) return VALUE
  let bytes = 2
  if (Array.isArray(value)) {
    for (const one of value) bytes += bytesAtMost(one) + 1
    return bytes
  }
  for (const [key, one] of Object.entries(value)) bytes += key.length * CHARACTER + 4 + bytesAtMost(one)
  return bytes
}
