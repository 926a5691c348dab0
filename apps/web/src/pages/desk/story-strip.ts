import { type Strand, strandOf, weight } from './happening-words.ts'
import type { Happening } from './queries.ts'

const DAY = 86_400_000

/** A stretch of time with what happened in it. */
export interface Stretch {
  from: number
  to: number
  /** By part of the story; machines are left out. */
  counts: Readonly<Record<Strand, number>>
  total: number
  /** Something of sales, or a strong sign, lies in it. */
  sales: boolean
}

export type StripUnit = 'day' | 'week' | 'month'

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0)

function startOf(at: number, unit: StripUnit): number {
  const day = new Date(startOfDay(at))
  if (unit === 'week') day.setDate(day.getDate() - ((day.getDay() + 6) % 7))
  if (unit === 'month') day.setDate(1)
  return day.getTime()
}

function after(start: number, unit: StripUnit): number {
  const day = new Date(start)
  if (unit === 'month') day.setMonth(day.getMonth() + 1)
  else day.setDate(day.getDate() + (unit === 'week' ? 7 : 1))
  return day.getTime()
}

/** In days while the story is short, then in weeks, then in months: never more than some sixty bars. */
export function unitOf(first: number, now: number): StripUnit {
  const days = (now - first) / DAY
  return days <= 62 ? 'day' : days <= 420 ? 'week' : 'month'
}

const MOST = 64

/** The story at a glance: stretches of equal length from the first thing that happened until now, by the reader's calendar. */
export function stripOf(happenings: readonly Happening[], now: number): { unit: StripUnit; stretches: Stretch[] } {
  const shown = happenings.filter((one) => !one.machine)
  const first = Math.min(now, ...shown.map((one) => one.at))
  const unit = unitOf(first, now)
  const stretches: Stretch[] = []
  for (let from = startOf(first, unit); from <= now; from = after(from, unit)) {
    const to = after(from, unit)
    const inside = shown.filter((one) => one.at >= from && one.at < to)
    const counts = { sales: 0, web: 0, mail: 0, other: 0 }
    for (const one of inside) counts[strandOf(one)] += 1
    stretches.push({ from, to, counts, total: inside.length, sales: inside.some((one) => weight(one) === 'sales') })
  }
  return { unit, stretches: stretches.slice(-MOST) }
}

/** A stretch in words: "13 March", "Week of 9 March", "March 2026". */
export function stretchWords({ from }: Pick<Stretch, 'from'>, unit: StripUnit): string {
  const words = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options).format(from)
  if (unit === 'month') return words({ month: 'long', year: 'numeric' })
  return `${unit === 'week' ? 'Week of ' : ''}${words({ day: 'numeric', month: 'long' })}`
}
