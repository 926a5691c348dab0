const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside strings, so they end the match
  /\s*(?:([[{}\]:,])|("(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y

/** What may come next: a value, the first of a list or its end, a key, its colon, or what stands behind a value. */
type Wanted = 'value' | 'first-value' | 'first-key' | 'key' | 'colon' | 'after'

/**
 * Where a text stops being JSON, as an offset; its length when it ends too early. JSON.parse says what is wrong, and in this version of
 * Node not where.
 */
export function jsonFault(text: string): number {
  const open: ('[' | '{')[] = []
  let wanted: Wanted = 'value'
  for (let at = 0; ; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    const start = at + (/^\s*/.exec(text.slice(at, at + 10_000))?.[0].length ?? 0)
    if (!found) return start
    const [, mark, string] = found
    const value: boolean = wanted === 'value' || wanted === 'first-value'
    if ((mark === '[' || mark === '{') && value) {
      open.push(mark)
      wanted = mark === '[' ? 'first-value' : 'first-key'
    } else if (mark === ']' && open.at(-1) === '[' && (wanted === 'first-value' || wanted === 'after')) {
      open.pop()
      wanted = 'after'
    } else if (mark === '}' && open.at(-1) === '{' && (wanted === 'first-key' || wanted === 'after')) {
      open.pop()
      wanted = 'after'
    } else if (mark === ',' && wanted === 'after' && open.length > 0) wanted = open.at(-1) === '[' ? 'value' : 'key'
    else if (mark === ':' && wanted === 'colon') wanted = 'value'
    else if (string !== undefined && (wanted === 'key' || wanted === 'first-key')) wanted = 'colon'
    else if (mark === undefined && value) wanted = 'after'
    else return start
  }
}

/** An offset as people count, `line:column` from 1. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}
