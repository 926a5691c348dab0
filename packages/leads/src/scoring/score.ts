import { DAY, type Instant } from '../time/instant.ts'
import { ageInDays, decayed, type FactorTable, factorAt, WHOLE } from './decay.ts'

/** What a sum needs of a line of the ledger. Points are integer hundredths. */
export interface ScoreLine {
  readonly dimension: string
  readonly points: number
  readonly at: Instant
  /** Taken back then: from that instant on it counts no longer. */
  readonly until?: Instant | null | undefined
  /** Given for as long as something holds: it does not age meanwhile. */
  readonly held?: boolean | undefined
  /** Counts from then on only, though it ages since `at`: what was left of a line that was cut then. */
  readonly since?: Instant | null | undefined
}

/** What the score model says of a dimension. `cap` in hundredths. */
export interface DimensionRules {
  readonly cap?: number | undefined
  readonly factors?: FactorTable | undefined
}

/** A line with what it is worth now, and why. `factor` in millionths, `value` in hundredths. */
export interface ExplainedLine<Line extends ScoreLine> {
  readonly line: Line
  readonly age: number
  readonly factor: number
  readonly value: number
}

/** A score with everything needed to recompute it. All in hundredths; `cut` is what the cap took away. */
export interface ExplainedScore<Line extends ScoreLine> {
  readonly dimension: string
  readonly at: Instant
  readonly total: number
  readonly positive: number
  readonly negative: number
  readonly cap: number | undefined
  readonly cut: number
  readonly lines: readonly ExplainedLine<Line>[]
}

/**
 * The score of a dimension at an instant, in hundredths: the positive lines, decayed and capped together, and the negative
 * lines, decayed. Lines later than `at` do not count yet. Rules LS-1 to LS-5.
 */
export function sumScore(lines: readonly ScoreLine[], dimension: string, at: Instant, rules: DimensionRules = {}): number {
  let positive = 0
  let negative = 0
  for (const line of lines) {
    if (!counts(line, dimension, at)) continue
    const value = worthAt(line, Math.floor(at / DAY), rules)
    if (value > 0) positive += value
    else negative += value
  }
  return capped(positive, rules.cap) + negative
}

/** The same sum with each line's part in it, in the order of `lines`. Rule LS-6. */
export function explainScore<Line extends ScoreLine>(
  lines: readonly Line[],
  dimension: string,
  at: Instant,
  rules: DimensionRules = {},
): ExplainedScore<Line> {
  const explained: ExplainedLine<Line>[] = []
  let positive = 0
  let negative = 0
  for (const line of lines) {
    if (!counts(line, dimension, at)) continue
    const age = ageInDays(line.at, at)
    const factor = line.held ? WHOLE : factorAt(rules.factors, age)
    const value = decayed(line.points, factor)
    if (value > 0) positive += value
    else negative += value
    explained.push({ line, age, factor, value })
  }
  const kept = capped(positive, rules.cap)
  return { dimension, at, total: kept + negative, positive, negative, cap: rules.cap, cut: positive - kept, lines: explained }
}

/** What is asked of a score: `says` may change its mind only where the score (in hundredths) comes to, or passes, one of `breaks`. */
export interface ScoreTest {
  says(score: number): boolean | null
  breaks: readonly number[]
}

/**
 * Until when what a test says of the score holds, if nothing but time goes by: the first instant after `at` at which it says
 * something else, always a UTC midnight; undefined if never. Rule LS-7. Between two days the positive lines only shrink and the
 * negative ones only fade, so a span whose bounds hold no break is skipped whole.
 */
export function scoreHoldsUntil(
  lines: readonly ScoreLine[],
  dimension: string,
  at: Instant,
  rules: DimensionRules,
  test: ScoreTest,
): Instant | undefined {
  const days = rules.factors?.length ?? 0
  const living = lines.filter((line) => counts(line, dimension, at))
  if (days === 0 || living.length === 0) return undefined
  const parts = (day: number) => partsAt(living, day, rules)
  const total = ({ positive, negative }: Parts) => capped(positive, rules.cap) + negative
  const today = Math.floor(at / DAY)
  const start = parts(today)
  const truth = test.says(total(start))

  // The first day in (from, to] on which the test says something else.
  const search = (from: number, first: Parts, to: number, last: Parts): number | undefined => {
    const low = capped(last.positive, rules.cap) + first.negative
    const high = capped(first.positive, rules.cap) + last.negative
    // Breaks come from decimals that people typed, hence the margin; scores are whole.
    const open = low < high && test.breaks.some((it) => it >= low - 1e-6 && it <= high + 1e-6)
    if (!open || to - from === 1) return test.says(total(last)) === truth ? undefined : to
    const middle = Math.floor((from + to) / 2)
    const between = parts(middle)
    return search(from, first, middle, between) ?? search(middle, between, to, last)
  }
  const youngest = living.reduce((latest, line) => Math.max(latest, line.at), living[0]?.at ?? at)
  const end = Math.floor(youngest / DAY) + days
  const day = end > today ? search(today, start, end, parts(end)) : undefined
  return day === undefined ? undefined : day * DAY
}

interface Parts {
  positive: number
  negative: number
}

/** The decayed positive and negative lines on a UTC day. */
function partsAt(lines: readonly ScoreLine[], day: number, rules: DimensionRules): Parts {
  const sums = { positive: 0, negative: 0 }
  for (const line of lines) {
    const value = worthAt(line, day, rules)
    if (value > 0) sums.positive += value
    else sums.negative += value
  }
  return sums
}

/** Whether a line is part of the sum at an instant: given by then, and not taken back. Rules LS-1, LS-9, LS-13. */
export const counts = (line: ScoreLine, dimension: string, at: Instant): boolean =>
  line.dimension === dimension && (line.since ?? line.at) <= at && (line.until === undefined || line.until === null || line.until > at)

/** What a line is worth on a UTC day. Rules LS-3, LS-10. */
export const worthAt = (line: ScoreLine, day: number, { factors }: DimensionRules): number =>
  line.held ? line.points : decayed(line.points, factorAt(factors, day - Math.floor(line.at / DAY)))

function capped(positive: number, cap: number | undefined): number {
  return cap === undefined ? positive : Math.min(positive, cap)
}
