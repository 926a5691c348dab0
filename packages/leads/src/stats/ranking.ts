import { normalQuantile } from './normal.ts'

/** Everybody with one value of a score: how many, and to how many of them it happened. */
export interface ScoreGroup {
  score: number
  people: number
  positive: number
}

/** A point of the curve: taking everybody down to a score, which share of those it happened to is found, and of the others as well. */
export interface RocPoint {
  /** Down to this score; null at the beginning, where nobody is taken. */
  score: number | null
  /** Of those to whom it happened: which share is taken. */
  found: number
  /** Of those to whom it did not. */
  falsely: number
}

/** How well a score tells two groups apart. */
export interface Ranking {
  people: number
  positive: number
  /** How likely somebody it happened to has the higher score than somebody it did not; a tie is half. 0.5 is no better than chance. */
  auc: number
  low: number
  high: number
  roc: readonly RocPoint[]
}

/**
 * ROC curve and the area under it, with its interval. The area is the Mann–Whitney statistic, ties counted half; the variance is that of DeLong,
 * DeLong and Clarke-Pearson (Biometrics 44, 1988), and the interval is normal, cut at 0 and 1. Rules LE-9, LE-10. Null where it happened to
 * nobody, or to everybody: then there is nothing to tell apart.
 */
export function ranking(groups: readonly ScoreGroup[], level = 0.95): Ranking | null {
  const falling = merged(groups)
  const people = falling.reduce((sum, it) => sum + it.people, 0)
  const positive = falling.reduce((sum, it) => sum + it.positive, 0)
  const negative = people - positive
  if (positive === 0 || negative === 0) return null
  const roc: RocPoint[] = [{ score: null, found: 0, falsely: 0 }]
  // Of each person, the share of the other group that is told apart rightly: its means are the area, its spread the variance.
  const ofPositive = new Spread()
  const ofNegative = new Spread()
  let above = { positive: 0, negative: 0 }
  for (const group of falling) {
    const mine = { positive: group.positive, negative: group.people - group.positive }
    ofPositive.add(mine.positive, (negative - above.negative - mine.negative / 2) / negative)
    ofNegative.add(mine.negative, (above.positive + mine.positive / 2) / positive)
    above = { positive: above.positive + mine.positive, negative: above.negative + mine.negative }
    roc.push({ score: group.score, found: above.positive / positive, falsely: above.negative / negative })
  }
  const auc = ofPositive.mean
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(ofPositive.variance / positive + ofNegative.variance / negative)
  return { people, positive, auc, low: Math.max(0, auc - half), high: Math.min(1, auc + half), roc }
}

/** One part of everybody in the order of the score, the best first. */
export interface LiftPart {
  people: number
  /** Those it happened to; a fraction where a score spans two parts. */
  positive: number
  /** Which share of all it happened to lies in this part and those before. */
  found: number
  /** How often it happened here, against how often over all: 2 is twice as often. */
  lift: number
}

/**
 * Everybody in parts of the same size, the highest scores first. People with one score cannot be told apart: where a boundary falls among them,
 * each side has its share. Rule LE-11.
 */
export function liftParts(groups: readonly ScoreGroup[], parts = 10): LiftPart[] {
  const falling = merged(groups)
  const people = falling.reduce((sum, it) => sum + it.people, 0)
  const all = falling.reduce((sum, it) => sum + it.positive, 0)
  if (people === 0 || all === 0) return []
  const size = people / parts
  const counted = Array.from<number>({ length: parts }).fill(0)
  let before = 0
  for (const group of falling) {
    for (let part = Math.floor(before / size); part < parts && part * size < before + group.people; part++) {
      const shared = Math.min(before + group.people, (part + 1) * size) - Math.max(before, part * size)
      counted[part] = (counted[part] ?? 0) + (group.positive * Math.max(0, shared)) / group.people
    }
    before += group.people
  }
  let found = 0
  return counted.map((positive) => {
    found += positive
    return { people: size, positive, found: found / all, lift: (positive * people) / (size * all) }
  })
}

/** Each score once, the highest first. */
function merged(groups: readonly ScoreGroup[]): ScoreGroup[] {
  const byScore = new Map<number, ScoreGroup>()
  for (const { score, people, positive } of groups) {
    const had = byScore.get(score)
    if (people > 0) byScore.set(score, { score, people: people + (had?.people ?? 0), positive: positive + (had?.positive ?? 0) })
  }
  return [...byScore.values()].sort((a, b) => b.score - a.score)
}

/** Mean and sample variance of values that many people share. */
class Spread {
  #count = 0
  #sum = 0
  #squares = 0

  add(count: number, value: number): void {
    this.#count += count
    this.#sum += count * value
    this.#squares += count * value * value
  }

  get mean(): number {
    return this.#sum / this.#count
  }

  get variance(): number {
    if (this.#count < 2) return 0
    return Math.max(0, (this.#squares - this.#count * this.mean ** 2) / (this.#count - 1))
  }
}
