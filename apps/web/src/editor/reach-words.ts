import type { Answers } from '../shell/api.ts'
import { fullNumber } from '../ui/numbers.ts'

const mails = (n: number) => `${fullNumber(n)} ${n === 1 ? 'mail' : 'mails'}`
const people = (n: number) => `${fullNumber(n)} ${n === 1 ? 'person' : 'people'}`

/**
 * The most that can go out within an hour, in plain words. People who match come in as fast as a pass goes; whoever else comes in is
 * counted as in the busiest hour of the last week.
 */
export function reachWords({ mailsEach, arrivals, speed, limit }: Answers['sending']['reach'], atOnce: number): string {
  const passed = speed === null ? atOnce : Math.min(atOnce, speed)
  const reached = passed + arrivals
  const each = mailsEach === 1 ? '1 mail' : `at most ${mailsEach} mails`
  const stop = limit === null ? '' : ` Above ${fullNumber(limit)} it pauses itself.`
  if (reached === 0) return `Each person gets ${each} within an hour of coming in. Nobody comes in at once.${stop}`
  return `At most ${mails(reached * mailsEach)} in the first hour: ${people(reached)}, ${each} each.${stop}`
}
