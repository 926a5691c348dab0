import { expect, it } from 'vitest'
import { reachWords } from './reach-words.ts'

const reach = { mailsEach: 1, arrivals: 0, speed: null, limit: null }

it.each([
  [reach, 0, 'Each person gets 1 mail within an hour of coming in. Nobody comes in at once.'],
  [reach, 12_400, 'At most 12,400 mails in the first hour: 12,400 people, 1 mail each.'],
  [{ ...reach, arrivals: 40, mailsEach: 2 }, 1, 'At most 82 mails in the first hour: 41 people, at most 2 mails each.'],
  [
    { ...reach, speed: 10_000, limit: 5000 },
    12_400,
    'At most 10,000 mails in the first hour: 10,000 people, 1 mail each. Above 5,000 it pauses itself.',
  ],
])('%o with %d at once reads %s', (given, atOnce, words) => expect(reachWords(given, atOnce)).toBe(words))
