/** Coefficients of the Chebyshev fit of erfc (Press et al., Numerical Recipes, "erfcc"): relative error below 1.2e-7 everywhere. */
const FIT = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277]

/** The share of a normal distribution that lies below `z`. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + x / 2)
  const sum = FIT.reduceRight((rest, it) => it + t * rest, 0)
  const tail = (t * Math.exp(-x * x + sum)) / 2
  return z > 0 ? 1 - tail : tail
}

/** The value below which the share `p` of a normal distribution lies, 0 < p < 1; found by halving, to 1e-9. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('a share lies between 0 and 1')
  let low = -40
  let high = 40
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
