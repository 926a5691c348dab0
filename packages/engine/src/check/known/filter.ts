import type { Formula } from './space.ts'

/** What is known of a person: per domain the regions still possible; a domain that is absent is open. */
export type Known = ReadonlyMap<number, bigint>

/** One of these is so. None: nobody can be here. */
export type Cases = readonly Known[]

/** Nothing is known. */
export const ANYBODY: Cases = [new Map()]

/** How many cases are told apart; beyond that they are taken together, and less is known. */
const MOST = 24

/** Truth values that are wanted, as bits. */
export const TRUE = 1
export const FALSE = 2
export const UNKNOWN = 4
export const NOT_TRUE = FALSE | UNKNOWN
const ALL = TRUE | FALSE | UNKNOWN

/** Those of whom a formula may be one of the wanted. Three-valued, as conditions are; never leaves out anybody of whom it is. */
export function those(cases: Cases, formula: Formula, wanted: number): Cases {
  if (cases.length === 0 || wanted === ALL) return cases
  if (wanted === 0) return []
  if ('domain' in formula) {
    const mask = (wanted & TRUE ? formula.true : 0n) | (wanted & FALSE ? formula.false : 0n) | (wanted & UNKNOWN ? formula.unknown : 0n)
    return cases.flatMap((it) => {
      const before = it.get(formula.domain)
      const left = before === undefined ? mask : before & mask
      if (left === 0n) return []
      return [left === before ? it : new Map(it).set(formula.domain, left)]
    })
  }
  const outer = formula.not ? swap(wanted) : wanted
  // a or b = not (not a and not b)
  const flip = formula.op === 'or'
  return all(cases, formula.of, flip ? swap(outer) : outer, flip)
}

const swap = (wanted: number) => (wanted & UNKNOWN) | (wanted & TRUE ? FALSE : 0) | (wanted & FALSE ? TRUE : 0)

/** Those of whom "all of the parts" (each negated where `flip`) is one of the wanted. */
function all(cases: Cases, parts: readonly Formula[], wanted: number, flip: boolean): Cases {
  const part = (from: Cases, it: Formula, want: number) => those(from, it, flip ? swap(want) : want)
  const through = (from: Cases, rest: readonly Formula[], want: number) => rest.reduce((left, it) => part(left, it, want), from)
  if (wanted === TRUE || wanted === (TRUE | UNKNOWN)) return through(cases, parts, wanted)
  if (wanted === (TRUE | FALSE)) return together(all(cases, parts, TRUE, flip), all(cases, parts, FALSE, flip))
  // The first part that is no longer true decides: the cases do not overlap.
  let before = cases
  let found: Cases = []
  for (const [i, it] of parts.entries()) {
    if (wanted === UNKNOWN) found = together(found, through(part(before, it, UNKNOWN), parts.slice(i + 1), TRUE | UNKNOWN))
    else found = together(found, part(before, it, wanted))
    before = part(before, it, wanted === FALSE ? TRUE | UNKNOWN : TRUE)
    if (before.length === 0) break
  }
  return found
}

/** Whether whoever is in `inner` is in `outer`. */
function within(inner: Known, outer: Known): boolean {
  for (const [domain, mask] of outer) {
    const own = inner.get(domain)
    if (own === undefined || (own & ~mask) !== 0n) return false
  }
  return true
}

/** Both. The same cases give the same object, so that a caller sees that nothing was added. */
export function together(some: Cases, more: Cases): Cases {
  const added = more.filter((it) => !some.some((known) => within(it, known)))
  if (added.length === 0) return some
  const both = [...some, ...added]
  return both.length <= MOST ? both : [joined(both)]
}

function joined(cases: Cases): Known {
  const [first, ...rest] = cases
  const known = new Map(first)
  for (const it of rest) {
    for (const [domain, mask] of known) {
      const own = it.get(domain)
      if (own === undefined) known.delete(domain)
      else known.set(domain, mask | own)
    }
  }
  return known
}

/** The same people with everything forgotten but these domains. */
export function keep(cases: Cases, wanted: (domain: number) => boolean): Cases {
  let found: Cases = []
  for (const it of cases) found = together(found, [new Map([...it].filter(([domain]) => wanted(domain)))])
  return found
}
