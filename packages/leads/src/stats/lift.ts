import { normalQuantile } from './normal.ts'
import { compareShares, type Tally } from './proportion.ts'

/** How many times as frequent something is in one group as in another, with the bounds between which that lies. */
export interface Lift {
  lift: number
  low: number
  high: number
}

/**
 * The ratio of two shares with the interval of its logarithm (Katz and others, 1978): ln(lift) ± z × √(1/a − 1/n + 1/b − 1/m), a of n in the
 * group, b of m among the others. Where it happened to nobody on a side, half a case is added on both (Walter, 1975). Rule LE-12.
 */
export function liftOf(group: Tally, others: Tally, level = 0.95): Lift {
  const half = group.converted === 0 || others.converted === 0 ? 0.5 : 0
  const [a, n] = [group.converted + half, group.people + half]
  const [b, m] = [others.converted + half, others.people + half]
  if (n === 0 || m === 0) return { lift: 1, low: 0, high: Number.POSITIVE_INFINITY }
  const lift = a / n / (b / m)
  const spread = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(Math.max(0, 1 / a - 1 / n + 1 / b - 1 / m))
  return { lift, low: lift * Math.exp(-spread), high: lift * Math.exp(spread) }
}

/** Which of many findings stand, if at most the share `rate` of those that do may be false: Benjamini and Hochberg, 1995. Rule LE-13. */
export function discoveries(ps: readonly number[], rate = 0.05): boolean[] {
  const order = ps.map((p, i) => ({ p, i })).sort((one, two) => one.p - two.p)
  const last = order.findLastIndex(({ p }, rank) => p <= ((rank + 1) / ps.length) * rate)
  const kept = new Set(order.slice(0, last + 1).map(({ i }) => i))
  return ps.map((_, i) => kept.has(i))
}

/** Something that may be true of people, and of how many in each of two groups it is. */
export interface Candidate<T> {
  what: T
  group: Tally
  others: Tally
}

export interface Telling<T> extends Candidate<T> {
  lift: Lift
  p: number
}

/** So many people are needed in each group, and so many in the group of whom it is true, before anything is said. */
export const FLOOR = { people: 30, cases: 10 } as const

/**
 * What is more frequent in the group than among the others, so that chance does not explain it: pooled z-test, those that stand together by
 * `discoveries`, the surest first. Below the floor of evidence nothing is tested, and nothing said. Rules LE-13, LE-14.
 */
export function telling<T>(candidates: readonly Candidate<T>[], rate = 0.05): Telling<T>[] {
  const tested = candidates.flatMap((it) => {
    if (it.group.people < FLOOR.people || it.others.people < FLOOR.people || it.group.converted < FLOOR.cases) return []
    const { p, difference } = compareShares(it.others, it.group)
    return p === null ? [] : [{ ...it, p, difference }]
  })
  const stand = discoveries(
    tested.map(({ p }) => p),
    rate,
  )
  return tested
    .filter(({ difference }, i) => stand[i] && difference > 0)
    .map(({ what, group, others, p }) => ({ what, group, others, p, lift: liftOf(group, others) }))
    .sort((one, two) => one.p - two.p || two.lift.lift - one.lift.lift)
}
