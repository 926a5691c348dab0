/** Where the tenth, the middle and the ninth of ten draws lie. */
export interface Band {
  p10: number
  mid: number
  p90: number
}

/**
 * The value below which the share `p` of a distribution lies, of which `sorted` are draws: between the draws next to place p × (n + 1), at the
 * ends the outermost. So another draw lies below it with probability p, however few there are: of 19 draws the second and the eighteenth hold
 * 80 %. Rule LE-8.
 */
function quantile(sorted: readonly number[], p: number): number {
  const place = Math.min(Math.max(p * (sorted.length + 1), 1), sorted.length)
  const low = Math.floor(place)
  const [one = 0, two = one] = [sorted[low - 1], sorted[low]]
  // Equal neighbours first: between two infinite ones there is nothing to weigh.
  return one === two || place === low ? one : one + (place - low) * (two - one)
}

/** The band of so many draws, in any order; of none, zeros. Rule LE-8. */
export function bandOf(draws: readonly number[]): Band {
  if (draws.length === 0) return { p10: 0, mid: 0, p90: 0 }
  const sorted = [...draws].sort((a, b) => a - b)
  return { p10: quantile(sorted, 0.1), mid: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) }
}
