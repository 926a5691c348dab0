import { fullNumber } from '../../ui/numbers.ts'

/** Where something long was when somebody began to look, and now. Instants in ms. */
export interface Pace {
  first: { done: number; at: number }
  last: { done: number; at: number }
}

/** Shorter than this tells nothing of how fast it goes. */
const LEAST_MS = 2_000
/** Older than this it may have gone at another speed. */
const WINDOW_MS = 60_000

/** What is known of the pace with one more look. */
export function paceOf(before: Pace | undefined, look: { done: number; at: number }): Pace {
  if (before === undefined || look.done < before.last.done) return { first: look, last: look }
  if (look.at <= before.last.at) return before
  const stale = look.at - before.first.at > WINDOW_MS
  return { first: stale ? before.last : before.first, last: look }
}

/** How long the rest takes at this pace, in words; undefined where nothing can be said yet. */
export function toGoWords({ first, last }: Pace, left: number): string | undefined {
  const ms = last.at - first.at
  const done = last.done - first.done
  if (ms < LEAST_MS || done <= 0 || left <= 0) return undefined
  const seconds = ((left / done) * ms) / 1000
  if (seconds < 60) return 'less than a minute to go'
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `about ${minutes === 1 ? 'a minute' : `${fullNumber(minutes)} minutes`} to go`
  return `about ${fullNumber(Math.round(minutes / 60))} hours to go`
}
