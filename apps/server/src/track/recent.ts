/** More than this are forgotten, the oldest first. */
const MOST = 50_000

/** Remembers for a while what was just done, in this process: the second press of a double click is no second click. */
export function createRecent(ms: number, now: () => number = Date.now) {
  const until = new Map<string, number>()
  return {
    /** Whether this was done a moment ago; from now on it was. */
    again(key: string): boolean {
      const at = now()
      const known = until.get(key)
      if (known !== undefined && known > at) return true
      until.delete(key)
      until.set(key, at + ms)
      for (const [oldest, end] of until) {
        if (until.size <= MOST && end > at) break
        until.delete(oldest)
      }
      return false
    },
  }
}
