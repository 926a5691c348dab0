import { type AgreementRow, type Handle, rejectionReasons, type VersionTally, versionTallies, winTally } from '@baton/db'
import { type Figure, figuresOf, together } from './figures.ts'
import type { Measured } from './periods.ts'

type Sums = ReturnType<typeof together>

/** How well an agreement tells who sales wants, within a period and against the one before. */
export interface Measurement {
  from: number
  to: number
  tally: Sums
  /** The same of the time before; null: nothing to compare with. */
  before: { from: number; to: number; tally: Sums } | null
  accepted: Figure
  won: Figure
  foundBefore: Figure | null
  /** Customers who had been handed over by this very agreement. */
  byThis: number
  perWeek: number
  perWeekBefore: number | null
  reasons: { reason: string; n: number }[]
  versions: { tally: VersionTally; accepted: Figure; won: Figure }[]
}

const WEEK = 7 * 86_400_000
/** A measured time begins with the first lead there was: weeks before would make it look idle. Less than a week counts as one. */
const weeks = (from: number, to: number, first: number) => Math.max(1, (to - Math.max(from, first)) / WEEK)

/** Counts what came of an agreement. */
export async function measure(db: Handle, row: AgreementRow, { from, to, before }: Measured): Promise<Measurement> {
  const now = await versionTallies(db, row.id, { from, to })
  const past = before && (await versionTallies(db, row.id, before))
  const wins = await winTally(db, row.id, { from, to })
  const winsBefore = before && (await winTally(db, row.id, before))
  const tally = together(now)
  const was = past && together(past)
  const first = Math.min(...[...now, ...(past ?? [])].map((it) => it.firstAt))
  return {
    from,
    to,
    tally,
    before: before && was && { ...before, tally: was },
    ...figuresOf({ tally, wins }, was && { tally: was, wins: winsBefore }),
    byThis: wins.byThis,
    perWeek: tally.handed / weeks(from, to, first),
    perWeekBefore: before && was && was.handed > 0 ? was.handed / weeks(before.from, before.to, first) : null,
    reasons: await rejectionReasons(db, row.id, { from, to }),
    versions: now.map((tally) => {
      const { accepted, won } = figuresOf({ tally, wins: null }, null)
      return { tally, accepted, won }
    }),
  }
}
