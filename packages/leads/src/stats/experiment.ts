import { compareShares, type Difference, peopleNeeded, type Share, type Tally, wilson } from './proportion.ts'

/** One way of an experiment with what became of its people. */
export interface WayTally extends Tally {
  id: string
  holdOut: boolean
}

/** What is known of a way, against the one that all are compared with. */
export interface WayResult extends WayTally {
  rate: Share
  /** Null for the way that the others are compared with. */
  against: (Difference & { verdict: 'better' | 'worse' | 'none' | 'too-few' }) | null
  /** People that this way and the compared one still need together to show the difference there is now; null: none, or shown. */
  needed: number | null
}

/**
 * An experiment's ways against its hold-out, or against the first where there is none. With several comparisons each is held to a
 * stricter level (Bonferroni), so that the chance of any false alarm stays what was asked for. Rules LE-5, LE-6.
 */
export function experimentResult(ways: readonly WayTally[], level = 0.95): WayResult[] {
  const control = ways.find((it) => it.holdOut) ?? ways[0]
  if (!control) return []
  const strict = 1 - (1 - level) / Math.max(1, ways.length - 1)
  return ways.map((way) => {
    const rate = wilson(way, level)
    if (way === control) return { ...way, rate, against: null, needed: null }
    const found = compareShares(control, way, strict)
    const verdict = verdictOf(found, 1 - strict)
    return {
      ...way,
      rate,
      against: { ...found, verdict },
      needed: verdict === 'none' || verdict === 'too-few' ? missing(control, way, strict) : null,
    }
  })
}

function verdictOf({ p, difference }: Difference, alpha: number) {
  if (p === null) return 'too-few'
  if (p >= alpha) return 'none'
  return difference > 0 ? 'better' : 'worse'
}

/** How many more people until a difference like today's is shown. Without any difference nobody can say. */
function missing(control: Tally, way: Tally, level: number): number | null {
  if (control.people === 0 || way.people === 0) return null
  const each = peopleNeeded(control.converted / control.people, way.converted / way.people, level)
  if (!Number.isFinite(each)) return null
  const more = Math.max(0, each - control.people) + Math.max(0, each - way.people)
  return more === 0 ? null : more
}
