import { DAY, type Instant } from '../time/instant.ts'

/** A factor table: `factors[age in whole UTC days]` in millionths; beyond its end the last value holds. Stored with the score model's version. */
export type FactorTable = readonly number[]

const MILLION = 1_000_000
/** The factor of a line that has lost nothing, in millionths. */
export const WHOLE = MILLION

/**
 * The factor table of a half-life in days, from 1,000,000 at age 0 to the first 0. Made once, when a score model is saved, and
 * read from the model ever after, so that no runtime's power function can move a score. Rule LS-2.
 * Throws RangeError unless the half-life lies in 1 … 3,650 days.
 */
export function halfLifeFactors(days: number): FactorTable {
  if (!(days >= 1 && days <= 3650)) throw new RangeError('a half-life is between 1 and 3,650 days')
  const factors: number[] = []
  // Below 0.5 millionths after 21 half-lives at the latest, hence the end.
  for (let age = 0; ; age++) {
    const factor = Math.round(MILLION * 0.5 ** (age / days))
    factors.push(factor)
    if (factor === 0) return factors
  }
}

/** How the lines of a dimension age: half of what they were worth every so many days, nothing at all after so many. Null: never. */
export interface DecayModel {
  halfLifeDays: number | null
  expiryDays: number | null
}

/**
 * The factor table of a model; undefined where lines keep their worth for ever. An expiry ends the table of the half-life, or a table
 * of whole points, with a 0. Rule LS-8. Throws RangeError unless both are whole numbers of days in 1 … 3,650.
 */
export function modelFactors({ halfLifeDays, expiryDays }: DecayModel): FactorTable | undefined {
  if (expiryDays !== null && !(Number.isInteger(expiryDays) && expiryDays >= 1 && expiryDays <= 3650))
    throw new RangeError('an expiry is between 1 and 3,650 days')
  if (halfLifeDays === null && expiryDays === null) return undefined
  const whole = halfLifeDays === null ? Array.from<number>({ length: expiryDays ?? 0 }).fill(MILLION) : halfLifeFactors(halfLifeDays)
  if (expiryDays === null) return whole
  const living = whole.slice(0, expiryDays)
  return living.at(-1) === 0 ? living : [...living, 0]
}

/** Age in whole UTC days: the number of UTC midnights in (from, to]. */
export function ageInDays(from: Instant, to: Instant): number {
  return Math.floor(to / DAY) - Math.floor(from / DAY)
}

/** The factor at an age, in millionths. No table: no decay. */
export function factorAt(factors: FactorTable | undefined, age: number): number {
  if (factors === undefined || factors.length === 0) return MILLION
  return factors[Math.min(age, factors.length - 1)] ?? MILLION
}

/**
 * points × factor / 10^6, rounded half away from zero as SQL rounds numerics, in integers throughout. Rule LS-3.
 * @param points integer hundredths, |points| below 9 × 10^9.
 */
export function decayed(points: number, factor: number): number {
  const product = Math.abs(points) * factor + MILLION / 2
  const rounded = (product - (product % MILLION)) / MILLION
  // 0 - rounded and not -rounded: a decayed penalty is 0, not -0.
  return points < 0 ? 0 - rounded : rounded
}
