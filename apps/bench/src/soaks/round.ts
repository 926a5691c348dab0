/** What one round of a soak found. */
export interface Round {
  /** What must not be, as sentences; none is good. */
  wrong: string[]
  /** Numbers to be summed over the rounds. */
  counts: Record<string, number>
  /** Which of the things that a soak goes through were met. */
  seen: readonly string[]
}
