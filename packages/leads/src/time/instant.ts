/** Milliseconds since 1970-01-01T00:00Z, an integer. The form in which every instant crosses a boundary of this package. */
export type Instant = number

/**
 * A wall-clock reading as the milliseconds a clock in UTC would need to show the same digits.
 * 2026-03-29 02:30 on any wall is Date.UTC(2026, 2, 29, 2, 30). It names no instant until a zone is added.
 */
export type Wall = number

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000
