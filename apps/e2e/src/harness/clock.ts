/** The clock that the story moves: contacts' time stands still between two calls of `forward`. */
export interface StoryClock {
  now(): number
  /** Moves on by so many ms. */
  forward(ms: number): void
}

/** A clock that begins at `start` (ms since 1970). */
export function storyClock(start: number): StoryClock {
  let at = start
  return {
    now: () => at,
    forward(ms) {
      at += ms
    },
  }
}
