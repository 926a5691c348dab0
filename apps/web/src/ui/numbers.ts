const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 20 })
const one = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

/** The number in full, with thousands apart: 14,213. */
export const fullNumber = (value: number): string => grouped.format(value)

/**
 * Folds a count to fit a card: 1,418 stays, from ten thousand on 14.2k, from a million on 1.4m. Rounds half away from zero; what
 * would round to 1000k reads 1m.
 */
export function foldNumber(value: number): string {
  const size = Math.abs(value)
  if (size < 10_000) return one.format(value)
  if (size < 999_950) return `${one.format(value / 1e3)}k`
  return `${one.format(value / 1e6)}m`
}

/** A share as whole per cent, `–` when there is nothing to divide by. Between 0 and 1 % it keeps one decimal, so that few is not none. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–'
  const share = (100 * part) / whole
  return `${share > 0 && share < 1 ? one.format(share) : Math.round(share)}%`
}
