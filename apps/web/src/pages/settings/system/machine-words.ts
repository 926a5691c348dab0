import type { Answers } from '../../../shell/api.ts'
import { spanWords } from '../../../ui/date-words.ts'
import { fullNumber } from '../../../ui/numbers.ts'

type Told = Answers['system']['machine']

/** A lease lasts half a minute; whoever has not been heard of for so long has lost theirs. */
export const isQuiet = (ms: number): boolean => ms > 30_000

/** `12 s`, then as spans are said. */
export const secondsWords = (ms: number): string => (ms < 60_000 ? `${Math.round(ms / 1000)} s` : spanWords(ms))

/** "1,204, the oldest for 12 s"; of what is not counted to its end, that there are more. */
export function dueWords({ count, since }: Told['inbox'], now: number): string {
  if (count === 0) return 'Nothing'
  const n = count >= 10_000 ? `${fullNumber(count)} or more` : fullNumber(count)
  return since === null ? n : `${n}, the oldest for ${secondsWords(Math.max(0, now - since))}`
}

const parts = [
  ['mail', 'mail failed', 'mails failed'],
  ['unknown', 'mail of unknown fate', 'mails of unknown fate'],
  ['call', 'call failed', 'calls failed'],
  ['note', 'note failed', 'notes failed'],
  ['person', 'person stands still', 'people stand still'],
  ['item', 'thing set aside', 'things set aside'],
] as const

/** "2 mails failed, 1 person stands still". */
export const troubleWords = (trouble: Told['trouble']): string =>
  parts
    .filter(([kind]) => trouble[kind] > 0)
    .map(([kind, one, many]) => `${fullNumber(trouble[kind])} ${trouble[kind] === 1 ? one : many}`)
    .join(', ')

/** "Mail to example.com", "Calls to crm.example.com". */
export function slowedWords(name: string): string {
  const [kind = '', ...rest] = name.split(' ')
  return `${kind === 'mail' ? 'Mail' : 'Calls'} to ${rest.join(' ')}`
}
