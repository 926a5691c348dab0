import { spanWords } from './date-words.ts'

export type Deadline = {
  tone: 'muted' | 'warn' | 'danger'
  /** What is left of the whole, 0–1; 0 once late. */
  share: number
  late: boolean
  /** "1 h 48 min left" or "24 min late". */
  words: string
  /** The span alone, for a row: "1 h 48 min". */
  short: string
}

const halfHour = 30 * 60_000

/**
 * How a deadline looks: grey while more than half of the time is left, amber under half, red under 30 minutes, and late after that.
 * Spans are milliseconds of working time where the promise counts working time.
 */
export function deadline(leftMs: number, wholeMs: number): Deadline {
  const short = spanWords(leftMs)
  if (leftMs < 0) return { tone: 'danger', share: 0, late: true, words: `${short} late`, short: `${short} late` }
  const share = wholeMs > 0 ? Math.min(1, leftMs / wholeMs) : 0
  const tone = leftMs < halfHour ? 'danger' : share < 0.5 ? 'warn' : 'muted'
  return { tone, share, late: false, words: `${short} left`, short }
}
