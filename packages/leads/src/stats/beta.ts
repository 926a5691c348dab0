/** Lanczos' coefficients for the logarithm of the gamma function (Press et al., Numerical Recipes, "gammln"): better than 2e-10. */
const LANCZOS = [76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.001208650973866179, -0.000005395239384953]

function logGamma(x: number): number {
  const base = x + 5.5
  const sum = LANCZOS.reduce((all, it, i) => all + it / (x + 1 + i), 1.000000000190015)
  return (x + 0.5) * Math.log(base) - base + Math.log((2.5066282746310007 * sum) / x)
}

/** The continued fraction of the incomplete beta function, by Lentz's method (Numerical Recipes, "betacf"). */
function fraction(x: number, a: number, b: number): number {
  const keep = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let c = 1
  let d = 1 / keep(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / keep(1 + even * d)
    c = keep(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / keep(1 + odd * d)
    c = keep(1 + odd / c)
    const by = d * c
    result *= by
    if (Math.abs(by - 1) < 1e-12) break
  }
  return result
}

/** The share of a Beta(a, b) distribution that lies below `x`; a and b above 0. Rule LE-7. */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0)) throw new RangeError('both parameters of a Beta distribution lie above 0')
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b
}

/** The value below which the share `p` of a Beta(a, b) distribution lies; found by halving. Rule LE-7. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('a share lies between 0 and 1')
  let low = 0
  let high = 1
  // Sixty halvings: shares of one in a billion are told apart, and the bounds meet.
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (betaCdf(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
