import type { VersionTally, WinTally } from '@baton/db'
import { compareShares, type Difference, type Share, wilson } from '@baton/leads'

/** Fewer than so many, and a share is not told: its interval would be wider than 40 points. */
export const ENOUGH = 20

/** So many of so many, with what can be said of the share, and how it moved. */
export interface Figure {
  of: number
  n: number
  /** Null: too few to say. */
  share: Share | null
  /** The same in the time before; null: there is none to compare with. */
  before: { of: number; n: number } | null
  /** Against the time before; null: nothing to compare with, or too few on either side. `p` null: too few to be sure. */
  drift: Difference | null
}

/** A share of two counts, told only where there are enough. */
export function figure(n: number, of: number, before: { n: number; of: number } | null): Figure {
  const now = { people: of, converted: n }
  const compared = before && before.of >= ENOUGH && of >= ENOUGH ? compareShares({ people: before.of, converted: before.n }, now) : null
  return { of, n, share: of < ENOUGH ? null : wilson(now), before, drift: compared }
}

export interface Figures {
  /** Accepted of those that were accepted or rejected: too loose an agreement shows here. */
  accepted: Figure
  /** Won of those that came to an end. */
  won: Figure
  /** Customers who had been handed over before, of all customers: too strict an agreement shows here. */
  foundBefore: Figure
}

type Tally = Pick<VersionTally, 'answered' | 'accepted' | 'ended' | 'won'>

/** What an agreement is measured by. `wins` null: of one version, customers are not told apart. */
export function figuresOf(
  now: { tally: Tally; wins: WinTally | null },
  before: { tally: Tally; wins: WinTally | null } | null,
): Omit<Figures, 'foundBefore'> & { foundBefore: Figure | null } {
  return {
    accepted: figure(now.tally.accepted, now.tally.answered, before && { n: before.tally.accepted, of: before.tally.answered }),
    won: figure(now.tally.won, now.tally.ended, before && { n: before.tally.won, of: before.tally.ended }),
    foundBefore: now.wins && figure(now.wins.handed, now.wins.wins, before?.wins ? { n: before.wins.handed, of: before.wins.wins } : null),
  }
}

const NOTHING = { handed: 0, answered: 0, accepted: 0, rejected: 0, ended: 0, won: 0, noResponse: 0, overflow: 0, open: 0 }

/** All versions together. */
export function together(tallies: readonly VersionTally[]): typeof NOTHING {
  const sum = { ...NOTHING }
  for (const it of tallies) for (const key of KEYS) sum[key] += it[key]
  return sum
}

const KEYS = ['handed', 'answered', 'accepted', 'rejected', 'ended', 'won', 'noResponse', 'overflow', 'open'] as const
