import type { Answers } from '../../shell/api.ts'
import { percent } from '../../ui/numbers.ts'

export type Agreement = Answers['agreements']['get']
export type Version = Agreement['versions'][number]
export type Figure = Answers['agreements']['measured']['accepted']
export type Side = 'marketing' | 'sales'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** A date without a time, in words: 1 December 2026. */
export const dateOnly = (date: string): string => day.format(Date.parse(date))

/** How a date of review stands: "in 12 days", "today", "3 days ago". */
export function reviewWords(date: string, today: string): { words: string; tone: 'plain' | 'warn' | 'danger' } {
  const days = Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000)
  const counted = (n: number) => (n === 1 ? '1 day' : `${n} days`)
  if (days > 0) return { words: `in ${counted(days)}`, tone: days <= 14 ? 'warn' : 'plain' }
  return days === 0 ? { words: 'today', tone: 'warn' } : { words: `${counted(-days)} ago`, tone: 'danger' }
}

/** "59%, 49 to 68"; where there are too few, that. */
export function shareWords({ share }: Pick<Figure, 'share'>): string {
  if (!share) return 'too few to say'
  const whole = (part: number) => Math.round(part * 100)
  return `${whole(share.share)}%, ${whole(share.low)} to ${whole(share.high)}`
}

/** How a share moved against the time before, with how sure that is; undefined where there is nothing to compare with. */
export function driftWords({ before, drift }: Pick<Figure, 'before' | 'drift'>): { words: string; sure: boolean } | undefined {
  if (!before || before.of === 0) return undefined
  const was = `${before.n} of ${before.of} before`
  if (!drift) return { words: `${was}: too few to compare`, sure: false }
  const points = Math.round(Math.abs(drift.difference) * 100)
  const moved = points === 0 ? 'the same' : `${drift.difference > 0 ? 'up' : 'down'} ${points} ${points === 1 ? 'point' : 'points'}`
  const sure = drift.p !== null && drift.p < 0.05
  const doubt = points === 0 || sure ? '' : ', may be chance'
  return { words: `${percent(before.n, before.of)} before, ${moved}${doubt}`, sure }
}

type Told = Answers['agreements']['suggestions']['rejected']['found'][number]

/** What a trait says of people: "have fewer than 20 of Employees". */
export function traitWords(what: Told['what']): string {
  if (what.of === 'event') return `did “${what.type}” in the ${what.days} days before`
  switch (what.op) {
    case 'empty':
      return `have no ${what.label}`
    case 'lt':
      return `have ${what.label} below ${what.value}`
    case 'ge':
      return `have ${what.label} of at least ${what.value}`
    case 'is':
      return typeof what.value === 'boolean' ? `have ${what.label}: ${what.value ? 'yes' : 'no'}` : `have ${what.label} “${what.value}”`
  }
}

/** One decimal below ten, none above; signs as people write them. */
export const rate = (value: number): string => (value < 10 ? (Math.round(value * 10) / 10).toString() : String(Math.round(value)))
