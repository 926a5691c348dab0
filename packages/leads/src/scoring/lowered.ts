import { compareText } from '../text/compare.ts'
import { DAY, type Instant } from '../time/instant.ts'
import { factorAt, WHOLE } from './decay.ts'
import { counts, type DimensionRules, type ScoreLine, sumScore, worthAt } from './score.ts'

/** A line that is told from others by its key. */
interface KeyedLine extends ScoreLine {
  readonly key: string
}

/** What stays of lines that count so much at most from an instant on. */
export interface LeftLines<Line> {
  /** Taken back, the cut one included. */
  readonly ended: readonly Line[]
  /** The one line of which a part stays: it counts so many points (hundredths) from then on, and goes on ageing as it did. */
  readonly cut: { readonly line: Line; readonly points: number } | undefined
}

/** A score that was lowered, and what the lines that stay are worth at that instant, in hundredths. */
export interface LoweredScore<Line> extends LeftLines<Line> {
  readonly left: number
}

/**
 * Lowers the score of a dimension at an instant: to so much at most, or, with null, to what is given for as long as something holds.
 * Undefined where it is not above that. What is held stays as it is. Rule LS-12.
 */
export function loweredScore<Line extends KeyedLine>(
  lines: readonly Line[],
  dimension: string,
  at: Instant,
  rules: DimensionRules,
  most: number | null,
): LoweredScore<Line> | undefined {
  const held = sumScore(
    lines.filter((it) => it.held),
    dimension,
    at,
    rules,
  )
  const to = Math.max(most ?? held, held)
  if (sumScore(lines, dimension, at, rules) <= to) return undefined
  return { ...leftOf(lines, dimension, at, rules, to - held), left: to - held }
}

/**
 * What stays of the lines of a dimension, but for those that are held, if they count `left` hundredths at most from an instant on: the newest
 * that fit, and a part of the next. What takes points off goes with the others: it was told in the sum. Rule LS-13.
 */
export function leftOf<Line extends KeyedLine>(
  lines: readonly Line[],
  dimension: string,
  at: Instant,
  rules: DimensionRules,
  left: number,
): LeftLines<Line> {
  const today = Math.floor(at / DAY)
  const newest = lines
    // What gives no points says something else, and goes on saying it.
    .filter((it) => !it.held && it.points !== 0 && counts(it, dimension, at))
    .sort((a, b) => b.at - a.at || (a.key === b.key ? 0 : compareText(b.key, a.key)))
  const ended: Line[] = []
  let cut: LeftLines<Line>['cut']
  let room = left
  for (const line of newest) {
    const worth = worthAt(line, today, rules)
    if (worth > 0 && worth <= room) {
      room -= worth
      continue
    }
    ended.push(line)
    if (worth <= 0 || room === 0) continue
    // No factor is above 1, so these points are worth exactly what there is room for.
    cut = { line, points: Math.round((room * WHOLE) / factorAt(rules.factors, today - Math.floor(line.at / DAY))) }
    room = 0
  }
  return { ended, cut }
}
