import type { Instant } from './instant.ts'

/**
 * The next `count` instants from `from` on at which something fires, by asking for the first and then for the first after each.
 * Ends early where there is no further one, or where one is not later than the last. Rule LT-27.
 */
export function nextTimes(from: Instant, count: number, next: (from: Instant) => Instant | undefined): Instant[] {
  const found: Instant[] = []
  let at: Instant | undefined = next(from)
  while (at !== undefined && found.length < count && at > (found.at(-1) ?? Number.NEGATIVE_INFINITY)) {
    found.push(at)
    at = next(at + 1)
  }
  return found
}
