/** What one round of a soak found. */
export interface Round {
  /** What must not be, as sentences; none is good. */
  wrong: string[]
  /** Numbers to be summed over the rounds. */
  counts: Record<string, number>
  /** Which of the things that a soak goes through were met. */
  seen: readonly string[]
}

export interface Soak {
  /** Everything that the rounds together are meant to meet. */
  all: readonly string[]
  /** @returns what one round found; the same for the same seed, but for how fast the machine is */
  round(seed: number): Promise<Round>
  /** Takes away what the rounds had in common. */
  close?(): Promise<void>
}
