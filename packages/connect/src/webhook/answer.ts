/** Deeper than anybody's answer, and shallow enough for every store. */
const DEEPEST = 32

/**
 * The content of an answer as plain JSON that can be stored: without the characters that no database takes, no deeper than 32 levels.
 * @returns null for what is no JSON, or too deep
 */
export function readAnswer(text: string): unknown {
  try {
    return cleaned(JSON.parse(text), DEEPEST)
  } catch {
    return null
  }
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storable(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) throw new Error('too deep')
  if (Array.isArray(value)) return value.map((it) => cleaned(it, depth - 1))
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [storable(key), cleaned(it, depth - 1)]))
}

/** Without NUL, and without halves of characters. */
const storable = (text: string): string => Buffer.from(text.replaceAll('\0', '')).toString()
