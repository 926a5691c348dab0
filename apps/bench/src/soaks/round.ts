/** What one round of a soak found. */
export interface Round {
  /** What must not be, as sentences; none is good. */
  wrong: string[]
  /** Numbers to be summed over the rounds. */
  counts: Record<string, number>
  /** Which of the things that a soak goes through were met. */
  seen: readonly string[]
}

/** How a round is played, where the soak knows of it. */
export interface HowRound {
  /** So many rounds in one, from this seed on. */
  count?: number | undefined
  /** One of the soak's bugs, put in to see that it is found. */
  inject?: string | undefined
}

export interface Soak {
  /** Everything that the rounds together are meant to meet. */
  readonly all: readonly string[]
  /** From so many rounds on all of it must be met; where absent, as many as there are things. */
  enough?: number | undefined
  /** So many rounds are played as one; one by one where absent. */
  together?: number | undefined
  /** Bugs that can be put in. */
  injections?: readonly string[] | undefined
  /** @returns what one round found; the same for the same seed, but for how fast the machine is */
  round(seed: number, how?: HowRound): Promise<Round>
  /** Takes away what the rounds had in common. */
  close?(): Promise<void>
}
