import type { Figure } from './figures.ts'

/** A table beside the figures, such as where the time goes: cells as they are to be read, units in the heads of the columns. */
export interface Breakdown {
  title: string
  columns: readonly string[]
  rows: readonly (readonly (string | number)[])[]
}

/** What a benchmark found out. */
export interface Findings {
  figures: readonly Figure[]
  tables?: readonly Breakdown[] | undefined
}

/** How a benchmark is asked to run. */
export interface How {
  /** So small that a test can run it: the counts are right, the speeds mean nothing. */
  quick: boolean
  /** How many people, smallest first; undefined: as many as the benchmark thinks right. */
  people?: readonly number[] | undefined
}

/**
 * One benchmark. It measures its baseline in the same run, interleaved with what it measures, says on standard error what it does, and
 * throws when its counts are not what they must be.
 */
export type Bench = (how: How) => Promise<readonly Figure[] | Findings>

/** Both forms of an answer as one. */
export const findingsOf = (found: readonly Figure[] | Findings): Findings => ('figures' in found ? found : { figures: found })

/** The sizes that a benchmark runs at. */
export const sizesOf = (how: How, full: readonly number[], quick: readonly number[]): readonly number[] =>
  how.people ?? (how.quick ? quick : full)
