interface Window {
  count: number
  endsAt: number
}

/** Of more callers than this the oldest windows are forgotten. */
const MOST = 100_000

/**
 * Counts requests per key in windows, in this process: the auth library's own store is one for all servers of a process, so that two
 * of them would use up each other's tries.
 */
export function createRateLimit(now: () => number = Date.now) {
  const windows = new Map<string, Window>()

  function forget(): void {
    for (const [key, { endsAt }] of windows) if (endsAt <= now()) windows.delete(key)
    for (const key of windows.keys()) {
      if (windows.size <= MOST) break
      windows.delete(key)
    }
  }

  return {
    /** @param rule at most `max` requests within `window` seconds */
    async consume(key: string, rule: { window: number; max: number }): Promise<{ allowed: boolean; retryAfter: number | null }> {
      const at = now()
      const current = windows.get(key)
      if (current && current.endsAt > at) {
        if (current.count >= rule.max) return { allowed: false, retryAfter: Math.ceil((current.endsAt - at) / 1000) }
        current.count++
        return { allowed: true, retryAfter: null }
      }
      windows.delete(key)
      windows.set(key, { count: 1, endsAt: at + rule.window * 1000 })
      if (windows.size > MOST) forget()
      return { allowed: true, retryAfter: null }
    },
  }
}
