/** Deeper than anything people or programs mean, shallow enough for every parser and store behind. */
export const DEEPEST = 64

/** True where lists and objects nest deeper than `most`. Looks without recursion: what comes from outside may nest a million deep. */
export function nestsTooDeep(value: unknown, most = DEEPEST): boolean {
  const open: { it: unknown; depth: number }[] = [{ it: value, depth: 1 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { it, depth } = next
    if (typeof it !== 'object' || it === null) continue
    if (depth > most) return true
    for (const inner of Object.values(it)) if (typeof inner === 'object' && inner !== null) open.push({ it: inner, depth: depth + 1 })
  }
  return false
}
