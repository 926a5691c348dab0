import { normalCdf, normalQuantile } from './normal.ts'

/** How many people there were, and to how many of them it happened. */
export interface Tally {
  people: number
  converted: number
}

/** A share with the bounds between which it lies at the level asked for. */
export interface Share {
  share: number
  low: number
  high: number
}

/**
 * Wilson's interval of a share: sound for few people and for shares near 0 and 1. Nobody at all: anything is possible.
 * Rule LE-1; E. B. Wilson, 1927.
 */
export function wilson({ people, converted }: Tally, level = 0.95): Share {
  if (people === 0) return { share: 0, low: 0, high: 1 }
  const z = normalQuantile(1 - (1 - level) / 2)
  const share = converted / people
  const square = (z * z) / people
  const middle = (share + square / 2) / (1 + square)
  const half = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / people + square / (4 * people))
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** What is known of the difference of two shares. `p`: how likely one at least as large is if there is none; null where too few were counted. */
export interface Difference {
  difference: number
  low: number
  high: number
  p: number | null
}

/** So many conversions, and so many without, must be expected on either side for the normal distribution to fit. */
const ENOUGH = 5

/**
 * The share of `b` less that of `a`: pooled two-proportion z-test, two-sided, with Newcombe's interval from Wilson's. Where fewer
 * than five conversions, or five without, would be expected on a side there is no verdict. Rules LE-2, LE-3.
 */
export function compareShares(a: Tally, b: Tally, level = 0.95): Difference {
  const [one, two] = [wilson(a, level), wilson(b, level)]
  const difference = two.share - one.share
  const low = difference - Math.hypot(two.share - two.low, one.high - one.share)
  const high = difference + Math.hypot(two.high - two.share, one.share - one.low)
  const people = a.people + b.people
  const pooled = people === 0 ? 0 : (a.converted + b.converted) / people
  const least = Math.min(a.people, b.people) * Math.min(pooled, 1 - pooled)
  if (least < ENOUGH) return { difference, low, high, p: null }
  const z = difference / Math.sqrt(pooled * (1 - pooled) * (1 / a.people + 1 / b.people))
  return { difference, low, high, p: 2 * (1 - normalCdf(Math.abs(z))) }
}

/**
 * How many people each of two sides needs so that a difference as large as that between two shares is found with the given power.
 * Infinity where the shares are the same. Rule LE-4; the usual formula for two proportions.
 */
export function peopleNeeded(one: number, two: number, level = 0.95, power = 0.8): number {
  if (one === two) return Number.POSITIVE_INFINITY
  const alpha = normalQuantile(1 - (1 - level) / 2)
  const beta = normalQuantile(power)
  const middle = (one + two) / 2
  const spread = alpha * Math.sqrt(2 * middle * (1 - middle)) + beta * Math.sqrt(one * (1 - one) + two * (1 - two))
  return Math.ceil((spread / (two - one)) ** 2)
}
