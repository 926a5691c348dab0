/** What has failed of late, each part of the work by itself: a lane, a pass over many people, the giving out of leads. */
export interface Backoff {
  /** Whether a part that failed has waited long enough. */
  ready(part: string): boolean
  /** @returns how often in a row it has failed, this time included */
  failed(part: string): number
  /** How often in a row it has failed so far. */
  failures(part: string): number
  worked(part: string): void
}

const LONGEST = 10_000

/** Each failure in a row doubles the wait, from twice `first` ms up to ten seconds; what works is asked again as ever. */
export function createBackoff({ first, wall }: { first: number; wall: () => number }): Backoff {
  const parts = new Map<string, { failures: number; until: number }>()
  const failures = (part: string) => parts.get(part)?.failures ?? 0
  return {
    ready: (part) => (parts.get(part)?.until ?? 0) <= wall(),
    failures,
    failed(part) {
      const times = failures(part) + 1
      parts.set(part, { failures: times, until: wall() + Math.min(LONGEST, first * 2 ** times) })
      return times
    },
    worked: (part) => void parts.delete(part),
  }
}
