import { type Share, wilson } from './proportion.ts'

/** Leads that were handed over with a score (in whole points, rounded down), and what became of them. */
export interface HandedAt {
  score: number
  handed: number
  answered: number
  accepted: number
  won: number
}

/** People who were not handed over, by the highest score they came to; `won` became customers all the same, after that. */
export interface LeftAt {
  score: number
  people: number
  won: number
}

export interface ThresholdHistory {
  weeks: number
  handed: readonly HandedAt[]
  left: readonly LeftAt[]
  /** Of the people who were not handed over, which share was looked at: their numbers are divided by it. */
  share: number
  /** Customers among those looked at, whatever their score, who were not handed over. */
  leftWon: number
  /** The lowest threshold under which leads were handed over: below it nobody has answered. */
  lowest: number
}

/** What a threshold would have meant. */
export interface ThresholdPoint {
  at: number
  /** Leads in a week: those handed over that reach it, and those who were not and would have been. */
  perWeek: number
  /** Of them in a week: who was not handed over. */
  newPerWeek: number
  answered: number
  /** Of those that reach it and were answered, which share was accepted; null: nobody can say, since nobody was asked. */
  acceptance: Share | null
  /** Customers who would not have been handed over. */
  winsMissed: number
  wins: number
}

/** Each whole threshold from `from` to `to` against what was recorded. Rule LE-15. */
export function thresholdCurve(
  { weeks, handed, left, share, leftWon, lowest }: ThresholdHistory,
  from: number,
  to: number,
): ThresholdPoint[] {
  const sum = <T>(list: readonly T[], of: (it: T) => number) => list.reduce((all, it) => all + of(it), 0)
  const scale = share > 0 ? 1 / share : 0
  const wins = sum(handed, (it) => it.won) + leftWon * scale
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => {
    const at = from + i
    const reach = handed.filter((it) => it.score >= at)
    const would = left.filter((it) => it.score >= at)
    const answered = sum(reach, (it) => it.answered)
    const fresh = (sum(would, (it) => it.people) * scale) / weeks
    const found = sum(reach, (it) => it.won) + sum(would, (it) => it.won) * scale
    return {
      at,
      perWeek: sum(reach, (it) => it.handed) / weeks + fresh,
      newPerWeek: fresh,
      answered,
      acceptance: at < lowest || answered === 0 ? null : wilson({ people: answered, converted: sum(reach, (it) => it.accepted) }),
      winsMissed: wins - found,
      wins,
    }
  })
}
