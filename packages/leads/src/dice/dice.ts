import { hash64 } from './hash.ts'

const BUCKETS = 1024

/**
 * A throw of the dice: a number in [0, 1) with 53 random-looking bits that depends on `parts` alone. The parts are business keys
 * (contact key, flow id, object key, entry, node, visit, seed), never database ids, so that simulation, run and a second import
 * agree. The boundaries count: ['ab', 'c'] and ['a', 'bc'] are two throws. Rule LD-2.
 */
export function hash01(parts: readonly (string | number)[]): number {
  let text = ''
  // The length in front keeps apart what a separator inside a key would run together.
  for (const part of parts) {
    const piece = String(part)
    text += `${piece.length}:${piece}`
  }
  const { high, low } = hash64(text)
  return (high * 2 ** 21 + (low >>> 11)) / 2 ** 53
}

/** The bucket of a key, 0 … 1023: the low ten bits of its hash. Rule LD-3. */
export function bucketOf(key: string): number {
  return hash64(key).low & (BUCKETS - 1)
}

/**
 * Which of several shares a throw falls into: the index in `weights`. Weights are not negative and need not sum to 1 or 100.
 * Throws RangeError if there is no positive weight. Rule LD-4.
 */
export function pickShare(weights: readonly number[], dice: number): number {
  let total = 0
  for (const weight of weights) {
    if (!(weight >= 0)) throw new RangeError('a share is not negative')
    total += weight
  }
  if (!(total > 0)) throw new RangeError('at least one share is above 0')
  let rest = dice * total
  let last = 0
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] ?? 0
    if (weight === 0) continue
    if (rest < weight) return index
    rest -= weight
    last = index
  }
  // Sums of doubles can leave a crumb behind the last share.
  return last
}
