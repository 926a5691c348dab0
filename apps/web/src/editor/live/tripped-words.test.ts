import { expect, it } from 'vitest'
import { trippedWords } from './tripped-words.ts'

it.each([
  [{ rule: 'mailsPerHour', limit: 500, seen: 1201, mails: 1201, at: 0 }, '1,201 mails within an hour, more than 500'],
  [{ rule: 'bounces', limit: 5, seen: 7.25, mails: 340, at: 0 }, '7.25\u00A0% of 340 mails bounced, more than 5\u00A0%'],
  [{ rule: 'complaints', limit: 0.3, seen: 1, mails: 100, at: 0 }, '1\u00A0% of 100 mails were reported as spam, more than 0.3\u00A0%'],
] as const)('%o reads %s', (tripped, words) => expect(trippedWords(tripped)).toBe(words))
