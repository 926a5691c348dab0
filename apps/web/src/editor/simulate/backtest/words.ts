import type { BacktestSide, BacktestTotal, DifferenceKind } from '@baton/engine'
import { fullNumber } from '../../../ui/numbers.ts'
import { shareWords } from '../forecast/words.ts'

/** What is held side by side, in the order in which it is read. */
export const LINES: readonly (readonly [name: BacktestTotal, words: string])[] = [
  ['entered', 'Come in'],
  ['finished', 'Reach the end'],
  ['leftEarly', 'Leave before'],
  ['inside', 'Still inside'],
  ['stuck', 'Stand still with an error'],
  ['mails', 'Mails'],
  ['mostMailsInAWeek', 'Most mails for one in 7 days'],
  ['leads', 'Handed to sales'],
  ['accepted', 'Accepted'],
  ['rejected', 'Rejected'],
  ['overflow', 'Nobody could take'],
]

const people = (n: number) => `${fullNumber(n)} ${n === 1 ? 'person' : 'people'}`

/** How many fare otherwise, and how. */
export function kindWords(kind: DifferenceKind, n: number): string {
  switch (kind) {
    case 'comes-in':
      return `${people(n)} ${n === 1 ? 'comes' : 'come'} in only in the draft`
    case 'stays-out':
      return `${people(n)} ${n === 1 ? 'comes' : 'come'} in only in the live version`
    case 'leads':
      return `${people(n)} ${n === 1 ? 'is' : 'are'} handed to sales otherwise`
    case 'mails':
      return `${people(n)} ${n === 1 ? 'gets' : 'get'} other mails`
    case 'way':
      return `${people(n)} ${n === 1 ? 'goes' : 'go'} another way`
  }
}

/** The share of answers that were assumed; null: nothing was answered at all. */
export function assumedShare({ caused: { replayed, assumed } }: Pick<BacktestSide, 'caused'>): number | null {
  return replayed + assumed === 0 ? null : assumed / (replayed + assumed)
}

const things = (n: number) => `${fullNumber(n)} ${n === 1 ? 'message, lead or call' : 'messages, leads and calls'}`

/** How much of what followed is what really followed. */
export function assumedWords(side: Pick<BacktestSide, 'caused'>): string {
  const { fresh, same, replayed, assumed } = side.caused
  const share = assumedShare(side)
  if (fresh + same === 0) return 'It made no mail and no lead.'
  if (fresh === 0) return `All ${things(same)} were really made, so what followed is what really followed.`
  const made = `${things(fresh)} of ${fullNumber(fresh + same)} were never made.`
  if (share === null) return `${made} Nobody answered any.`
  return `${made} So ${fullNumber(assumed)} of ${fullNumber(replayed + assumed)} answers (${shareWords(share)}) are assumed, from this workspace’s rates.`
}
