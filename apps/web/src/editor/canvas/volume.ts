import type { Count } from '../store.ts'

/** LOOK 5: the band of the busiest way is this wide, the least busy one with anybody on it is still seen. */
const WIDEST = 20
const THINNEST = 2

const busiest = new WeakMap<ReadonlyMap<string, Count>, number>()

/** How many took the busiest way of all. */
function mostOn(counts: ReadonlyMap<string, Count>): number {
  const before = busiest.get(counts)
  if (before !== undefined) return before
  let most = 0
  for (const { ports } of counts.values()) for (const n of Object.values(ports)) most = Math.max(most, n)
  busiest.set(counts, most)
  return most
}

/** How wide the band along a way is, linear in people; in half pixels, so that a few people more draw nothing anew. */
export function bandWidth(counts: ReadonlyMap<string, Count>, people: number): number {
  const most = mostOn(counts)
  return people === 0 || most === 0 ? 0 : Math.round(2 * Math.max(THINNEST, (WIDEST * people) / most)) / 2
}

/** Who went a way, of how many that came to its step; `lost` left the flow while they stood there, told at the first way out. */
export interface Flow {
  people: number
  came: number
  lost: number
  band: number
  /** In a forecast: what the people lie between, in words, and their share of those who went on, apart from both counts. */
  between?: string | undefined
  share?: number | null | undefined
}

/** What Live knows about a way; undefined outside of Live. `first`: whether it begins at the step's first port. */
export function flowOf(counts: ReadonlyMap<string, Count> | null, source: string, port: string, first: boolean): Flow | undefined {
  const count = counts?.get(source)
  if (!counts || !count) return undefined
  const people = count.ports[port] ?? 0
  const gone = Object.values(count.ports).reduce((sum, n) => sum + n, 0)
  const lost = first ? (count.lost ?? Math.max(0, count.passed - count.here - gone)) : 0
  return { people, came: count.passed, lost, band: bandWidth(counts, people), ...count.told?.ports[port] }
}

/** The share of a way: in Live of those who came to its step, in a forecast of those who went on. */
export const wayShare = ({ people, came, share }: Flow): string =>
  share === undefined ? shareWords(people, came) : shareWords(share ?? 0, share === null ? 0 : 1)

/** A share as it is read: no decimals, but never 0 % or 100 % where that is not the whole truth. */
export function shareWords(people: number, of: number): string {
  if (of === 0) return '–'
  const percent = Math.round((100 * people) / of)
  if (percent === 0 && people > 0) return '< 1 %'
  if (percent === 100 && people < of) return '> 99 %'
  return `${percent} %`
}
